import { concatBytes } from '../concat.ts'
import { parseOpusPacket } from '../opus/opus-packet.ts'
import type { Processor } from '../processor.ts'
import { createByteQueue } from './byte-queue.ts'
import { longestPage, parsePage, type OggPage } from './ogg-page.ts'
import { isOpusHead, parseOpusHead, parseOpusTags, type OpusHead, type OpusTags } from './opus-headers.ts'

/** What comes out of an Ogg Opus file. Samples are at 48 kHz, of one channel. */
export type OggOpusEvent =
  /** A stream begins; a file may have several, one after the other. */
  | { readonly type: 'begin'; readonly head: OpusHead; readonly tags: OpusTags }
  | { readonly type: 'packet'; readonly packet: Uint8Array }
  /** Pages are missing or damaged, with so much sound: at most a minute more in all than there was sound before. */
  | { readonly type: 'lost'; readonly samples48k: number }
  /** The stream ends. So many samples are to be heard, after the pre-skip; what is decoded beyond them is padding. */
  | { readonly type: 'end'; readonly samples48k: number }

/** A packet over more pages than this, 16 MB of them, is none that anybody wrote: it is left out. */
const mostPieces = 256

/** Lost sound of a file, beyond as much as was heard of it: a few bytes may claim years. */
const mostLost = 60 * 48_000

/** What is known of the stream being read. */
interface Link {
  readonly serial: number
  readonly head: OpusHead
  tags: OpusTags | undefined
  nextSequence: number
  /** A packet whose end is still to come. */
  open: Uint8Array[] | undefined
  /** Where the sound that was given leads to; unknown until the first page with sound. */
  position: number | undefined
  /** Position of the first sample: a recording that began in mid-stream does not start at 0. Later for what is left out. */
  origin: number
}

/**
 * Reads Ogg Opus files piece by piece. Damaged or missing pages are passed over and reported as lost; streams of other
 * kinds beside Opus are ignored. `flush` throws `SyntaxError` for a file without any Opus.
 */
export function createOggOpusReader(): Processor<Uint8Array, OggOpusEvent> {
  let queue = createByteQueue()
  let link: Link | undefined
  let hasBytes = false
  let hasBegun = false
  /** Sound that may still be lost, over all streams. */
  let mayBeLost = mostLost

  function reset(): void {
    queue = createByteQueue()
    link = undefined
    hasBytes = false
    hasBegun = false
    mayBeLost = mostLost
  }

  function readPages(isEnd: boolean): OggOpusEvent[] {
    const events: OggOpusEvent[] = []
    while (queue.length > 0) {
      const found = parsePage(queue.peek(longestPage))
      if (found === 'short' && !isEnd) break
      if (typeof found === 'object') {
        // The pieces are copies, so the queue may move on.
        queue.shift(found.length)
        events.push(...readPage(found.page))
      } else {
        queue.shift(1)
      }
    }
    return events
  }

  function readPage(page: OggPage): readonly OggOpusEvent[] {
    const [first] = page.pieces
    if (page.isFirst && first !== undefined && isOpusHead(first)) return beginLink(page, first)
    if (link === undefined || page.serial !== link.serial) return []
    const isGap = page.sequence !== link.nextSequence
    link.nextSequence = page.sequence + 1
    const packets = packetsOf(link, page, isGap)
    const events: OggOpusEvent[] = []
    if (link.tags === undefined) {
      const tags = packets.shift()
      if (tags === undefined && !page.isLast) return events
      link.tags = parseOpusTags(tags ?? new Uint8Array())
      hasBegun = true
      events.push({ type: 'begin', head: link.head, tags: link.tags })
    }
    const sounding = packets.filter(isPacket)
    const { samples, lost } = soundOf(link, { page, packets: sounding, isGap })
    const told = Math.min(lost, mayBeLost)
    link.origin += lost - told
    mayBeLost += samples - told
    if (told > 0) events.push({ type: 'lost', samples48k: told })
    events.push(...sounding.map((packet) => ({ type: 'packet', packet }) as const))
    if (page.isLast) events.push(...endLink(page.granule))
    return events
  }

  function beginLink(page: OggPage, first: Uint8Array): readonly OggOpusEvent[] {
    const events = endLink(undefined)
    link = {
      serial: page.serial,
      head: parseOpusHead(first),
      tags: undefined,
      nextSequence: page.sequence + 1,
      open: undefined,
      position: undefined,
      origin: 0,
    }
    return events
  }

  function endLink(granule: bigint | undefined): readonly OggOpusEvent[] {
    const ended = link
    link = undefined
    if (ended?.tags === undefined) return []
    const position = ended.position ?? 0
    const end = granule === undefined ? position : Math.min(position, Number(granule))
    return [{ type: 'end', samples48k: Math.max(0, end - ended.origin - ended.head.preSkip) }]
  }

  return {
    process(chunk) {
      if (chunk.length > 0) hasBytes = true
      queue.push(chunk)
      return readPages(false)
    },
    flush() {
      const events = [...readPages(true), ...endLink(undefined)]
      const isForeign = hasBytes && !hasBegun
      reset()
      if (isForeign) throw new SyntaxError('Not an Ogg Opus file')
      return events
    },
    reset,
  }
}

/** The packets that end on the page. What is cut off by a missing page is left out. */
function packetsOf(link: Link, page: OggPage, isGap: boolean): Uint8Array[] {
  const pieces = [...page.pieces]
  const packets: Uint8Array[] = []
  const open = isGap ? undefined : link.open
  link.open = undefined
  if (page.isContinued) {
    const piece = pieces.shift()
    if (piece !== undefined && open !== undefined) {
      const isStillOpen = page.isOpen && pieces.length === 0
      if (isStillOpen) link.open = open.length < mostPieces ? [...open, piece] : undefined
      else packets.push(concatBytes([...open, piece]))
    }
  }
  const last = page.isOpen ? pieces.pop() : undefined
  packets.push(...pieces)
  if (last !== undefined) link.open = [last]
  return packets
}

/** Samples of a page with its packets, and those lost before them, told by where the page leads to. */
function soundOf(
  link: Link,
  { page, packets, isGap }: { page: OggPage; packets: readonly Uint8Array[]; isGap: boolean },
): { readonly samples: number; readonly lost: number } {
  const samples = packets.reduce((sum, packet) => sum + parseOpusPacket(packet).samples48k, 0)
  if (packets.length === 0) return { samples, lost: 0 }
  const begins = page.granule === undefined ? undefined : Number(page.granule) - samples
  if (link.position === undefined) {
    // What is missing before the first sound is lost, but a recording of something live begins where it likes. A last
    // page may lead to less than it holds, and then begins at 0.
    link.origin = isGap ? 0 : Math.max(0, begins ?? 0)
    link.position = link.origin
  }
  const lost = isGap && begins !== undefined ? Math.max(0, begins - link.position) : 0
  link.position += samples + lost
  return { samples, lost }
}

function isPacket(packet: Uint8Array): boolean {
  try {
    return parseOpusPacket(packet).samples48k > 0
  } catch {
    return false
  }
}

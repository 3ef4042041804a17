import { concatBytes } from '../concat.ts'
import { parseOpusPacket } from '../opus/opus-packet.ts'
import { encodePage, segmentsOf } from './ogg-page.ts'
import { encodeOpusHead, encodeOpusTags } from './opus-headers.ts'

/** An Ogg Opus file to write. */
export interface OggOpusOptions {
  readonly channels?: 1 | 2
  /** Samples at 48 kHz by which the decoded sound is late: the encoder's `lookaheadSamples * 48000 / sampleRate`. */
  readonly preSkip: number
  /** Rate of the sound before it was encoded, in Hz; 0, unknown, unless given. */
  readonly inputSampleRate?: number
  /** `NAME=value`. */
  readonly comments?: readonly string[]
  /** Number of the stream, another for each in a chain; 1 unless given. */
  readonly serial?: number
}

/** Writes an Ogg Opus file (RFC 7845) packet by packet. */
export interface OggOpusWriter {
  /** First bytes of the file. */
  readonly header: Uint8Array
  /** The next bytes of the file, often none: a page is a second of sound or a full page. */
  write(packet: Uint8Array): Uint8Array
  /** Last bytes of the file. `samples48k`, where given, is all that is to be heard, at 48 kHz: the padding is cut off. */
  end(samples48k?: number): Uint8Array
}

const vendor = 'parley'
const pageSamples = 48_000
const mostSegments = 255

/** Most that the head has room for. */
const largest = { preSkip: 0xffff, inputSampleRate: 0xffffffff, serial: 0xffffffff } as const

/**
 * Begins a file; packets have to be of one stream, in order. Throws `RangeError` for numbers that the head has no room
 * for, and `SyntaxError` from `write` for bytes that are no packet.
 */
export function createOggOpusWriter(options: OggOpusOptions): OggOpusWriter {
  const { channels = 1, preSkip, inputSampleRate = 0, comments = [], serial = 1 } = options
  for (const [name, value] of Object.entries({ preSkip, inputSampleRate, serial })) {
    // The keys are those of both.
    const limit = largest[name as keyof typeof largest]
    if (!Number.isInteger(value) || value < 0 || value > limit) {
      throw new RangeError(`${name} must be a whole number from 0 to ${limit}, got ${value}`)
    }
  }
  let sequence = 0
  let position = 0
  let pageStart = 0
  let packets: Uint8Array[] = []
  let segments = 0

  function page(pieces: readonly Uint8Array[], granule: bigint | undefined, isLast = false): Uint8Array {
    const bytes = encodePage({
      serial,
      sequence,
      granule,
      isFirst: sequence === 0,
      isLast,
      isContinued: false,
      pieces,
      isOpen: false,
    })
    sequence++
    return bytes
  }

  function closePage(granule = BigInt(position), isLast = false): Uint8Array {
    const bytes = page(packets, granule, isLast)
    packets = []
    segments = 0
    pageStart = position
    return bytes
  }

  const head = encodeOpusHead({ channels, preSkip, inputSampleRate, gainDb: 0, mappingFamily: 0 })
  const headPage = page([head], 0n)
  return {
    header: concatBytes([headPage, ...tagPages(encodeOpusTags({ vendor, comments }))]),
    write(packet) {
      const { samples48k } = parseOpusPacket(packet)
      // A page is closed before the packet after it comes, so that the last one is still open at the end.
      const isFull =
        segments + segmentsOf(packet.length) > mostSegments || position - pageStart >= pageSamples
      const bytes = isFull && packets.length > 0 ? closePage() : new Uint8Array()
      packets.push(packet)
      segments += segmentsOf(packet.length)
      position += samples48k
      return bytes
    },
    end(samples48k) {
      const all = samples48k === undefined ? position : Math.min(position, preSkip + Math.round(samples48k))
      return closePage(BigInt(all), true)
    },
  }

  /** The tags begin a page of their own and end one, over as many as they need. */
  function tagPages(tags: Uint8Array): Uint8Array[] {
    const most = mostSegments * 255
    const pages: Uint8Array[] = []
    for (let at = 0; at <= tags.length; at += most) {
      const piece = tags.subarray(at, at + most)
      const isOpen = piece.length === most
      pages.push(
        encodePage({
          serial,
          sequence,
          granule: isOpen ? undefined : 0n,
          isFirst: false,
          isLast: false,
          isContinued: at > 0,
          pieces: [piece],
          isOpen,
        }),
      )
      sequence++
    }
    return pages
  }
}

import { concatInt16, type LoudWindows } from '@parley/audio'
import { trackRate, type Segment } from './lane-run.ts'
import { createAudibleWindows } from './speech-bands.ts'

const perMs = trackRate / 1000

/** Shorter gaps are not heard as one, ms. */
const minUnderrunMs = 5

/** Sound of an answer as it arrived: PCM16 mono at `trackRate`. */
export interface ArrivedSound {
  readonly responseId: string
  readonly itemId: string
  readonly contentIndex: number
  readonly samples: Int16Array
}

/** What a listener notices, at the moment it is heard. */
export type Heard =
  | { readonly type: 'first_sound' | 'sound_end'; readonly at: number; readonly responseId: string }
  | { readonly type: 'underrun'; readonly at: number; readonly gapMs: number }

/** An answer that went silent, with what was heard of it and of each of its items that was not heard to its end. */
export interface CutAnswer {
  readonly responseId: string
  readonly heardMs: number
  readonly items: readonly {
    readonly itemId: string
    readonly contentIndex: number
    readonly heardMs: number
  }[]
}

/**
 * A listener's player without a loudspeaker: sound starts when it arrives or when the sound before it ends. It has
 * no clock: every call is told the time, which never runs back, in ms on the lane's axis.
 */
export interface Player {
  /** Queues sound; gives when it will be heard, `undefined` for sound of an answer that was cut. */
  arrive(at: number, sound: ArrivedSound): number | undefined
  /** No more sound of this answer will come. */
  close(responseId: string): void
  /** What was heard until `at` and not told before. */
  advance(at: number): readonly Heard[]
  /** Goes silent: drops what is queued, and later sound of the answers that sounded or were to. */
  cut(at: number): readonly CutAnswer[]
  /** True while sound is heard or an answer that has begun to sound may go on. */
  isSounding(at: number): boolean
  /** Sound heard since the first audible sample of the answer that sounds, ms; 0 while none does. */
  audibleMs(at: number): number
  /** When the last queued sound ends; 0 without sound. */
  readonly endsAt: number
  /** What was heard until `at`, in pieces without a gap. */
  heard(at: number): readonly Segment[]
}

interface Piece extends ArrivedSound {
  readonly start: number
  readonly end: number
}

interface Answer {
  readonly windows: LoudWindows
  readonly pieces: Piece[]
  samples: number
  firstSoundAt: number | undefined
  firstSoundTold: boolean
  state: 'open' | 'closed' | 'ended' | 'cut'
}

/** A player to which nothing has arrived. */
export function createPlayer(): Player {
  const answers = new Map<string, Answer>()
  const underruns: Heard[] = []
  let pieces: Piece[] = []
  let endsAt = 0

  function answerOf(responseId: string): Answer {
    const known = answers.get(responseId)
    if (known) return known
    const answer: Answer = {
      windows: createAudibleWindows(),
      pieces: [],
      samples: 0,
      firstSoundAt: undefined,
      firstSoundTold: false,
      state: 'open',
    }
    answers.set(responseId, answer)
    return answer
  }

  function isAlive(answer: Answer, at: number): boolean {
    if (answer.state === 'cut' || answer.state === 'ended' || answer.pieces.length === 0) return false
    return answer.state === 'open' || endOf(answer) > at
  }

  return {
    get endsAt() {
      return endsAt
    },
    arrive(at, sound) {
      const answer = answerOf(sound.responseId)
      if (answer.state === 'cut' || sound.samples.length === 0) return undefined
      const before = pieces.at(-1)
      const start = Math.max(at, endsAt)
      const gapMs = start - endsAt
      if (before?.responseId === sound.responseId && gapMs >= minUnderrunMs) {
        underruns.push({ type: 'underrun', at: endsAt, gapMs })
      }
      const piece = { ...sound, start, end: start + sound.samples.length / perMs }
      if (answer.state !== 'open') answer.state = 'open'
      findFirstSound(answer, piece)
      answer.pieces.push(piece)
      pieces.push(piece)
      endsAt = piece.end
      return start
    },
    close(responseId) {
      const answer = answers.get(responseId)
      if (answer?.state === 'open') answer.state = 'closed'
    },
    advance(at) {
      const heard: Heard[] = underruns.splice(0)
      for (const [responseId, answer] of answers) {
        if (answer.state === 'cut') continue
        const { firstSoundAt } = answer
        if (!answer.firstSoundTold && firstSoundAt !== undefined && firstSoundAt <= at) {
          answer.firstSoundTold = true
          heard.push({ type: 'first_sound', at: firstSoundAt, responseId })
        }
        if (answer.state === 'closed' && endOf(answer) <= at) {
          answer.state = 'ended'
          if (answer.pieces.length > 0) heard.push({ type: 'sound_end', at: endOf(answer), responseId })
        }
      }
      return heard.toSorted((a, b) => a.at - b.at)
    },
    cut(at) {
      const cuts: CutAnswer[] = []
      for (const [responseId, answer] of answers) {
        if (!isAlive(answer, at)) continue
        cuts.push({ responseId, heardMs: heardOf(answer.pieces, at), items: unheardItems(answer, at) })
        answer.state = 'cut'
      }
      if (cuts.length > 0) {
        pieces = pieces.filter(({ start }) => start < at).map((piece) => cutPiece(piece, at))
        endsAt = Math.min(endsAt, at)
      }
      return cuts
    },
    isSounding: (at) => [...answers.values()].some((answer) => isAlive(answer, at)),
    audibleMs(at) {
      for (const answer of answers.values()) {
        const { firstSoundAt } = answer
        if (!isAlive(answer, at) || firstSoundAt === undefined || firstSoundAt > at) continue
        return heardOf(answer.pieces, at) - heardOf(answer.pieces, firstSoundAt)
      }
      return 0
    },
    heard: (at) => joined(pieces.filter(({ start }) => start < at).map((piece) => cutPiece(piece, at))),
  }
}

function findFirstSound(answer: Answer, { samples, start }: Piece): void {
  const before = answer.samples
  answer.samples += samples.length
  if (answer.firstSoundAt !== undefined) return
  answer.windows.push(samples, ({ from }) => {
    // A window that began in the piece before is heard there.
    answer.firstSoundAt ??= from >= before ? start + (from - before) / perMs : momentOf(answer.pieces, from)
  })
}

/** When the sample with this index of an answer is heard. */
function momentOf(pieces: readonly Piece[], index: number): number | undefined {
  let before = 0
  for (const { samples, start } of pieces) {
    if (index < before + samples.length) return start + (index - before) / perMs
    before += samples.length
  }
  return undefined
}

function endOf({ pieces }: Answer): number {
  return pieces.at(-1)?.end ?? 0
}

function heardOf(pieces: readonly Piece[], at: number): number {
  return pieces.reduce((sum, { start, end }) => sum + Math.max(0, Math.min(at, end) - start), 0)
}

/** Each item with sound not heard yet; while more may come, the last one too. */
function unheardItems(answer: Answer, at: number): CutAnswer['items'] {
  const parts = Map.groupBy(answer.pieces, ({ itemId, contentIndex }) => `${contentIndex} ${itemId}`)
  const last = answer.pieces.at(-1)
  return [...parts.values()].flatMap((pieces) => {
    const [piece] = pieces
    if (!piece) return []
    const isOpen = answer.state === 'open' && last !== undefined && pieces.includes(last)
    if (!isOpen && pieces.every(({ end }) => end <= at)) return []
    return [{ itemId: piece.itemId, contentIndex: piece.contentIndex, heardMs: heardOf(pieces, at) }]
  })
}

function cutPiece(piece: Piece, at: number): Piece {
  if (piece.end <= at) return piece
  const samples = piece.samples.subarray(0, Math.max(0, Math.round((at - piece.start) * perMs)))
  return { ...piece, samples, end: at }
}

/** Pieces of one answer that follow each other without a gap become one. */
function joined(pieces: readonly Piece[]): readonly Segment[] {
  const runs: Piece[][] = []
  for (const piece of pieces) {
    const run = runs.at(-1)
    const before = run?.at(-1)
    const follows = before?.responseId === piece.responseId && piece.start - before.end < 1 / perMs
    if (run && follows) run.push(piece)
    else runs.push([piece])
  }
  return runs.flatMap((run) => {
    const [first] = run
    return first
      ? [
          {
            at: first.start,
            samples: concatInt16(run.map(({ samples }) => samples)),
            responseId: first.responseId,
          },
        ]
      : []
  })
}

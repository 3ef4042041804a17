import { field } from './unchecked.ts'

/** What made the server answer: detected end of speech, a released talk key, or a typed message. */
export type OriginKind = 'speech' | 'commit' | 'text'

/** The moment the wait for an answer began, on the page's clock in Unix ms. */
export interface Origin {
  readonly kind: OriginKind
  readonly at: number
}

/** Milliseconds from the end of speech, as the server measured them. Absent where a step did not happen. */
export interface Timings {
  readonly speechStoppedMs: number | undefined
  readonly transcriptMs: number | undefined
  readonly firstTextMs: number | undefined
  readonly firstAudioMs: number | undefined
}

/** Steps of the wait, in order; `answer` stands for all of the server's when it gives no timings. */
export type LatencyPartName = 'turn' | 'recognition' | 'thinking' | 'voice' | 'answer' | 'playout'

/** One share of the wait in ms. */
export interface LatencyPart {
  readonly name: LatencyPartName
  readonly ms: number
}

/** The wait from the end of speech (or from sending) to the first sound in the room. Parts add up to the total. */
export interface Latency {
  readonly origin: OriginKind
  readonly totalMs: number
  readonly parts: readonly LatencyPart[]
}

/** What one wait was measured from. */
export interface LatencyMeasures {
  readonly origin: Origin
  /** When the first sample left the player, on the clock of `origin`. */
  readonly soundAt: number
  /** From the player to the ear, as the browser states it. */
  readonly outputLatencyMs: number
  /** Silence that ends a turn: the share of the wait before `speech_stopped` where the server gives no timings. */
  readonly silenceMs: number
  readonly timings: Timings | undefined
}

/** Splits the wait into its parts. A server step that took no time, or ran ahead of the one before, has no part. */
export function latencyOf(measures: LatencyMeasures): Latency {
  const { origin, timings } = measures
  const beforeOriginMs = origin.kind === 'speech' ? (timings?.speechStoppedMs ?? measures.silenceMs) : 0
  const totalMs = Math.max(0, beforeOriginMs + measures.soundAt - origin.at + measures.outputLatencyMs)
  const marks: readonly (readonly [LatencyPartName, number | undefined])[] =
    timings?.firstAudioMs === undefined
      ? [
          ['turn', beforeOriginMs],
          ['answer', totalMs - measures.outputLatencyMs],
        ]
      : [
          ['turn', beforeOriginMs],
          ['recognition', timings.transcriptMs],
          ['thinking', timings.firstTextMs],
          ['voice', timings.firstAudioMs],
        ]
  const parts: LatencyPart[] = []
  let reachedMs = 0
  for (const [name, mark] of [...marks, ['playout', totalMs] as const]) {
    const until = Math.min(mark ?? 0, totalMs)
    if (until <= reachedMs) continue
    parts.push({ name, ms: until - reachedMs })
    reachedMs = until
  }
  return { origin: origin.kind, totalMs, parts }
}

/** Reads `response.parley.timings` of a `response.done`; `undefined` when a backend gives none. */
export function parseTimings(parley: unknown): Timings | undefined {
  const timings = field(parley, 'timings')
  if (typeof timings !== 'object' || timings === null) return undefined
  const ms = (name: string): number | undefined => {
    const value = field(timings, name)
    return typeof value === 'number' && Number.isFinite(value) ? value : undefined
  }
  return {
    speechStoppedMs: ms('speech_stopped_ms'),
    transcriptMs: ms('transcript_ms'),
    firstTextMs: ms('first_text_ms'),
    firstAudioMs: ms('first_audio_ms'),
  }
}

import { z } from 'zod'
import type { ClientEvent } from '../events/client-events.ts'
import type { ServerEvent } from '../events/server-events.ts'

/**
 * The first line of every cassette names this version. A cassette is NDJSON: a header, then one line for each event
 * in the order it passed, then one line of the recorder that says how the recording ended.
 */
export const cassetteFormat = 'parley.cassette/1'

const format = z.object({ type: z.enum(['audio/pcm', 'audio/pcmu', 'audio/pcma']), rate: z.number() })

/** What the recorded backend could do, as far as a replay must not promise other things. */
export const RecordedCapabilities = z.object({
  title: z.string(),
  dialect: z.enum(['openai-ga', 'openai-beta', 'voice-live', 'gemini-live']).optional(),
  inputFormats: z.array(format),
  outputFormats: z.array(format),
  turnDetection: z.array(z.enum(['server_vad', 'semantic_vad'])),
  interruption: z.enum(['native', 'none']),
  outputModalities: z.array(z.enum(['audio', 'text'])),
  inputTranscription: z.enum(['native', 'none']),
  tools: z.array(z.enum(['function', 'mcp'])),
})
export type RecordedCapabilities = z.infer<typeof RecordedCapabilities>

/** Safe as a file name everywhere. */
const idPattern = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/

/** Whether a text can name a cassette. */
export function isCassetteId(text: string): boolean {
  return idPattern.test(text)
}

/** The first line. */
export const CassetteHeader = z.object({
  format: z.literal(cassetteFormat),
  id: z.string().regex(idPattern),
  title: z.string().max(200).optional(),
  /** ISO 8601. */
  recordedAt: z.iso.datetime(),
  /** Backend and model that were asked for. */
  backend: z.string(),
  model: z.string().optional(),
  /** Wire the client was served in. */
  dialect: z.string(),
  capabilities: RecordedCapabilities,
  /** `left-out`: sound has been replaced by its duration and size. */
  audio: z.enum(['kept', 'left-out']),
})
export type CassetteHeader = z.infer<typeof CassetteHeader>

/** Sound that was not kept. */
export const LeftOut = z.object({ ms: z.number().min(0), bytes: z.number().min(0) })
export type LeftOut = z.infer<typeof LeftOut>

/** How a recording ended. */
export const CassetteEnd = z.object({
  /** Events before this line. */
  events: z.number(),
  /** Why not all of the session is there. */
  dropped: z.string().optional(),
  /** The backend broke the connection, or could not be reached. */
  failed: z.object({ code: z.string(), message: z.string() }).optional(),
})
export type CassetteEnd = z.infer<typeof CassetteEnd>

interface Passed {
  /** Ms since the recording began, to a tenth. */
  readonly t: number
  /** Of an audio event whose sound was left out. */
  readonly leftOut?: LeftOut | undefined
}

/**
 * One event. `client` is what the backend was sent, `backend` what it sent; both are internal GA events, whatever the
 * backend's wire.
 */
export type CassetteEntry = Passed &
  (
    | { readonly from: 'client'; readonly event: ClientEvent }
    | { readonly from: 'backend'; readonly event: ServerEvent }
  )

/** A cassette as it was read. */
export interface Cassette {
  readonly header: CassetteHeader
  readonly entries: readonly CassetteEntry[]
  /** `undefined` when the recording was cut off, as by a crash. */
  readonly end: CassetteEnd | undefined
  /** Ms from the first moment to the last line. */
  readonly durationMs: number
}

/** What a list of cassettes shows. */
export interface CassetteSummary {
  readonly id: string
  readonly title: string | undefined
  readonly backend: string
  readonly model: string | undefined
  /** ISO 8601. */
  readonly startedAt: string
  readonly durationMs: number
  readonly events: number
  readonly bytes: number
  readonly audio: CassetteHeader['audio']
  /** False for a recording that goes on, was cut off, or was dropped. */
  readonly complete: boolean
}

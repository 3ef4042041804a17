import { z } from 'zod'
import type { ExtensionEvent } from './extension.ts'

/** A backend and the model asked of it, as a client names them. */
const backendName = z.looseObject({ backend: z.string(), model: z.string().optional() })

/** What a backend was told of the conversation, and what it was not. Counts are items, sizes estimated tokens. */
export const ContextReport = z.looseObject({
  strategy: z.enum(['summary', 'recent', 'full', 'none']),
  /** How the backend was told. */
  way: z.enum(['items', 'instructions', 'both', 'none']),
  budget_tokens: z.number().nullable(),
  tokens: z.number(),
  /** Told word by word. */
  items: z.number(),
  /** Told in the summary. */
  summarized: z.number(),
  /** Not told at all. */
  left_out: z.number(),
  /** Who wrote the summary: a model's name, `extractive`, or nobody. */
  summary_by: z.string().nullable(),
  /** Facts pinned to the conversation, and facts known of the person. */
  pinned: z.number(),
  facts: z.number(),
  /** Facts that are too many for any backend: the oldest. */
  facts_left_out: z.number().optional(),
})
export type ContextReport = z.infer<typeof ContextReport>

/** The client has played an item up to `audio_ms`; it counts from the item's first sound and never goes back. */
export const PlaybackUpdate = z.looseObject({
  type: z.literal('parley.playback.update'),
  event_id: z.string().optional(),
  item_id: z.string(),
  content_index: z.number().int().nonnegative(),
  /** Sound played so far (ms). */
  audio_ms: z.number().nonnegative(),
})
export type PlaybackUpdate = z.infer<typeof PlaybackUpdate>

/** Another upstream session, of this or another backend, goes on with the conversation. The client does nothing. */
export const SessionMigrated = z.looseObject({
  type: z.literal('parley.session.migrated'),
  event_id: z.string(),
  /**
   * A known limit, a notice of the backend, a dead connection, a backend that failed, another gateway process, or
   * settings of the client that only a new session can have.
   */
  reason: z.enum(['limit', 'notice', 'lost', 'failover', 'restart', 'settings']),
  from: backendName.nullable(),
  to: backendName,
  /** `full`: the backend's own memory; `transcript`: told again as text; `none`: it knows nothing. */
  restored: z.enum(['full', 'transcript', 'none']),
  /** The answer that was cut off and is stored as far as it was heard, if there was one. */
  unfinished_item_id: z.string().nullable(),
  context: ContextReport,
})
export type SessionMigrated = z.infer<typeof SessionMigrated>

/** The first event of a connection that asked for `?resume=new`: how to come back. Not numbered. */
export const SessionResumable = z.looseObject({
  type: z.literal('parley.session.resumable'),
  event_id: z.string(),
  token: z.string(),
  grace_ms: z.number(),
})
export type SessionResumable = z.infer<typeof SessionResumable>

/**
 * The first event after coming back with `?resume=<token>&after=<n>`. Events count from 1 in each direction over the
 * whole session. Not numbered itself.
 */
export const SessionResumed = z.looseObject({
  type: z.literal('parley.session.resumed'),
  event_id: z.string(),
  token: z.string(),
  /** Number of the server event that follows this one. */
  next: z.number(),
  /** Client events that need not be sent again. */
  received: z.number(),
})
export type SessionResumed = z.infer<typeof SessionResumed>

/**
 * Client events up to `received` survive whatever happens to the gateway. Also told now and then when nothing has
 * changed, so that a client notices a connection that is dead and not closed. Not numbered.
 */
export const SessionProgress = z.looseObject({
  type: z.literal('parley.session.progress'),
  event_id: z.string(),
  received: z.number(),
})
export type SessionProgress = z.infer<typeof SessionProgress>

/** The gateway is about to close the connection for a restart: come back after `reconnect_after_ms`. Not numbered. */
export const SessionLeaving = z.looseObject({
  type: z.literal('parley.session.leaving'),
  event_id: z.string(),
  reconnect_after_ms: z.number(),
})
export type SessionLeaving = z.infer<typeof SessionLeaving>

/** What Parley itself says beside OpenAI's events. */
export const ParleyServerEvent = z.discriminatedUnion('type', [
  SessionMigrated,
  SessionResumable,
  SessionResumed,
  SessionProgress,
  SessionLeaving,
])
export type ParleyServerEvent = z.infer<typeof ParleyServerEvent>

/** What a client may tell Parley beside OpenAI's events. */
export const ParleyClientEvent = z.discriminatedUnion('type', [PlaybackUpdate])
export type ParleyClientEvent = z.infer<typeof ParleyClientEvent>

/** Every type of Parley's own begins with this; no backend is ever sent one. */
export const parleyPrefix = 'parley.'

/** Parley's own events ride as extensions, which every dialect writes as they are. */
export function toExtension(event: ParleyServerEvent | ParleyClientEvent): ExtensionEvent {
  return { type: 'extension', dialect: 'openai-ga', event }
}

/** Begins what a backend is told of earlier talk, where it stands among the application's own words. */
export const notesTitle = 'Notes kept by the application.'

/** Stands in the first line of notes for a backend that cannot be made to forget those before. */
export const replacesEarlier = 'They take the place of all notes before: forget what those said.'

/** True for an extension that is Parley's own and not a vendor's. */
export function isParleyEvent({ event }: ExtensionEvent): boolean {
  return typeof event['type'] === 'string' && event['type'].startsWith(parleyPrefix)
}

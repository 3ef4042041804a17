import type { ContextReport } from '@parley/core'
import type { StoredLife } from '../gateway-client.ts'
import { field, numberField, textField } from './unchecked.ts'

/** A backend as a notice names it. */
export interface NamedBackend {
  readonly backend: string
  readonly model: string | undefined
}

const reasons = ['limit', 'notice', 'lost', 'failover', 'restart', 'settings'] as const
/** Every reason the log of a session gives with words of its own; errors have those of the problem behind them. */
export type LifeReason = Migration['reason'] | 'turn_detected' | 'client_cancelled' | 'session_expired'

const restorations = ['full', 'transcript', 'none'] as const

/** Another session of a backend goes on with the conversation. */
export interface Migration {
  readonly kind: 'migrated'
  readonly reason: (typeof reasons)[number]
  readonly from: NamedBackend | undefined
  readonly to: NamedBackend
  /** `undefined` where that is not known any more. */
  readonly restored: (typeof restorations)[number] | undefined
  readonly unfinishedItemId: string | undefined
  readonly context: ContextReport | undefined
}

/** Something that happened to the session and that a person may want to know. */
export type Notice =
  | Migration
  /** The page lost its connection and came back to the same session. */
  | { readonly kind: 'resumed' }
  /** The page came back too late for the same session, and goes on with the conversation in a new one. */
  | { readonly kind: 'continued'; readonly unfinished: boolean }
  /** The chosen backend could not be reached when the session began, and the next of the list answers. */
  | { readonly kind: 'stoodIn'; readonly from: NamedBackend; readonly to: NamedBackend }
  /** Another backend answers from here on, because a person chose it. */
  | { readonly kind: 'switched'; readonly from: NamedBackend; readonly to: NamedBackend }
  /** The conversation was begun from another one up to here, or comes from a file. */
  | { readonly kind: 'copied'; readonly how: 'forked' | 'imported'; readonly origin: string | undefined }
  /** The gateway left something out or replaced it; `detail` in its own words. */
  | { readonly kind: 'warned'; readonly detail: string }
  /** The gateway cannot store what is said at the moment, or has caught up with it. */
  | { readonly kind: 'behind' | 'caughtUp' }

/** What `parley.session.migrated` says; `undefined` for what does not say it. */
export function readMigration(event: unknown): Migration | undefined {
  const reason = reasons.find((name) => name === field(event, 'reason'))
  const restored = restorations.find((name) => name === field(event, 'restored'))
  const to = readBackend(field(event, 'to'))
  if (reason === undefined || restored === undefined || to === undefined) return undefined
  return {
    kind: 'migrated',
    reason,
    from: readBackend(field(event, 'from')),
    to,
    restored,
    unfinishedItemId: textField(event, 'unfinished_item_id'),
    context: readContext(field(event, 'context')),
  }
}

/** The notice behind a warning of the gateway, for those the page has words of its own. */
export function noticeOfWarning(code: string | null | undefined): Notice | undefined {
  if (code === 'store_behind') return { kind: 'behind' }
  return code === 'store_caught_up' ? { kind: 'caughtUp' } : undefined
}

/** What a log of conversations keeps that a person may want to know; `undefined` for anything else. */
export function noticeOfLife(life: StoredLife, from: NamedBackend | undefined): Notice | undefined {
  const { event, backend, model, detail } = life
  if (event === 'forked' || event === 'imported') return { kind: 'copied', how: event, origin: detail }
  const isOther = event === 'connected' && from !== undefined && backend !== from.backend
  return isOther && backend !== undefined
    ? { kind: 'switched', from, to: { backend, model } }
    : migrationOfLife(life, from)
}

/** What a log of conversations keeps of a migration: its reason and the backends; `undefined` for anything else. */
function migrationOfLife(life: StoredLife, from: NamedBackend | undefined): Migration | undefined {
  const reason = reasons.find((name) => name === life.detail)
  if (life.event !== 'migrated' || reason === undefined || life.backend === undefined) return undefined
  const to = { backend: life.backend, model: life.model }
  return {
    kind: 'migrated',
    reason,
    from,
    to,
    restored: undefined,
    unfinishedItemId: undefined,
    context: undefined,
  }
}

/** A backend as an event names it; `undefined` for what names none. */
export function readBackend(value: unknown): NamedBackend | undefined {
  const backend = textField(value, 'backend')
  return backend === undefined ? undefined : { backend, model: textField(value, 'model') }
}

const strategies = ['summary', 'recent', 'full', 'none'] as const
const ways = ['items', 'instructions', 'both', 'none'] as const

/** What a backend was told; `undefined` for what is no such report. */
export function readContext(value: unknown): ContextReport | undefined {
  const strategy = strategies.find((name) => name === field(value, 'strategy'))
  const way = ways.find((name) => name === field(value, 'way'))
  const tokens = numberField(value, 'tokens')
  if (strategy === undefined || way === undefined || tokens === undefined) return undefined
  const count = (key: string): number => numberField(value, key) ?? 0
  return {
    strategy,
    way,
    tokens,
    budget_tokens: numberField(value, 'budget_tokens') ?? null,
    items: count('items'),
    summarized: count('summarized'),
    left_out: count('left_out'),
    summary_by: textField(value, 'summary_by') ?? null,
    pinned: count('pinned'),
    facts: count('facts'),
  }
}

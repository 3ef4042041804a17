import { RealtimeError } from '../../errors.ts'
import type { SessionUpdate } from '../../events/client-events.ts'
import { toExtension } from '../../events/parley-events.ts'
import type { SessionMigrated } from '../../events/parley-events.ts'
import type { RealtimeSessionConfig } from '../../events/session-config.ts'
import { interrupts } from '../settings/interrupts.ts'
import { lifeEntry } from '../memory/log-entries.ts'
import { ownEvent } from '../own-events.ts'
import { sayAgain } from './resending.ts'
import { contextReport, seed } from '../memory/seeding.ts'
import { andThen, nothing, suppliedAtFirst, takeId, tell, warn } from '../session-state.ts'
import type { SessionKind, SessionOutput, SessionState, Step } from '../session-state.ts'
import { responseWhenFree } from '../answers/tool-order.ts'
import { canSupplyTranscription } from '../settings/transcription-session.ts'
import { retell } from '../settings/updates.ts'
import { endOf, watchLimit } from './upstream-limit.ts'
import { newUpstream } from './upstream-state.ts'
import type { BackendInUse, Gap, Successor } from './upstream-state.ts'

/**
 * Another session at a backend takes the place of the one that is gone: it is told what the client asked for, what was
 * said, and what is still unanswered. The session must have a gap.
 */
export function migrate(state: SessionState, successor: Successor, at: number): Step {
  const { gap, upstream: from } = state
  if (!gap) return nothing(state)
  const kind = kindAt(state, successor)
  if ('problem' in kind) return { state, outputs: [{ to: 'upstream', dial: { cause: kind.problem } }] }
  const begun = beginAt(state, successor, { kind: kind.kind, at })
  const seeded = seed(begun)
  const { step: configured, notices } = configure(seeded.state, gap, at)
  const seeds = { state: configured.state, outputs: [...configured.outputs, ...seeded.outputs] }
  const told = andThen(
    { state: seeds.state, outputs: [{ to: 'upstream', takeOver: true }, ...seeds.outputs] },
    withUntold,
  )
  const again = sayAgain(told, { isOwed: gap.answer !== undefined })
  const asked = andThen(again, (next) => nothing(gap.answer ? responseWhenFree(next, gap.answer) : next))
  const announced = andThen(soundAfterSettings(asked), (next) =>
    announce(next, { gap, from: state.resuming ?? from }),
  )
  const warned = andThen(announced, (next) => warn({ ...next, resuming: undefined }, notices))
  return { state: warned.state, outputs: [...warned.outputs, ...watchLimit(warned.state)] }
}

/** Sound that came before the settings would be answered by other ones: with all that follows it waits for them. */
function soundAfterSettings({ state, outputs }: Step): Step {
  const { hold, updates } = state
  const begin = outputs.findIndex(isResent)
  if (!hold || updates.length === 0 || begin === -1) return { state, outputs }
  const first = outputs.slice(begin).filter((output) => output.to === 'provider' || isResent(output))
  const now = outputs.filter((output) => !first.includes(output))
  return { state: { ...state, hold: { ...hold, first } }, outputs: now }
}

function isResent(output: SessionOutput): boolean {
  return output.to === 'upstream' && 'resend' in output
}

/** The session as it is before anything was said to the new backend. */
function beginAt(
  state: SessionState,
  { backend, model, capabilities, created }: Successor,
  { kind, at }: { readonly kind: SessionKind | undefined; readonly at: number },
): SessionState {
  const { input, output, wanted } = state.settings
  const next: SessionState = {
    ...state,
    phase: 'open',
    kind,
    capabilities,
    upstream: { ...newUpstream({ backend, model }), commits: state.upstream.commits },
    gap: undefined,
    succession: undefined,
    session: created.session,
    settings: {
      input: { client: input.client, provider: input.client },
      output: { client: output.client, provider: output.client },
      supplied: suppliedAtFirst(capabilities),
      toolNames: new Set(),
      wanted,
    },
    aliases: { toClient: new Map(), toBackend: new Map() },
    updates: [],
    configured: false,
    toldOfDeletion: false,
    hold: { events: [], bytes: 0, deadline: Infinity, ...state.hold, first: undefined },
  }
  const known = { ...next, interrupts: interrupts(created.session, next) }
  return { ...known, upstream: { ...known.upstream, endsAt: endOf(created.session, known, at) } }
}

/** What the session is for at this backend, or why it cannot be had there. */
function kindAt(
  { kind, ...state }: SessionState,
  { capabilities, backend }: Successor,
): { readonly kind: SessionKind | undefined } | { readonly problem: RealtimeError } {
  if (kind === undefined || kind === 'realtime') return { kind }
  if (capabilities.transcriptionSessions) return { kind: 'transcription' }
  if (canSupplyTranscription({ ...state, kind, capabilities })) return { kind: 'supplied-transcription' }
  const problem = new RealtimeError('unsupported', `The backend '${backend}' has no transcription sessions.`)
  return { problem }
}

/** Has the backend know all settings. What the client says waits until it has agreed. */
function configure(state: SessionState, gap: Gap, at: number) {
  const { session: asked, settings, notices } = retell(state)
  const bare: RealtimeSessionConfig = { type: 'realtime' }
  const config = asked ?? (state.memory.block === undefined ? undefined : bare)
  const ready = { ...state, settings }
  if (!config) return { step: nothing(ready), notices }
  const update: SessionUpdate = { type: 'session.update', session: config }
  // An error has to name the client's own event.
  const id = gap.update?.eventId
  const own = gap.update
    ? { state: ready, event: id === undefined ? update : { ...update, event_id: id } }
    : ownEvent(ready, update)
  const deadline = at + state.updateTimeoutMs
  const hold = { ...(state.hold ?? { events: [], bytes: 0 }), deadline }
  const pending = { event: own.event, own: !gap.update, before: settings }
  const step: Step = {
    state: { ...own.state, hold, updates: [pending] },
    outputs: [
      { to: 'provider', event: own.event },
      { to: 'clock', wakeAt: deadline },
    ],
  }
  return { step, notices }
}

/** Remembers which items the backend was not told, and that it has the others as text. */
function withUntold(state: SessionState): Step {
  const { order: ids, items } = state.conversation
  const untold = new Set(ids.filter((id) => !state.seeded.has(id)))
  return nothing({ ...state, upstream: { ...state.upstream, untold, retold: items } })
}

/** The client hears of it, and the log keeps it. */
function announce(
  state: SessionState,
  { gap, from }: { readonly gap: Gap; readonly from: BackendInUse },
): Step {
  const { upstream } = state
  const isElsewhere = upstream.backend !== from.backend || upstream.model !== from.model
  const reason = gap.reason === 'lost' && isElsewhere ? 'failover' : gap.reason
  const context = contextReport(state)
  const knows = context.way !== 'none' || state.conversation.order.length === 0
  const { state: next, id: event_id } = takeId(state, 'event')
  const event: SessionMigrated = {
    type: 'parley.session.migrated',
    event_id,
    reason,
    from: named(from),
    to: named(upstream),
    restored: knows ? 'transcript' : 'none',
    unfinished_item_id: gap.unfinishedItemId,
    context,
  }
  const told = tell(next, toExtension(event))
  const isEmpty = state.conversation.order.length === 0
  if (isEmpty) return told
  return {
    state: told.state,
    outputs: [{ to: 'store', entries: [lifeEntry(state, 'migrated', reason)] }, ...told.outputs],
  }
}

/** A backend in use as events name it. */
export function named({ backend, model }: BackendInUse): SessionMigrated['to'] {
  return { backend, ...(model !== undefined && { model }) }
}

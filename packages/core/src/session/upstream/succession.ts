import { RealtimeError } from '../../errors.ts'
import { answersByItself, openGap, ownAnswerMs, reasonOfLoss } from './gap.ts'
import { end } from '../ending.ts'
import { lifeEntry } from '../memory/log-entries.ts'
import { endAllResponses } from '../answers/response-end.ts'
import { migrate } from './migration.ts'
import { prepare } from './renewal.ts'
import { wantsManualTurns } from './resending.ts'
import { andThen, nothing, refuse } from '../session-state.ts'
import type { SessionState, Step } from '../session-state.ts'
import { settle } from '../settings/unacknowledged.ts'
import type { Succession, Successor } from './upstream-state.ts'

/** After this time a successor that could not be had is asked for again (ms). */
const retryMs = 5_000

/** The session at the backend has ended: another is dialled, or the session ends with it. */
export function upstreamLost(state: SessionState, error: RealtimeError, at: number): Step {
  if (!state.recovery || state.phase === 'connecting') return end(state, { error, at })
  if (state.gap) return nothing(state)
  if (state.leaving) return leave(state)
  const { succession } = state
  const isExpected = succession !== undefined && succession.reason !== 'settings'
  const gapped = openGap(state, isExpected ? succession.reason : reasonOfLoss(error), at)
  const successor = succession?.successor
  if (successor) return andThen(gapped, (next) => migrate(next, successor, at))
  return { state: gapped.state, outputs: [...gapped.outputs, { to: 'upstream', dial: { cause: error } }] }
}

/** The next session is there: it takes over now, or stands by until a turn ends. */
export function upstreamReady(state: SessionState, successor: Successor, at: number): Step {
  if (state.gap) return migrate(state, successor, at)
  const { succession } = state
  return nothing(succession ? { ...state, succession: { ...succession, successor } } : state)
}

/** No session can be had: without one in use, this is the end. */
export function upstreamFailed(state: SessionState, error: RealtimeError, at: number): Step {
  if (state.gap) return end(state, { error, at })
  if (!state.succession) return nothing(state)
  const { update } = state.succession
  const failed: Step = {
    state: { ...state, succession: undefined },
    outputs: [{ to: 'clock', wakeAt: at + retryMs }],
  }
  if (!update) return failed
  const message = `The voice needs a new session at the backend, and none can be had. ${error.message}`
  return andThen(failed, (next) =>
    refuse(next, new RealtimeError(error.code, message, { eventId: update.event_id })),
  )
}

/** Begins to prepare once the end is near; at the latest moment the change waits for nothing. */
export function limitReached(state: SessionState, reached: number): Step {
  const { upstream, recovery, succession, gap } = state
  if (!recovery || gap || upstream.endsAt === undefined || reached < upstream.endsAt - recovery.leadMs)
    return nothing(state)
  const latestAt = upstream.endsAt - recovery.marginMs
  return succession ? nothing(state) : prepare(state, { reason: 'limit', successor: undefined, latestAt })
}

/** Takes what is prepared into use when a turn has ended, and leaves then if that was asked for. */
export function atTurnBorder(state: SessionState, at: number): Step {
  if (state.phase !== 'open' || state.gap) return nothing(state)
  const { succession, leaving } = state
  if (!leaving && !succession?.successor) return nothing(state)
  if (succession?.successor && at >= succession.latestAt && !leaving)
    return andThen(openGap(state, succession.reason, at), (next) => takeOver(next, succession, at))
  if (!isQuiet(state, at)) return nothing(state)
  if (state.playoutEndsAt > at) return { state, outputs: [{ to: 'clock', wakeAt: state.playoutEndsAt }] }
  if (leaving) return leave(state)
  return succession
    ? andThen(openGap(state, succession.reason, at), (next) => takeOver(next, succession, at))
    : nothing(state)
}

/** Ends the session so that another process can go on with it. */
export function leave(state: SessionState): Step {
  const ended = andThen(settle(state), endAllResponses)
  const isEmpty = ended.state.conversation.order.length === 0
  const entries = [lifeEntry(state, 'handed_over', undefined)]
  return {
    state: { ...ended.state, phase: 'closed' },
    outputs: [
      ...ended.outputs,
      ...(isEmpty ? [] : [{ to: 'store', entries } as const]),
      { to: 'end', close: { code: 1012, reason: 'restart' } },
    ],
  }
}

function takeOver(state: SessionState, { successor }: Succession, at: number): Step {
  return successor ? migrate(state, successor, at) : nothing(state)
}

/** Nobody speaks, nothing is on its way, and every turn has its answer. */
function isQuiet(state: SessionState, at: number): boolean {
  const { upstream, hold, updates, responses, requested, muted, waiting, speech, announced } = state
  const answers = upstream.answersSince !== undefined && at - upstream.answersSince < ownAnswerMs
  return (
    !hold &&
    !requested &&
    !speech &&
    announced === undefined &&
    updates.length === 0 &&
    responses.size === 0 &&
    muted.size === 0 &&
    waiting.length === 0 &&
    !(answers && answersByItself(state)) &&
    upstream.committed.length === 0 &&
    upstream.commits.length === 0 &&
    upstream.resaid.length === 0 &&
    !upstream.sent.some(({ type }) => type === 'conversation.item.create') &&
    ![...state.wordless.values()].some(({ due }) => due) &&
    !(wantsManualTurns(state) && state.bufferedMs > 0) &&
    !hasOpenCall(state)
  )
}

/** A function call of the last answer that the client has not given its output. */
function hasOpenCall({ conversation }: SessionState): boolean {
  const all = conversation.order.flatMap((id) => conversation.items.get(id) ?? [])
  const turn = all.findLastIndex((item) => item.type === 'message' && item.role === 'user')
  const items = all.slice(turn + 1)
  const outputs = new Set(
    items.flatMap((item) => (item.type === 'function_call_output' ? [item.call_id] : [])),
  )
  return items.some(
    (item) =>
      item.type === 'function_call' &&
      item.status !== 'incomplete' &&
      item.call_id !== undefined &&
      !outputs.has(item.call_id),
  )
}

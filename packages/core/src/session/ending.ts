import type { RealtimeError } from '../errors.ts'
import type { ErrorEvent } from '../events/server-events.ts'
import type { ContextEntry } from '../storage/context-store.ts'
import { stopSound } from './heard/ledger.ts'
import { lifeEntry } from './memory/log-entries.ts'
import { endAllResponses } from './answers/response-end.ts'
import { andThen, nothing, refuse, tell } from './session-state.ts'
import type { SessionState, Step } from './session-state.ts'

/** Why a session ends and when (ms); `told` is the backend's own event that says why, if there is one. */
export interface End {
  readonly error: RealtimeError | undefined
  readonly at: number
  readonly told?: ErrorEvent
}

/** Every response is ended, and what was said and heard so far is stored before the session closes. */
export function end(state: SessionState, { error, told, at }: End): Step {
  const ended = andThen(stopSound(state, at, 'session_ended'), endAllResponses)
  const said = told ? tell(ended.state, told) : error ? refuse(ended.state, error) : nothing(ended.state)
  const close = error ? { code: error.closeCode, reason: error.code } : { code: 1000, reason: '' }
  const left: ContextEntry = lifeEntry(state, 'disconnected', error?.code)
  return {
    state: { ...said.state, phase: 'closed' },
    outputs: [
      ...ended.outputs,
      // A session in which nothing was said leaves no conversation behind.
      ...(ended.state.conversation.order.length > 0 ? [{ to: 'store', entries: [left] } as const] : []),
      ...said.outputs,
      { to: 'end', close },
    ],
  }
}

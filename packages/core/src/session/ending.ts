import type { RealtimeError } from '../errors.ts'
import type { ErrorEvent } from '../events/server-events.ts'
import { endAllResponses } from './response-end.ts'
import { nothing, refuse, tell } from './session-state.ts'
import type { SessionState, Step } from './session-state.ts'

/**
 * Every response is ended and what was said so far is stored before the session closes. `told` is the backend's own
 * event that says why, if there is one.
 */
export function end(state: SessionState, error: RealtimeError | undefined, told?: ErrorEvent): Step {
  const ended = endAllResponses(state)
  const said = told ? tell(ended.state, told) : error ? refuse(ended.state, error) : nothing(ended.state)
  const close = error ? { code: error.closeCode, reason: error.code } : { code: 1000, reason: '' }
  return {
    state: { ...said.state, phase: 'closed' },
    outputs: [...ended.outputs, ...said.outputs, { to: 'end', close }],
  }
}

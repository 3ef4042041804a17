import { RealtimeError } from '../../errors.ts'
import { nothing } from '../session-state.ts'
import type { SessionInput, SessionState, Step } from '../session-state.ts'
import { upstreamLost } from './succession.ts'

/** Watches a backend on the network that was asked for an answer, so that one that says nothing more is found. */
export function watchSilence(before: SessionState, state: SessionState, input: SessionInput): Step {
  const { recovery, upstream, capabilities, requested, gap } = state
  const { silence } = upstream
  if (!recovery || capabilities.keepAlive === 'none') return nothing(state)
  if (!requested || gap) return nothing(silence ? withSilence(state, undefined) : state)
  if (silence && requested === before.requested && input.from !== 'provider') return nothing(state)
  if (silence) return nothing(withSilence(state, { ...silence, since: input.at }))
  const wakeAt = input.at + recovery.silenceMs
  return { state: withSilence(state, { since: input.at, wakeAt }), outputs: [{ to: 'clock', wakeAt }] }
}

/** The backend is lost once it has said nothing for too long. */
export function silenceReached(state: SessionState, reached: number): Step {
  const { recovery, upstream } = state
  const { silence } = upstream
  if (!recovery || !silence || reached < silence.wakeAt) return nothing(state)
  const wakeAt = silence.since + recovery.silenceMs
  if (reached < wakeAt)
    return { state: withSilence(state, { ...silence, wakeAt }), outputs: [{ to: 'clock', wakeAt }] }
  const message = `The backend has said nothing for ${recovery.silenceMs} ms although an answer was asked for.`
  return upstreamLost(state, new RealtimeError('backend_unavailable', message), reached)
}

function withSilence(state: SessionState, silence: SessionState['upstream']['silence']): SessionState {
  return { ...state, upstream: { ...state.upstream, silence } }
}

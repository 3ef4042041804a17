import { RealtimeError } from '../errors.ts'
import { upstreamLost } from './succession.ts'
import { nothing } from './session-state.ts'
import type { SessionInput, SessionState, Step } from './session-state.ts'

/** Watches a backend on the network that was asked for an answer, so that one that says nothing more is found. */
export function watchSilence(before: SessionState, state: SessionState, input: SessionInput): Step {
  const { recovery, upstream, capabilities, requested, gap } = state
  if (!recovery || capabilities.keepAlive === 'none') return nothing(state)
  if (!requested || gap)
    return nothing(upstream.silentSince === undefined ? state : withSilence(state, undefined))
  const isNew = requested !== before.requested || input.from === 'provider'
  if (upstream.silentSince !== undefined && !isNew) return nothing(state)
  const wakeAt = input.at + recovery.silenceMs
  const next = withSilence(state, input.at)
  return upstream.silentSince === undefined
    ? { state: next, outputs: [{ to: 'clock', wakeAt }] }
    : nothing(next)
}

/** The backend is lost once it has said nothing for too long. */
export function silenceReached(state: SessionState, reached: number): Step {
  const { recovery, upstream } = state
  if (!recovery || upstream.silentSince === undefined) return nothing(state)
  const wakeAt = upstream.silentSince + recovery.silenceMs
  if (reached < wakeAt) return nothing(state)
  const message = `The backend has said nothing for ${recovery.silenceMs} ms although an answer was asked for.`
  return upstreamLost(state, new RealtimeError('backend_unavailable', message), reached)
}

function withSilence(state: SessionState, silentSince: number | undefined): SessionState {
  return { ...state, upstream: { ...state.upstream, silentSince } }
}

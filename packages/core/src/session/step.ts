import type { ClientEvent } from '../events/client-events.ts'
import { forBackend } from './aliases.ts'
import { end } from './ending.ts'
import { fromBackend } from './from-backend.ts'
import { fromClient } from './from-client.ts'
import { giveUpWaiting, holdBack, release } from './pending-updates.ts'
import { andThen, nothing } from './session-state.ts'
import type { SessionInput, SessionState, Step } from './session-state.ts'
import { transcriptSupplied } from './supplied-transcripts.ts'
import { nobodySpoke, silenceHeard, speechHeard } from './supplied-turns.ts'
import { continueWaiting } from './tool-order.ts'

/** The whole behaviour of a session: a state and an input give the next state and what to do. Pure. */
export function step(state: SessionState, input: SessionInput): Step {
  if (state.phase === 'closed') return nothing(state)
  const taken = andThen(take(state, input), (next) => release(next, takeClient(input.at)))
  const { state: next, outputs } = continueWaiting(taken)
  return { state: next, outputs: forBackend(next, outputs) }
}

function take(state: SessionState, input: SessionInput): Step {
  switch (input.from) {
    case 'client':
      return state.hold && input.event.type !== 'session.update'
        ? holdBack(state, input.event)
        : fromClient(state, input.event, input.at)
    case 'provider':
      return 'lost' in input ? end(state, input.lost) : fromBackend(state, input.event, input.at)
    case 'clock':
      return 'reached' in input ? timeReached(state, input.reached) : end(state, input.end)
    case 'detector':
      return input.speech === 'started' ? speechHeard(state, input) : silenceHeard(state, input)
    case 'transcriber':
      return transcriptSupplied(state, input.itemId, input.result)
  }
}

function timeReached(state: SessionState, reached: number): Step {
  if (state.hold && reached >= state.hold.deadline) return giveUpWaiting(state)
  return nobodySpoke(state, reached)
}

function takeClient(at: number): (state: SessionState, event: ClientEvent) => Step {
  return (state, event) => fromClient(state, event, at)
}

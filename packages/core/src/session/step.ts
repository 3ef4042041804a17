import type { ClientEvent } from '../events/client-events.ts'
import { forBackend } from './aliases.ts'
import { end } from './ending.ts'
import { fromBackend } from './from-backend.ts'
import { fromClient } from './from-client.ts'
import { rememberStored, withEntries, withPerson } from './memory.ts'
import { giveUpWaiting, holdBack, release } from './pending-updates.ts'
import { summaryWritten } from './rolling-summary.ts'
import { addBlock, tellBlock } from './seeding.ts'
import { andThen, nothing } from './session-state.ts'
import type { SessionInput, SessionState, Step } from './session-state.ts'
import { transcriptSupplied } from './supplied-transcripts.ts'
import { nobodySpoke, silenceHeard, speechHeard } from './supplied-turns.ts'
import { continueWaiting } from './tool-order.ts'
import { truncateUnheard } from './truncation.ts'

/** The whole behaviour of a session: a state and an input give the next state and what to do. Pure. */
export function step(state: SessionState, input: SessionInput): Step {
  if (state.phase === 'closed') return nothing(state)
  const taken = andThen(take(state, input), (next) => release(next, takeClient(input.at)))
  const { state: next, outputs } = addBlock(rememberStored(continueWaiting(taken)))
  return { state: next, outputs: forBackend(next, outputs) }
}

function take(state: SessionState, input: SessionInput): Step {
  switch (input.from) {
    case 'client':
      return andThen(tellBlock(state, input.event, input.at), (next) =>
        next.hold && input.event.type !== 'session.update'
          ? holdBack(next, input.event)
          : fromClient(next, input.event, input.at),
      )
    case 'provider':
      return 'lost' in input ? end(state, { error: input.lost, at: input.at }) : fromBackend(state, input.event, input.at)
    case 'clock':
      return 'reached' in input ? timeReached(state, input.reached) : end(state, { error: input.end, at: input.at })
    case 'detector':
      return input.speech === 'started' ? speechHeard(state, input) : silenceHeard(state, input)
    case 'transcriber':
      return transcriptSupplied(state, input.itemId, input.result)
    case 'store':
      return nothing(withEntries(state, input.entries))
    case 'person':
      return nothing(withPerson(state, input.facts))
    case 'summarizer':
      return summaryWritten(state, input.summary)
  }
}

function timeReached(state: SessionState, reached: number): Step {
  if (state.hold && reached >= state.hold.deadline) return giveUpWaiting(state)
  return andThen(truncateUnheard(state, reached), (next) => nobodySpoke(next, reached))
}

function takeClient(at: number): (state: SessionState, event: ClientEvent) => Step {
  return (state, event) => fromClient(state, event, at)
}

import type { ClientEvent } from '../events/client-events.ts'
import { isParleyEvent } from '../events/parley-events.ts'
import type { ContextEntry } from '../storage/context-store.ts'
import { forBackend } from './items/aliases.ts'
import { end } from './ending.ts'
import { fromBackend } from './from-backend.ts'
import { fromClient } from './from-client.ts'
import { rememberStored, withEntries } from './memory/remembering.ts'
import { onBackendClock, onSessionClock } from './session-clock.ts'
import { silenceReached, watchSilence } from './upstream/silence.ts'
import {
  atTurnBorder,
  limitReached,
  upstreamFailed,
  upstreamLost,
  upstreamReady,
} from './upstream/succession.ts'
import { withSent } from './settings/unacknowledged.ts'
import { giveUpWaiting, holdBack, release } from './settings/pending-updates.ts'
import { personKnown, tellFacts } from './memory/fact-news.ts'
import { summaryWritten } from './memory/rolling-summary.ts'
import { addBlock, tellBlock } from './memory/seeding.ts'
import { andThen, nothing } from './session-state.ts'
import type { Hold, SessionInput, SessionOutput, SessionState, Step } from './session-state.ts'
import { transcriptSupplied } from './listening/supplied-transcripts.ts'
import { nobodySpoke, silenceHeard, speechHeard } from './listening/supplied-turns.ts'
import { continueWaiting } from './answers/tool-order.ts'
import { retellHeard } from './heard/retelling.ts'
import { truncateUnheard } from './heard/truncation.ts'

/** The whole behaviour of a session: a state and an input give the next state and what to do. Pure. */
export function step(state: SessionState, input: SessionInput): Step {
  if (state.phase === 'closed') return nothing(state)
  const taken = andThen(take(state, onSessionClock(state, input)), (next) =>
    release(next, takeClient(input.at)),
  )
  const current = sent(continueWaiting(andThen(taken, (next) => retellHeard(state, next))))
  const bordered = andThen(current, (next) => sent(atTurnBorder(next, input.at)))
  return andThen(bordered, (next) => watchSilence(state, next, input))
}

/** Outputs as the backend in use is to see them, remembered until they are answered. */
function sent(step: Step): Step {
  const { state, outputs } = addBlock(rememberStored(step))
  const told = withSent(state, outputs)
  return {
    state: told,
    outputs: forBackend(told, reachable(told, outputs)).map((output) => onBackendClock(told, output)),
  }
}

/** All but settings wait, and settings behind settings that wait. */
function isHeld({ events }: Hold, { type }: ClientEvent): boolean {
  return type !== 'session.update' || events.some((event) => event.type === 'session.update')
}

/** Without a backend nothing can be said to one; what matters of it is said to the next. */
function reachable({ gap }: SessionState, outputs: readonly SessionOutput[]): readonly SessionOutput[] {
  return gap ? outputs.filter(({ to }) => to !== 'provider') : outputs
}

function take(state: SessionState, input: SessionInput): Step {
  switch (input.from) {
    case 'client':
      // What was played is news of now, and for no backend.
      if (input.event.type === 'extension' && isParleyEvent(input.event))
        return fromClient(state, input.event, input.at)
      if (state.gap) return holdBack(state, input.event)
      return andThen(tellBlock(state, input.event, input.at), (next) =>
        next.hold && isHeld(next.hold, input.event)
          ? holdBack(next, input.event)
          : fromClient(next, input.event, input.at),
      )
    case 'provider':
      return 'lost' in input
        ? upstreamLost(state, input.lost, input.at)
        : fromBackend(state, input.event, input.at)
    case 'upstream':
      return 'ready' in input
        ? upstreamReady(state, input.ready, input.at)
        : upstreamFailed(state, input.failed, input.at)
    case 'clock':
      if ('leave' in input) return nothing({ ...state, leaving: true })
      return 'reached' in input
        ? timeReached(state, input.reached)
        : end(state, { error: input.end, at: input.at })
    case 'detector':
      return input.speech === 'started' ? speechHeard(state, input) : silenceHeard(state, input)
    case 'transcriber':
      return transcriptSupplied(state, input.itemId, input.result)
    case 'store':
      return takeEntries(state, input.entries, input.at)
    case 'person':
      return personKnown(state, input)
    case 'summarizer':
      return summaryWritten(state, input.summary)
  }
}

function takeEntries(state: SessionState, entries: readonly ContextEntry[], at: number): Step {
  const known = withEntries(state, entries)
  const areFacts = entries.some(({ type }) => type === 'pinned' || type === 'unpinned')
  return areFacts ? tellFacts(known, at) : nothing(known)
}

function timeReached(state: SessionState, reached: number): Step {
  if (state.hold && reached >= state.hold.deadline) return giveUpWaiting(state)
  const watched = andThen(silenceReached(state, reached), (next) => limitReached(next, reached))
  if (watched.state.gap) return watched
  return andThen(watched, (next) => otherTimes(next, reached))
}

function otherTimes(state: SessionState, reached: number): Step {
  return andThen(truncateUnheard(state, reached), (next) => nobodySpoke(next, reached))
}

function takeClient(at: number): (state: SessionState, event: ClientEvent) => Step {
  return (state, event) => fromClient(state, event, at)
}

import { withCommit } from '../settings/unacknowledged.ts'
import { speechGoesOn } from '../memory/wordless.ts'
import { ownEvent } from '../own-events.ts'
import { defaultResponse, interruptResponse } from '../answers/responses.ts'
import { andThen, nothing, takeId, tell } from '../session-state.ts'
import type { SessionState, Step } from '../session-state.ts'
import { responseWhenFree } from '../answers/tool-order.ts'
import { speechStarted, speechStopped } from './turns.ts'

/** The session heard the user begin to speak: announced, and an answer under way is cut off. */
export function speechHeard(state: SessionState, { ms, at }: HeardAt): Step {
  if (!state.settings.supplied.listening) return nothing(state)
  const { resumedSpeech } = state.upstream
  if (resumedSpeech)
    return nothing({ ...speechGoesOn(state, resumedSpeech), announced: resumedSpeech.itemId })
  const { state: named, id: item_id } = takeId(state, 'item')
  const { state: next, id: event_id } = takeId(named, 'event')
  const event = { type: 'input_audio_buffer.speech_started', event_id, item_id, audio_start_ms: ms } as const
  const started = speechStarted({ ...next, announced: item_id }, event, at)
  return next.interrupts ? andThen(started, (heard) => interrupt(heard)) : started
}

/** The session heard the user stop: what was said becomes an item, and an answer is asked for. */
export function silenceHeard(state: SessionState, { ms }: HeardAt): Step {
  const { listening } = state.settings.supplied
  const { announced: item_id } = state
  if (!listening || item_id === undefined) return nothing(state)
  const { state: next, id: event_id } = takeId(state, 'event')
  const event = { type: 'input_audio_buffer.speech_stopped', event_id, item_id, audio_end_ms: ms } as const
  return andThen(speechStopped(next, event), commitTurn)
}

/** Where in the session's sound, and when. Both in ms. */
export interface HeardAt {
  readonly ms: number
  readonly at: number
}

/** After an answer the session waits for the user as long as the client asked for. */
export function waitForUser(state: SessionState, at: number): Step {
  const timeoutMs = state.settings.supplied.listening?.idleTimeoutMs
  if (timeoutMs === undefined || state.speech || defaultResponse(state)) return nothing(state)
  const idleAt = Math.max(at, state.playoutEndsAt) + timeoutMs
  return { state: { ...state, idleAt }, outputs: [{ to: 'clock', wakeAt: idleAt }] }
}

/** Nobody spoke for long: the silence becomes an item, and an answer is asked for. */
export function nobodySpoke(state: SessionState, reached: number): Step {
  const { idleAt } = state
  if (idleAt === undefined || reached < idleAt || state.announced !== undefined) return nothing(state)
  const { state: named, id: item_id } = takeId({ ...state, idleAt: undefined }, 'item')
  const { state: next, id: event_id } = takeId(named, 'event')
  const type = 'input_audio_buffer.timeout_triggered'
  const audio_end_ms = Math.round(state.heardMs)
  const audio_start_ms = Math.max(0, audio_end_ms - (state.settings.supplied.listening?.prefixPaddingMs ?? 0))
  return andThen(
    tell({ ...next, announced: item_id }, { type, event_id, item_id, audio_start_ms, audio_end_ms }),
    commitTurn,
  )
}

function commitTurn(state: SessionState): Step {
  const commit = ownEvent(state, { type: 'input_audio_buffer.commit' })
  const sent: Step = {
    state: withCommit(commit.state, commit.event, commit.state.speech?.span),
    outputs: [{ to: 'provider', event: commit.event }],
  }
  if (!state.settings.supplied.listening?.createResponse) return sent
  return andThen(sent, (next) => {
    const create = ownEvent(next, { type: 'response.create' })
    return nothing(responseWhenFree(create.state, create.event))
  })
}

/** Stops the answer under way, or the one that was asked for as soon as it begins. */
function interrupt(state: SessionState): Step {
  const active = defaultResponse(state)
  if (active)
    return state.capabilities.interruption === 'none' || active.interrupted
      ? nothing(state)
      : interruptResponse(state, active)
  const { requested } = state
  return nothing(requested ? { ...state, requested: { ...requested, cancelled: 'turn_detected' } } : state)
}

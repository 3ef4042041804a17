import { durationMs } from '@parley/audio'
import { RealtimeError } from '../../errors.ts'
import type {
  InputAudioBufferAppend,
  InputAudioBufferClear,
  InputAudioBufferCommit,
} from '../../events/client-events.ts'
import type {
  InputAudioBufferCommitted,
  InputAudioBufferSpeechStarted,
  InputAudioBufferSpeechStopped,
  ServerEvent,
} from '../../events/server-events.ts'
import { before, stopSound } from '../heard/ledger.ts'
import { ownAnswered } from '../own-events.ts'
import { muteResponse } from '../answers/response-end.ts'
import { defaultResponse, silenced } from '../answers/responses.ts'
import { withCommit } from '../settings/unacknowledged.ts'
import { speechGoesOn, turnResaid, withTurn } from '../memory/wordless.ts'
import { andThen, nothing, refuse, tell } from '../session-state.ts'
import type { SessionState, Step } from '../session-state.ts'

/** Least sound a commit needs (ms), as OpenAI documents. */
const minCommitMs = 100

/** Passes sound on, still in the client's format. */
export function appendAudio(state: SessionState, event: InputAudioBufferAppend): Step {
  const ms = durationMs(state.settings.input.client, event.audio.byteLength)
  const { bufferedMs, heardMs } = state
  return {
    state: { ...state, bufferedMs: bufferedMs + ms, heardMs: heardMs + ms },
    outputs: [{ to: 'provider', event }],
  }
}

/** Commits the buffer unless it holds too little. */
export function commitAudio(state: SessionState, event: InputAudioBufferCommit): Step {
  if (state.bufferedMs < minCommitMs) {
    const held = `${state.bufferedMs.toFixed(2)} ms`
    const message = `Cannot commit the input audio buffer: it holds ${held} of audio and at least ${minCommitMs} ms are needed.`
    return refuse(
      state,
      new RealtimeError('input_audio_buffer_commit_empty', message, { eventId: event.event_id }),
    )
  }
  return { state: withCommit(state, event), outputs: [{ to: 'provider', event }] }
}

/** Empties the buffer, speech under way included. */
export function clearAudio(state: SessionState, event: InputAudioBufferClear): Step {
  const next = { ...state, bufferedMs: 0, speech: undefined, announced: undefined }
  return { state: next, outputs: [{ to: 'provider', event }] }
}

/** The buffer was cleared. */
export function bufferCleared(state: SessionState, event: ServerEvent): Step {
  return tell({ ...state, bufferedMs: 0, speech: undefined }, event)
}

/** The buffer became an item; where a second engine writes speech down, its sound is kept. */
export function bufferCommitted(state: SessionState, event: InputAudioBufferCommitted, at: number): Step {
  if (state.upstream.resaid.length > 0) return turnResaid(state, at)
  const { speech, settings, toTranscribe } = state
  const { item_id: itemId } = event
  const next = {
    ...withTurn(ownAnswered(state, 'input_audio_buffer.commit'), itemId, at),
    bufferedMs: 0,
    speech: undefined,
  }
  if (!settings.supplied.transcription) return tell(next, event)
  const span = speech?.itemId === itemId && !settings.supplied.listening ? speech.span : undefined
  return {
    state: { ...next, toTranscribe: new Set([...toTranscribe, itemId]) },
    outputs: [
      { to: 'recorder', keep: itemId, span },
      { to: 'client', event },
    ],
  }
}

/**
 * The user began to speak. Sound that waits for the client is dropped when speech interrupts; the backend itself ends
 * the response, or the session where it cannot.
 */
export function speechStarted(state: SessionState, event: InputAudioBufferSpeechStarted, at: number): Step {
  const { resaid, resumedSpeech } = state.upstream
  if (resaid.length > 0) return nothing(state)
  if (resumedSpeech?.itemId === event.item_id) return nothing(speechGoesOn(state, resumedSpeech))
  const speech = { itemId: event.item_id, startMs: event.audio_start_ms, span: undefined }
  const heard: SessionState = { ...state, speech, idleAt: undefined }
  if (!state.interrupts) return tell(heard, event)
  return before(stopSound(heard, at, 'turn_detected'), (next) => interrupt(next, event))
}

function interrupt(state: SessionState, event: InputAudioBufferSpeechStarted): Step {
  const interrupted = defaultResponse(state)
  if (!interrupted) return tell(state, event)
  if (state.capabilities.interruption === 'none')
    return andThen(tell(state, event), (next) => muteResponse(next, interrupted, 'turn_detected'))
  return {
    state: { ...state, responses: silenced(state.responses, ({ id }) => id === interrupted.id) },
    outputs: [
      { to: 'outbox', dropAudioOf: interrupted.id },
      { to: 'client', event },
    ],
  }
}

/** The user stopped speaking. */
export function speechStopped(state: SessionState, event: InputAudioBufferSpeechStopped): Step {
  const { speech, upstream } = state
  const [resaid, ...others] = upstream.resaid
  if (resaid)
    return nothing({
      ...state,
      upstream: { ...upstream, resaid: [{ ...resaid, ended: true }, ...others] },
    })
  if (speech?.itemId !== event.item_id) return tell(state, event)
  const span = { startMs: speech.startMs, endMs: event.audio_end_ms }
  return tell({ ...state, speech: { ...speech, span } }, event)
}

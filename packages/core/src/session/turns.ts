import { durationMs } from '@parley/audio'
import { RealtimeError } from '../errors.ts'
import type { InputAudioBufferAppend, InputAudioBufferCommit } from '../events/client-events.ts'
import type { InputAudioBufferSpeechStarted, ServerEvent } from '../events/server-events.ts'
import { defaultResponse, silenced } from './responses.ts'
import { refuse } from './session-state.ts'
import type { SessionOutput, SessionState, Step } from './session-state.ts'

/** Least sound a commit needs (ms), as OpenAI documents. */
const minCommitMs = 100

/** Passes sound on; it is already in the backend's format. */
export function appendAudio(state: SessionState, event: InputAudioBufferAppend): Step {
  const ms = durationMs(state.input.provider, event.audio.byteLength)
  return { state: { ...state, bufferedMs: state.bufferedMs + ms }, outputs: [{ to: 'provider', event }] }
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
  return { state: { ...state, bufferedMs: 0 }, outputs: [{ to: 'provider', event }] }
}

/** The buffer was emptied, by a commit or a clear. */
export function bufferEmptied(state: SessionState, event: ServerEvent): Step {
  return { state: { ...state, bufferedMs: 0 }, outputs: [{ to: 'client', event }] }
}

/**
 * The user began to speak. Sound that waits for the client is dropped when the backend interrupts; the backend
 * itself ends the response.
 */
export function speechStarted(state: SessionState, event: InputAudioBufferSpeechStarted, at: number): Step {
  if (!state.interrupts) return { state, outputs: [{ to: 'client', event }] }
  const interrupted = defaultResponse(state)
  const drop: SessionOutput[] = interrupted ? [{ to: 'outbox', dropAudioOf: interrupted.id }] : []
  return {
    state: {
      ...state,
      responses: silenced(state.responses, ({ id }) => id === interrupted?.id),
      playoutEndsAt: Math.min(state.playoutEndsAt, at),
    },
    outputs: [...drop, { to: 'client', event }],
  }
}

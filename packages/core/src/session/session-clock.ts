import type { SessionInput, SessionOutput, SessionState } from './session-state.ts'

/**
 * Every session at a backend counts its sound from 0. The client knows one count for all of them: places in the sound
 * are moved to it on the way in.
 */
export function onSessionClock({ upstream: { offsetMs } }: SessionState, input: SessionInput): SessionInput {
  if (offsetMs === 0) return input
  const moved = (ms: number): number => Math.max(0, Math.round(ms + offsetMs))
  if (input.from === 'detector') return { ...input, ms: moved(input.ms) }
  if (input.from !== 'provider' || !('event' in input)) return input
  const { event } = input
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- the other events name no place in the user's sound
  switch (event.type) {
    case 'input_audio_buffer.speech_started':
      return { ...input, event: { ...event, audio_start_ms: moved(event.audio_start_ms) } }
    case 'input_audio_buffer.speech_stopped':
      return { ...input, event: { ...event, audio_end_ms: moved(event.audio_end_ms) } }
    case 'input_audio_buffer.timeout_triggered':
      return {
        ...input,
        event: {
          ...event,
          audio_start_ms: moved(event.audio_start_ms),
          audio_end_ms: moved(event.audio_end_ms),
        },
      }
    default:
      return input
  }
}

/** Places in the sound for who counts it from the beginning of the session at the backend. */
export function onBackendClock(
  { upstream: { offsetMs } }: SessionState,
  output: SessionOutput,
): SessionOutput {
  if (offsetMs === 0 || output.to !== 'recorder' || !output.span) return output
  const { startMs, endMs } = output.span
  return { ...output, span: { startMs: startMs - offsetMs, endMs: endMs - offsetMs } }
}

import type { Session } from '../../events/session-config.ts'
import type { SessionState } from '../session-state.ts'
import { listeningDefaults, completeTurnDetection } from './turn-detection.ts'
import { toTranscriptionView } from './transcription-session.ts'
import { withoutOwnWordTimes } from '../heard/word-times.ts'

/** The backend's session as the client configured it. */
export function clientView(reported: Session, state: SessionState): Session {
  const session = withoutOwnWordTimes(reported, state)
  const { input, output, supplied } = state.settings
  if (session.type === 'transcription')
    return {
      ...session,
      audio: { ...session.audio, input: { ...session.audio?.input, format: input.client } },
    }
  const { input: effectiveInput, output: effectiveOutput } = session.audio ?? {}
  const detection = supplied.turnDetection ?? (supplied.listening && { type: 'server_vad' as const })
  const effective = supplied.listening
    ? switchesOf(supplied.listening)
    : (effectiveInput?.turn_detection ?? undefined)
  const shown: Session = {
    ...session,
    audio: {
      ...session.audio,
      input: {
        ...effectiveInput,
        format: input.client,
        ...(detection && { turn_detection: completeTurnDetection(detection, effective) }),
        ...(supplied.transcription && { transcription: supplied.transcription }),
      },
      output: { ...effectiveOutput, format: output.client },
    },
  }
  return state.kind === 'supplied-transcription' ? toTranscriptionView(shown) : shown
}

function switchesOf({ createResponse, interruptResponse }: typeof listeningDefaults) {
  return {
    type: 'server_vad',
    create_response: createResponse,
    interrupt_response: interruptResponse,
  } as const
}

import type {
  RealtimeSessionConfig,
  Session,
  TranscriptionSession,
  TranscriptionSessionConfig,
  TurnDetection,
} from '../../events/session-config.ts'
import type { ServerEvent } from '../../events/server-events.ts'
import type { ClientEvent } from '../../events/client-events.ts'
import type { SessionState } from '../session-state.ts'

/** A spoken session of this backend can be kept from answering and its speech written down. */
export function canSupplyTranscription({ capabilities, canTranscribe }: SessionState): boolean {
  const quiet = capabilities.turnsWithoutResponse || capabilities.turnDetection.length === 0
  return quiet && (capabilities.inputTranscription === 'native' || canTranscribe)
}

/** Turn detection that makes no answers. */
export const quietTurnDetection: TurnDetection = {
  type: 'server_vad',
  create_response: false,
  interrupt_response: false,
}

/** The spoken session that writes down speech and answers nothing; `first` when nothing was configured before. */
export function toSpokenConfig(
  { audio, include }: TranscriptionSessionConfig,
  first: boolean,
): RealtimeSessionConfig {
  const asked = audio?.input?.turn_detection
  const detection =
    asked === undefined ? (first ? quietTurnDetection : undefined) : asked && withoutAnswers(asked)
  return {
    type: 'realtime',
    audio: { input: { ...audio?.input, ...(detection === undefined ? {} : { turn_detection: detection }) } },
    ...(include && { include }),
  }
}

/** A spoken session as its client, which asked for transcription only, knows it. */
export function toTranscriptionView(session: Session): TranscriptionSession {
  if (session.type === 'transcription') return session
  const { id, expires_at, include, audio } = session
  const detection = audio?.input?.turn_detection
  const { create_response: _create, interrupt_response: _interrupt, ...shown } = detection ?? {}
  return {
    type: 'transcription',
    object: 'realtime.transcription_session',
    ...(id === undefined ? {} : { id }),
    ...(expires_at === undefined ? {} : { expires_at }),
    ...(include === undefined ? {} : { include }),
    audio: {
      input: {
        ...audio?.input,
        // Without its two switches it is still turn detection of the same type.
        ...(detection && { turn_detection: shown as TurnDetection }),
      },
    },
  }
}

/** Server events that belong to answers, of which a transcription session has none. */
export function isAnswerEvent({ type }: ServerEvent): boolean {
  return type.startsWith('response.') || type.startsWith('output_audio_buffer.')
}

/** Client events a transcription session has no use for. */
export function isConversationEvent({ type }: ClientEvent): boolean {
  return type.startsWith('response.') || (type.startsWith('conversation.') && !type.endsWith('.retrieve'))
}

function withoutAnswers(detection: TurnDetection): TurnDetection {
  return { ...detection, create_response: false, interrupt_response: false }
}

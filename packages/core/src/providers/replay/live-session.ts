import type { RealtimeSession, RealtimeSessionConfig } from '../../events/session-config.ts'
import { replayFormat } from './recorded-sound.ts'

/** Where a session comes from. */
export interface SessionOrigin {
  readonly id: string
  /** Of the cassette, which is the model. */
  readonly model: string
  /** Whether the recorded backend found turns by itself. */
  readonly detectsTurns: boolean
}

/** The recorded session under an id of its own, with the formats of a replay. */
export function firstSession(recorded: RealtimeSession | undefined, origin: SessionOrigin): RealtimeSession {
  const { audio, output_modalities = ['audio'] } = recorded ?? {}
  const detection = audio?.input?.turn_detection ?? { type: 'server_vad' }
  return {
    type: 'realtime',
    object: 'realtime.session',
    id: origin.id,
    model: origin.model,
    output_modalities,
    audio: {
      input: { format: replayFormat, turn_detection: origin.detectsTurns ? detection : null },
      output: { format: replayFormat, voice: audio?.output?.voice ?? 'recorded' },
    },
  }
}

/** The session with what a client set; model and formats stay. */
export function updatedSession(session: RealtimeSession, changes: RealtimeSessionConfig): RealtimeSession {
  const { audio } = changes
  return {
    ...session,
    ...changes,
    ...(session.model !== undefined && { model: session.model }),
    audio: {
      input: { ...session.audio?.input, ...audio?.input, format: replayFormat },
      output: { ...session.audio?.output, ...audio?.output, format: replayFormat },
    },
  }
}

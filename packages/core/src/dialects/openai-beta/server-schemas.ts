import { z } from 'zod'
import {
  ConversationCreated,
  InputAudioBufferTimeoutTriggered,
  OutputAudioBufferCleared,
  OutputAudioBufferStarted,
  OutputAudioBufferStopped,
} from '../../events/server-events.ts'
import { FlatServerSession, sharedServerSchemas } from '../flat/server-events.ts'

/** The server events of the beta. */
export const betaServerSchemas = [
  ...sharedServerSchemas,
  z.looseObject({
    event_id: z.string(),
    type: z.literal('transcription_session.updated'),
    session: FlatServerSession,
  }),
  ConversationCreated,
  InputAudioBufferTimeoutTriggered,
  OutputAudioBufferStarted,
  OutputAudioBufferStopped,
  OutputAudioBufferCleared,
] as const

import type { Dialect } from '../dialect.ts'
import { flatDialect } from '../flat/codecs.ts'
import { voiceLiveClientSchemas } from './client-schemas.ts'
import { voiceLiveServerSchemas } from './server-schemas.ts'

/**
 * Azure Voice Live, flat as the OpenAI beta and with much of its own. It omits the second announcement of an item
 * and events that its clients do not know.
 */
export const voiceLive: Dialect = flatDialect({
  dialect: 'voice-live',
  extended: true,
  clientSchemas: voiceLiveClientSchemas,
  serverSchemas: voiceLiveServerSchemas,
  omits: new Set([
    'conversation.created',
    'conversation.item.done',
    'conversation.item.input_audio_transcription.segment',
    'input_audio_buffer.dtmf_event_received',
    'input_audio_buffer.timeout_triggered',
    'output_audio_buffer.started',
    'output_audio_buffer.stopped',
  ]),
})

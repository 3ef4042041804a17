import type { SpokenDialect } from '../dialect.ts'
import { connector } from './connector.ts'

export { readMessage, writeMessage } from './frame.ts'
export type { ClientMessage, ServerMessage, TranslationConfig } from './messages.ts'
export type { Output } from './output.ts'
export { createTranslation, type Translation } from './translation.ts'

/** Gemini Live, spoken only: GA events are made from its messages and the other way round. */
export const geminiLive: SpokenDialect = {
  name: 'gemini-live',
  omits: new Set([
    // Answered without asking Gemini.
    'conversation.item.delete',
    'conversation.item.retrieve',
    'conversation.item.truncate',
    'input_audio_buffer.clear',
    'output_audio_buffer.clear',
    'response.cancel',
    'extension',
  ]),
  connector,
}

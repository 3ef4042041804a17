import type { Codec } from '../../channel/codec.ts'
import type { ClientEvent } from '../../events/client-events.ts'
import type { ServerEvent } from '../../events/server-events.ts'
import { readMessage, writeMessage } from './frame.ts'
import type { Output } from './output.ts'
import { createTranslation } from './translation.ts'

/**
 * A connection to the default model without reconnects. What is answered without asking Gemini comes with the next
 * frame that is read.
 */
export function connector(): Codec<ServerEvent, ClientEvent> {
  const seed = crypto.randomUUID().replaceAll('-', '').slice(0, 12)
  let count = 0
  const translation = createTranslation({
    model: 'models/gemini-3.8-live',
    newId: (prefix) => `${prefix}_${seed}${(count++).toString(36)}`,
  })
  let answers: ServerEvent[] = eventsOf(translation.created())
  return {
    decode(frame) {
      const events = [...answers, ...eventsOf(translation.fromServer(readMessage(frame)))]
      answers = []
      return events
    },
    encode(event) {
      const outputs = translation.fromClient(event)
      answers.push(...eventsOf(outputs))
      return outputs.flatMap((output) => (output.to === 'backend' ? [writeMessage(output.message)] : []))
    },
  }
}

function eventsOf(outputs: readonly Output[]): ServerEvent[] {
  return outputs.flatMap((output) => (output.to === 'client' ? [output.event] : []))
}

import type { Codec } from '../../channel/codec.ts'
import type { ClientEvent } from '../../events/client-events.ts'
import type { ServerEvent } from '../../events/server-events.ts'
import { audioPieces } from '../audio-pieces.ts'
import { readAppendFrame } from './audio-frame.ts'
import { parseClientEvent } from './parse.ts'
import { readFrame, writeFrame } from './wire.ts'

/** For a connection on which we are the server. It keeps no state. */
export const acceptor: Codec<ClientEvent, ServerEvent> = {
  decode(frame) {
    return [readAppendFrame(frame) ?? parseClientEvent(readFrame(frame))]
  },
  encode(event) {
    if (event.type === 'response.output_audio.delta') return audioPieces(event).map(writeFrame)
    return [writeFrame(withVoiceName(event))]
  },
}

/** Official clients lose a response whose voice is not a string: a custom voice is said by its id. */
function withVoiceName(event: ServerEvent): ServerEvent {
  if (event.type !== 'response.created' && event.type !== 'response.done') return event
  const { response } = event
  const { audio } = response
  const voice = audio?.output?.voice
  if (typeof voice !== 'object' || voice === null) return event
  return {
    ...event,
    response: { ...response, audio: { ...audio, output: { ...audio?.output, voice: voice.id } } },
  }
}

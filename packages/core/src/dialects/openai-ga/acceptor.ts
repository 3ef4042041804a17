import type { Codec } from '../../channel/codec.ts'
import type { ClientEvent } from '../../events/client-events.ts'
import type { ServerEvent } from '../../events/server-events.ts'
import { readAppendFrame } from './audio-frame.ts'
import { parseClientEvent } from './parse.ts'
import { readFrame, writeFrame } from './wire.ts'

/** For a connection on which we are the server. It keeps no state. */
export const acceptor: Codec<ClientEvent, ServerEvent> = {
  decode(frame) {
    return [readAppendFrame(frame) ?? parseClientEvent(readFrame(frame))]
  },
  encode(event) {
    return [writeFrame(event)]
  },
}

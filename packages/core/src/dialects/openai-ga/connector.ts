import type { Codec } from '../../channel/codec.ts'
import type { ClientEvent } from '../../events/client-events.ts'
import type { ServerEvent } from '../../events/server-events.ts'
import { readDeltaFrame } from './audio-frame.ts'
import { parseServerEvent } from './parse.ts'
import { readFrame, writeFrame } from './wire.ts'

/** For a connection on which we are the client. It keeps no state. */
export const connector: Codec<ServerEvent, ClientEvent> = {
  decode(frame) {
    return [readDeltaFrame(frame) ?? parseServerEvent(readFrame(frame))]
  },
  encode(event) {
    return [writeFrame(event)]
  },
}

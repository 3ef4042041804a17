import type { Codec } from '../../channel/codec.ts'
import type { ClientEvent } from '../../events/client-events.ts'
import type { ServerEvent } from '../../events/server-events.ts'
import type { Dialect } from '../dialect.ts'
import { createEventParser, eventIdOf } from '../event-parser.ts'
import { unknownParameter } from '../invalid-event.ts'
import { isObject, type JsonObject } from '../json-object.ts'
import { deltaFrameReader, readAppendFrame } from '../openai-ga/audio-frame.ts'
import { readFrame } from '../openai-ga/wire.ts'
import { fromClientEvent, toClientEvent, type FlatClientEvent } from './client-conversion.ts'
import type { FlatWire } from './flat-wire.ts'
import { ItemPairs } from './item-pairs.ts'
import { isForeignItem } from './items.ts'
import { paramNames } from './params.ts'
import { readServerEvent, type FlatServerEvent } from './read-server-event.ts'
import { writeServerEvent } from './write-server-event.ts'

const readDeltaFrame = deltaFrameReader('response.audio.delta')

/** The dialect of a flat wire. Its connector keeps, for one connection, which items are not yet complete. */
export function flatDialect(wire: FlatWire): Dialect {
  const { dialect, extended, omits } = wire
  const names = paramNames(extended)
  const parseClientEvent = createEventParser({
    dialect,
    schemas: wire.clientSchemas,
    audioFields: { 'input_audio_buffer.append': 'audio' },
  })
  const parseServerEvent = createEventParser({
    dialect,
    schemas: wire.serverSchemas,
    audioFields: { 'response.audio.delta': 'delta' },
    isForeign: ({ item }) => isForeignItem(item),
  })

  const acceptor: Codec<ClientEvent, ServerEvent> = {
    decode(frame) {
      const append = readAppendFrame(frame)
      if (append) return [append]
      const event = parseClientEvent(readFrame(frame))
      refuseUnknownSessionKeys(event, wire.sessionKeys)
      // Checked: the value satisfies the schema of its type, or is an extension.
      return [toClientEvent(event as FlatClientEvent, extended)]
    },
    encode: (event) =>
      writeServerEvent(event, { extended, names, omits }).map((json) => JSON.stringify(json)),
  }

  return {
    name: dialect,
    omits,
    acceptor: () => acceptor,
    connector(): Codec<ServerEvent, ClientEvent> {
      const pairs = new ItemPairs()
      return {
        decode(frame) {
          const delta = readDeltaFrame(frame)
          if (delta) return [delta]
          // Checked: the value satisfies the schema of its type, or is an extension.
          const event = parseServerEvent(readFrame(frame)) as FlatServerEvent
          return readServerEvent(event, { extended, names, pairs })
        },
        encode: (event) => [JSON.stringify(fromClientEvent(event, extended))],
      }
    },
  }
}

function refuseUnknownSessionKeys(event: JsonObject, keys: FlatWire['sessionKeys']): void {
  const { type, session } = event
  if (!keys || !isObject(session)) return
  const known = type === 'transcription_session.update' ? keys.transcription : keys.realtime
  const unknown = Object.keys(session).find((key) => !known.has(key))
  if (unknown !== undefined) throw unknownParameter(['session', unknown], eventIdOf(event))
}

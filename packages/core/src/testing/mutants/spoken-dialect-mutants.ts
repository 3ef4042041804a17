import type { Codec } from '../../channel/codec.ts'
import type { ClientEvent } from '../../events/client-events.ts'
import type { ServerEvent } from '../../events/server-events.ts'
import { geminiUnderTest } from '../gemini-samples.ts'
import type { SpokenDialectUnderTest } from '../spoken-dialect-laws.ts'

type Connector = Codec<ServerEvent, ClientEvent>

/** Gemini Live with its connector spoiled. */
function spoiled(spoil: (codec: Connector) => Partial<Connector>): () => SpokenDialectUnderTest {
  return () => {
    const subject = geminiUnderTest()
    return {
      ...subject,
      dialect: {
        ...subject.dialect,
        connector() {
          const codec = subject.dialect.connector()
          return { ...codec, ...spoil(codec) }
        },
      },
    }
  }
}

/** Gives each result one call late. */
function late<In, Out>(call: (input: In) => readonly Out[]): (input: In) => readonly Out[] {
  let held: readonly Out[] = []
  return (input) => {
    const before = held
    held = call(input)
    return before
  }
}

/** A wrong dialect for each law of `spokenDialectLaws`, by the name of the law it must break. */
export const spokenDialectMutants: Readonly<Record<string, () => SpokenDialectUnderTest>> = {
  'begins with session.created, and gives every event an id': spoiled((codec) => ({
    decode: (frame) =>
      codec.decode(frame).map((event) => ('event_id' in event ? { ...event, event_id: 'e' } : event)),
  })),
  'reads text and bytes alike': spoiled((codec) => ({
    decode: (frame) => (typeof frame === 'string' ? codec.decode(frame) : []),
  })),
  'keeps messages it does not know': spoiled((codec) => ({
    decode: (frame) => codec.decode(frame).filter(({ type }) => type !== 'extension'),
  })),
  'keeps the order of sound in both directions': spoiled((codec) => ({
    encode: late((event) => codec.encode(event)),
  })),
  'writes nothing for the types it omits, and JSON objects of one key for the rest': spoiled((codec) => ({
    encode: (event) => (event.type === 'response.cancel' ? ['{"cancel":{}}'] : codec.encode(event)),
  })),
  'opens and closes responses, items and parts in the order of GA, whatever comes': spoiled((codec) => ({
    decode: (frame) => codec.decode(frame).filter(({ type }) => type !== 'response.content_part.done'),
  })),
  'refuses a frame that is no message with invalid_event, and goes on': spoiled((codec) => ({
    decode: (frame) => (frame === '[]' ? [] : codec.decode(frame)),
  })),
}

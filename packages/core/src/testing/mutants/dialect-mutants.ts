import type { Dialect } from '../../dialects/dialect.ts'
import { openaiGa } from '../../dialects/openai-ga/index.ts'
import { clientEventSchemas } from '../../events/client-events.ts'
import { serverEventSchemas } from '../../events/server-events.ts'
import type { DialectUnderTest } from '../dialect-laws.ts'
import { clientWireEvents, serverWireEvents } from '../sample-events.ts'

/** The GA dialect with its client side as reader (acceptor) spoiled. */
function spoiled(
  spoil: (codec: ReturnType<Dialect['acceptor']>) => Partial<ReturnType<Dialect['acceptor']>>,
) {
  return (): DialectUnderTest => ({
    dialect: {
      ...openaiGa,
      acceptor() {
        const codec = openaiGa.acceptor()
        return { ...codec, ...spoil(codec) }
      },
    },
    clientEvents: clientWireEvents,
    serverEvents: serverWireEvents,
  })
}

const knownFields = new Map<string, object>(
  [...clientEventSchemas, ...serverEventSchemas].map((schema) => [schema.shape.type.value, schema.shape]),
)

/** Keeps the top-level fields of an event that its schema names. */
function strict<Event extends { readonly type: string }>(event: Event): Event {
  const shape = knownFields.get(event.type)
  if (!shape) return event
  const kept = Object.entries(event).filter(([key]) => Object.hasOwn(shape, key))
  // Fewer fields of the same event.
  return Object.fromEntries(kept) as Event
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

/** A wrong dialect for each law of `dialectLaws`, by the name of the law it must break. */
export const dialectMutants: Readonly<Record<string, () => DialectUnderTest>> = {
  'reads back what it writes': spoiled((codec) => ({
    encode: (event) => codec.encode(event).map((frame) => String(frame).replaceAll('"item_1"', '"item_one"')),
  })),
  'writes each event as it was on the wire': spoiled((codec) => ({
    encode: (event) =>
      codec
        .encode(event)
        .map((frame) =>
          String(frame).replace('"type":"response.output_text.delta"', '"type":"response.text.delta"'),
        ),
  })),
  'writes nothing only for the types it omits': spoiled((codec) => ({
    encode: (event) => (event.type === 'rate_limits.updated' ? [] : codec.encode(event)),
  })),
  'keeps unknown fields at any depth': spoiled((codec) => ({
    decode: (frame) => codec.decode(frame).map(strict),
  })),
  'keeps events of unknown type as they came': spoiled((codec) => ({
    decode: (frame) => codec.decode(frame).filter((event) => event.type !== 'extension'),
  })),
  'keeps the order of events': spoiled((codec) => ({ encode: late((event) => codec.encode(event)) })),
  'refuses a frame that is no event with invalid_event, and goes on': spoiled((codec) => ({
    decode: (frame) => codec.decode(typeof frame === 'string' ? frame : new TextDecoder().decode(frame)),
  })),
  'refuses an event that lacks a field and names it': spoiled((codec) => ({
    decode: (frame) =>
      codec.decode(
        String(frame).replace('{"type":"response.cancel"}', '{"type":"response.cancel","response_id":7}'),
      ),
  })),
}

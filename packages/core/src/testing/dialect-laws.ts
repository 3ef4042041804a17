import type { Law } from '@parley/audio/testing'
import fc from 'fast-check'
import { expect } from 'vitest'
import type { Codec, Frame } from '../channel/codec.ts'
import type { Dialect } from '../dialects/dialect.ts'
import { RealtimeError } from '../errors.ts'
import { AudioPayload } from '../events/audio-payload.ts'
import type { ClientEvent } from '../events/client-events.ts'
import type { ServerEvent } from '../events/server-events.ts'
import type { WireEvent } from './sample-events.ts'

/**
 * A dialect with events of every type it has, as they are on its wire. The server's are one conversation: what a
 * response announces comes before what is said of it.
 */
export interface DialectUnderTest {
  readonly dialect: Dialect
  readonly clientEvents: readonly WireEvent[]
  readonly serverEvents: readonly WireEvent[]
}

type AnyEvent = ClientEvent | ServerEvent

/** One direction of a dialect: who reads these events, who writes them, and samples of them. A codec may keep state. */
interface Direction {
  reader(): Codec<AnyEvent, never>
  writer(): Codec<AnyEvent, AnyEvent>
  readonly samples: readonly WireEvent[]
}

/** What every dialect does, in both directions. */
export const dialectLaws: readonly Law<() => DialectUnderTest>[] = [
  law('reads back what it writes', (direction) => {
    const events = eventsOf(direction)
    const writer = direction.writer()
    const reader = direction.reader()
    const again = events.flatMap((event) => writer.encode(event)).flatMap((frame) => reader.decode(frame))
    expect(again.map(comparable)).toEqual(events.map(comparable))
  }),

  law('writes each event as it was on the wire', (direction) => {
    const reader = direction.reader()
    const writer = direction.writer()
    for (const sample of direction.samples) {
      expect(rewritten(reader, writer, JSON.stringify(sample)).map(parsed)).toEqual([sample])
    }
  }),

  law('writes nothing only for the types it omits', (direction, { omits }) => {
    const writer = direction.writer()
    for (const event of eventsOf(direction)) {
      expect(writer.encode(event).length > 0).toBe(!omits.has(event.type))
    }
  }),

  law('keeps unknown fields at any depth', ({ reader, writer, samples }) => {
    const mutation = fc.record({
      sample: fc.constantFrom(...samples),
      place: fc.nat(),
      value: fc.jsonValue(),
    })
    fc.assert(
      fc.property(mutation, ({ sample, place, value }) => {
        const text = JSON.stringify(withUnknownField(sample, place, value))
        expect(rewritten(reader(), writer(), text).map(parsed)).toEqual([JSON.parse(text)])
      }),
      { seed: 1, numRuns: 300 },
    )
  }),

  law('keeps events of unknown type as they came', ({ reader, writer }, { name }) => {
    const unknown = fc.record({
      type: fc.string().map((text) => `vendor.${text}`),
      fields: fc.dictionary(fc.stringMatching(/^[a-z_]{5,9}$/), fc.jsonValue()),
    })
    fc.assert(
      fc.property(unknown, ({ type, fields }) => {
        const text = JSON.stringify({ ...fields, type })
        expect(reader().decode(text)).toEqual([{ type: 'extension', dialect: name, event: JSON.parse(text) }])
        expect(rewritten(reader(), writer(), text)).toEqual([text])
      }),
      { seed: 1, numRuns: 100 },
    )
  }),

  law('keeps the order of events', (direction) => {
    const types = direction.samples.map((sample) => sample['type'])
    const writer = direction.writer()
    const frames = eventsOf(direction).flatMap((event) => writer.encode(event))
    expect(frames.map((frame) => Reflect.get(Object(parsed(frame)), 'type'))).toEqual(types)
  }),

  law('refuses a frame that is no event with invalid_event, and goes on', ({ reader: open, samples }) => {
    const reader = open()
    const deep = '['.repeat(10_000) + ']'.repeat(10_000)
    const noEvents: readonly Frame[] = [
      new TextEncoder().encode(JSON.stringify(samples[0])),
      '',
      'hello',
      '{"type":',
      'null',
      '7',
      '[]',
      '{}',
      '{"type":7}',
      '{"type":null}',
      `{"type":"vendor.deep","field":${deep}}`,
    ]
    for (const frame of noEvents) expect(codeOf(() => reader.decode(frame))).toBe('invalid_event')
    expect(reader.decode(JSON.stringify(samples[0]))).not.toHaveLength(0)
  }),

  law('refuses an event that lacks a field and names it', ({ reader, samples }) => {
    for (const sample of samples) {
      const { type, event_id: eventId } = sample
      const bare = JSON.stringify(eventId === undefined ? { type } : { type, event_id: eventId })
      const error = errorOf(() => reader().decode(bare))
      if (!error) continue
      expect(error.code).toBe('missing_required_parameter')
      expect(sample).toHaveProperty(error.param ?? '')
    }
    expect(
      samples.some((sample) => errorOf(() => reader().decode(JSON.stringify({ type: sample['type'] })))),
    ).toBe(true)
  }),
]

/** An event without the laziness of its audio. */
export function comparable(event: AnyEvent): unknown {
  return JSON.parse(
    JSON.stringify(event, (_key, value: unknown) => (value instanceof AudioPayload ? value.base64 : value)),
  )
}

function law(
  name: string,
  holds: (direction: Direction, dialect: Dialect) => void,
): Law<() => DialectUnderTest> {
  return {
    name,
    holds(make) {
      const { dialect, clientEvents, serverEvents } = make()
      // The unions are joined so that one law covers both directions; each codec only gets its own events.
      const acceptor = (() => dialect.acceptor()) as Direction['reader'] & Direction['writer']
      const connector = (() => dialect.connector()) as Direction['reader'] & Direction['writer']
      holds({ reader: acceptor, writer: connector, samples: clientEvents }, dialect)
      holds({ reader: connector, writer: acceptor, samples: serverEvents }, dialect)
    },
  }
}

function eventsOf({ reader: open, samples }: Direction): readonly AnyEvent[] {
  const reader = open()
  return samples.flatMap((sample) => reader.decode(JSON.stringify(sample)))
}

function rewritten(
  reader: Codec<AnyEvent, never>,
  writer: Codec<AnyEvent, AnyEvent>,
  frame: Frame,
): readonly Frame[] {
  return reader.decode(frame).flatMap((event) => writer.encode(event))
}

function parsed(frame: Frame): unknown {
  return JSON.parse(String(frame))
}

/** A copy with a field no dialect knows in one of its objects. Free maps of text and the session's top are left out. */
function withUnknownField(sample: WireEvent, place: number, value: unknown): WireEvent {
  const copy = structuredClone(sample)
  const objects = looseObjects(copy)
  const target = objects[place % objects.length] ?? copy
  Object.assign(target, { unknown_field: value })
  return copy
}

const closedPlaces = new Set(['metadata', 'session', 'custom_speech', 'headers'])

function looseObjects(value: unknown, key = ''): object[] {
  if (typeof value !== 'object' || value === null) return []
  const children = Object.entries(value).flatMap(([name, child]) => looseObjects(child, name))
  return Array.isArray(value) || closedPlaces.has(key) ? children : [value, ...children]
}

function errorOf(call: () => unknown): RealtimeError | undefined {
  try {
    call()
    return undefined
  } catch (error) {
    if (error instanceof RealtimeError) return error
    throw error
  }
}

function codeOf(call: () => unknown): string | undefined {
  return errorOf(call)?.code
}

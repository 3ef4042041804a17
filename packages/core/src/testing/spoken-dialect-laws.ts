import type { Law } from '@parley/audio/testing'
import fc from 'fast-check'
import { expect } from 'vitest'
import type { Codec, Frame } from '../channel/codec.ts'
import type { SpokenDialect } from '../dialects/dialect.ts'
import { parseClientEvent } from '../dialects/openai-ga/index.ts'
import { RealtimeError } from '../errors.ts'
import { AudioPayload } from '../events/audio-payload.ts'
import type { ClientEvent } from '../events/client-events.ts'
import type { ServerEvent } from '../events/server-events.ts'
import { clientWireEvents } from './sample-events.ts'

/** A dialect that translates: its messages are not its events, so that only both sides together can be held. */
export interface SpokenDialectUnderTest {
  readonly dialect: SpokenDialect
  /** What the service sends first, so that the rest may follow. */
  readonly opening: readonly object[]
  /** Messages of the service of every kind, in an order that may be any. */
  readonly messages: readonly object[]
  /** A message with the n-th piece of sound, as base64. */
  readonly sound: (base64: string) => object
  /** The n-th piece of sound within what the client's frame says, if it is one. */
  readonly soundOf: (message: unknown) => string | undefined
}

type Connector = Codec<ServerEvent, ClientEvent>

const update: ClientEvent = { type: 'session.update', session: { type: 'realtime' } }

/** What a translating dialect does whatever it is told. */
export const spokenDialectLaws: readonly Law<() => SpokenDialectUnderTest>[] = [
  law('begins with session.created, and gives every event an id', (subject) => {
    const events = readAll(opened(subject), [...subject.opening, ...subject.messages])
    expect(events[0]?.type).toBe('session.created')
    expect(events.filter(({ type }) => type === 'session.created')).toHaveLength(1)
    const ids = events.map((event) => ('event_id' in event ? event.event_id : event['event']))
    expect(new Set(ids.map((id) => JSON.stringify(id))).size).toBe(ids.length)
  }),

  law('reads text and bytes alike', (subject) => {
    const [text, bytes] = [opened(subject), opened(subject)]
    for (const message of [...subject.opening, ...subject.messages]) {
      const frame = JSON.stringify(message)
      const types = (events: readonly ServerEvent[]) => events.map(({ type }) => type)
      expect(types(bytes.decode(new TextEncoder().encode(frame)))).toEqual(types(text.decode(frame)))
    }
  }),

  law('keeps messages it does not know', (subject) => {
    const connector = opened(subject)
    readAll(connector, subject.opening)
    const unknown = fc.tuple(
      fc.stringMatching(/^vendor[A-Z][a-z]{3,9}$/),
      fc.jsonValue({ stringUnit: 'grapheme' }),
    )
    fc.assert(
      fc.property(unknown, ([key, value]) => {
        const plain: unknown = JSON.parse(JSON.stringify(value).replaceAll('_', '-'))
        const events = connector.decode(JSON.stringify({ [key]: plain }))
        expect(events).toMatchObject([
          { type: 'extension', dialect: subject.dialect.name, event: { type: expect.any(String) } },
        ])
        const [event] = events
        expect(event?.type === 'extension' ? event.event[key] : undefined).toEqual(plain)
      }),
      { seed: 1, numRuns: 100 },
    )
  }),

  law('keeps the order of sound in both directions', (subject) => {
    const pieces = Array.from({ length: 20 }, (_, n) => btoa(String.fromCharCode(n, 0)))
    const connector = opened(subject)
    readAll(connector, subject.opening)
    const heard = pieces.flatMap((piece) => connector.decode(JSON.stringify(subject.sound(piece))))
    expect(
      heard.flatMap((event) => (event.type === 'response.output_audio.delta' ? [event.delta.base64] : [])),
    ).toEqual(pieces)
    const sent = pieces.flatMap((piece) =>
      connector.encode({ type: 'input_audio_buffer.append', audio: AudioPayload.fromBase64(piece) }),
    )
    expect(sent.flatMap((frame) => subject.soundOf(parsed(frame)) ?? [])).toEqual(pieces)
  }),

  law('writes nothing for the types it omits, and JSON objects of one key for the rest', (subject) => {
    const connector = opened(subject)
    readAll(connector, subject.opening)
    for (const event of clientWireEvents.map(parseClientEvent)) {
      const frames = connector.encode(event)
      if (subject.dialect.omits.has(event.type)) expect(frames).toEqual([])
      for (const frame of frames) expect(Object.keys(Object(parsed(frame)))).toHaveLength(1)
    }
  }),

  law('opens and closes responses, items and parts in the order of GA, whatever comes', (subject) => {
    const steps = fc.array(fc.oneof(fc.constantFrom(...subject.messages), fc.constantFrom(...clientSteps)), {
      maxLength: 40,
    })
    fc.assert(
      fc.property(steps, (script) => {
        const connector = opened(subject)
        const events = [...readAll(connector, subject.opening)]
        for (const step of script) {
          if (isClientEvent(step)) connector.encode(step)
          else events.push(...connector.decode(JSON.stringify(step)))
        }
        inOrder(events)
      }),
      { seed: 5, numRuns: 300 },
    )
  }),

  law('refuses a frame that is no message with invalid_event, and goes on', (subject) => {
    const connector = opened(subject)
    readAll(connector, subject.opening)
    const frames: readonly Frame[] = ['', 'hello', 'null', '7', '[]', '"text"', new Uint8Array([0xff])]
    for (const frame of frames) expect(codeOf(() => connector.decode(frame))).toBe('invalid_event')
    expect(connector.decode(JSON.stringify(subject.sound('AAAA'))).length).toBeGreaterThan(0)
  }),
]

const clientSteps: readonly ClientEvent[] = [
  {
    type: 'conversation.item.create',
    item: { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'hi' }] },
  },
  { type: 'response.create' },
  { type: 'response.cancel' },
  { type: 'input_audio_buffer.append', audio: AudioPayload.fromBase64('AAAAAA==') },
  { type: 'input_audio_buffer.commit' },
  { type: 'session.update', session: { type: 'realtime', audio: { input: { turn_detection: null } } } },
  update,
]

function isClientEvent(step: object): step is ClientEvent {
  return 'type' in step
}

/** One response at a time; what is said of a response, an item or a part comes between its begin and its end. */
function inOrder(events: readonly ServerEvent[]): void {
  let response: string | undefined
  const openItems = new Set<string>()
  const openParts = new Set<string>()
  for (const event of events) {
    if (event.type === 'response.created') {
      expect(response).toBeUndefined()
      response = event.response.id
    } else if (event.type === 'response.done') {
      expect([event.response.id, openItems.size, openParts.size]).toEqual([response, 0, 0])
      response = undefined
    } else if ('response_id' in event) {
      expect(event.response_id).toBe(response)
    }
    if (event.type === 'response.output_item.added') openItems.add(event.item.id ?? '')
    if (event.type === 'response.output_item.done') expect(openItems.delete(event.item.id ?? '')).toBe(true)
    if (event.type === 'response.content_part.added') openParts.add(event.item_id)
    if (event.type === 'response.content_part.done') expect(openParts.delete(event.item_id)).toBe(true)
    if (event.type === 'response.output_audio.delta') expect(openParts.has(event.item_id)).toBe(true)
  }
}

function law(
  name: string,
  holds: (subject: SpokenDialectUnderTest) => void,
): Law<() => SpokenDialectUnderTest> {
  return { name, holds: (make) => holds(make()) }
}

/** A connection on which the client has said what it wants. */
function opened({ dialect }: SpokenDialectUnderTest): Connector {
  const connector = dialect.connector()
  connector.encode(update)
  return connector
}

function readAll(connector: Connector, messages: readonly object[]): readonly ServerEvent[] {
  return messages.flatMap((message) => connector.decode(JSON.stringify(message)))
}

function parsed(frame: Frame): unknown {
  return JSON.parse(typeof frame === 'string' ? frame : new TextDecoder().decode(frame))
}

function codeOf(call: () => unknown): string | undefined {
  try {
    call()
    return undefined
  } catch (error) {
    if (error instanceof RealtimeError) return error.code
    throw error
  }
}

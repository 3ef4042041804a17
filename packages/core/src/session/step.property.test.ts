import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RealtimeError } from '../errors.ts'
import type { ClientEvent } from '../events/client-events.ts'
import type { ServerEvent } from '../events/server-events.ts'
import { finished, openTestSession, silence, speaking } from '../testing/session-fixture.ts'
import type { SessionInput, SessionOutput } from './session-state.ts'

/** A backend that keeps no rule: it starts, ends and speaks in any order, for responses that may not exist. */
const response = fc.constantFrom('r1', 'r2', 'r3')
const item = fc.constantFrom('i1', 'i2')
const conversation = fc.constantFrom('conv_1', null)

const providerEvent: fc.Arbitrary<ServerEvent> = fc.oneof(
  fc
    .tuple(response, item, conversation, fc.nat(4))
    .map(([id, itemId, where, index]) =>
      pick(speaking(id, itemId, { words: 'a b', ms: 50, conversation: where }), index),
    ),
  fc
    .tuple(response, item, conversation, fc.nat(2), fc.constantFrom('completed', 'cancelled'))
    .map(([id, itemId, where, index, status]) =>
      pick(finished(id, itemId, { words: 'a b', status, conversation: where }), index),
    ),
  fc.constant<ServerEvent>({
    type: 'input_audio_buffer.speech_started',
    event_id: 'e',
    audio_start_ms: 0,
    item_id: 'u',
  }),
  fc.constant<ServerEvent>({ type: 'input_audio_buffer.committed', event_id: 'e', item_id: 'u' }),
  item.map((itemId): ServerEvent => ({
    type: 'conversation.item.truncated',
    event_id: 'e',
    item_id: itemId,
    content_index: 0,
    audio_end_ms: 20,
  })),
  item.map((itemId): ServerEvent => ({ type: 'conversation.item.deleted', event_id: 'e', item_id: itemId })),
  fc.constant<ServerEvent>({
    type: 'error',
    event_id: 'e',
    error: { type: 'server_error', code: 'internal_error', message: 'x', event_id: null },
  }),
)

const clientEvent: fc.Arbitrary<ClientEvent> = fc.oneof(
  fc.constantFrom<ClientEvent>(
    { type: 'response.create' },
    { type: 'response.create', response: { conversation: 'none' } },
    { type: 'response.cancel' },
    { type: 'input_audio_buffer.commit' },
    { type: 'input_audio_buffer.clear' },
    { type: 'input_audio_buffer.append', audio: silence(120) },
    { type: 'conversation.item.create', item: { type: 'message', role: 'user', content: [] } },
    { type: 'session.update', session: { type: 'realtime', instructions: 'x' } },
  ),
  response.map((id): ClientEvent => ({ type: 'response.cancel', response_id: id })),
  item.map((id): ClientEvent => ({ type: 'conversation.item.delete', item_id: id })),
  item.map((id): ClientEvent => ({
    type: 'conversation.item.truncate',
    item_id: id,
    content_index: 0,
    audio_end_ms: 30,
  })),
)

const input: fc.Arbitrary<SessionInput> = fc.oneof(
  { weight: 60, arbitrary: providerEvent.map((event): SessionInput => ({ from: 'provider', event, at: 0 })) },
  { weight: 40, arbitrary: clientEvent.map((event): SessionInput => ({ from: 'client', event, at: 0 })) },
  { weight: 1, arbitrary: fc.constant<SessionInput>({ from: 'provider', lost: lost(), at: 0 }) },
  { weight: 1, arbitrary: fc.constant<SessionInput>({ from: 'clock', end: undefined, at: 0 }) },
)

function lost(): RealtimeError {
  return new RealtimeError('backend_unavailable', 'gone')
}

function pick<Value>(values: readonly Value[], index: number): Value {
  const value = values[index % values.length]
  if (value === undefined) throw new Error('empty')
  return value
}

/** Whatever happens in whatever order, and then the end. */
function outputsOf(inputs: readonly SessionInput[]): readonly SessionOutput[] {
  const session = openTestSession()
  return [...inputs, { from: 'clock', end: undefined, at: 1 } as const].flatMap((next, index) =>
    session.input({ ...next, at: index }),
  )
}

function toClient(outputs: readonly SessionOutput[]): readonly ServerEvent[] {
  return outputs.flatMap((output) => (output.to === 'client' ? [output.event] : []))
}

describe('in any order of anything', () => {
  it('two responses never write to the conversation at once', () => {
    holds((events) => {
      const writing = new Set<unknown>()
      for (const event of events) {
        if (event.type === 'response.created' && event.response.conversation_id != null)
          writing.add(event.response.id)
        if (event.type === 'response.done') writing.delete(event.response.id)
        expect(writing.size).toBeLessThanOrEqual(1)
      }
    })
  })

  it('every response that began ends once, and nothing of it comes before or after', () => {
    holds((events) => {
      const running = new Set<string>()
      for (const event of events) {
        const id = responseOf(event)
        if (event.type === 'response.created') {
          expect(running.has(id ?? '')).toBe(false)
          running.add(id ?? '')
        } else if (id !== undefined) {
          expect(running.has(id ?? '')).toBe(true)
          if (event.type === 'response.done') running.delete(id ?? '')
        }
      }
      expect([...running]).toEqual([])
    })
  })

  it('nothing follows the end', () => {
    fc.assert(
      fc.property(fc.array(input, { maxLength: 60 }), (inputs) => {
        const outputs = outputsOf(inputs)
        expect(outputs.filter(({ to }) => to === 'end')).toHaveLength(1)
        expect(outputs.at(-1)?.to).toBe('end')
      }),
    )
  })

  it('an item is stored before its acknowledgement', () => {
    fc.assert(
      fc.property(fc.array(input, { maxLength: 60 }), (inputs) => {
        const stored = new Set<unknown>()
        for (const output of outputsOf(inputs)) {
          if (output.to === 'store')
            for (const entry of output.entries) if (entry.type === 'item') stored.add(entry.item.id)
          if (output.to === 'client' && output.event.type === 'conversation.item.done') {
            expect(stored.has(output.event.item.id)).toBe(true)
          }
        }
      }),
    )
  })
})

function responseOf(event: ServerEvent): string | undefined {
  if (event.type === 'response.created' || event.type === 'response.done') return event.response.id
  return 'response_id' in event && typeof event.response_id === 'string' ? event.response_id : undefined
}

function holds(check: (events: readonly ServerEvent[]) => void): void {
  fc.assert(
    fc.property(fc.array(input, { maxLength: 80 }), (inputs) => check(toClient(outputsOf(inputs)))),
    { numRuns: 400 },
  )
}

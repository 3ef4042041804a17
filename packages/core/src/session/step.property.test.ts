import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RealtimeError } from '../errors.ts'
import type { ClientEvent } from '../events/client-events.ts'
import type { ServerEvent } from '../events/server-events.ts'
import { fullCapabilities } from '../testing/full-capabilities.ts'
import {
  calling,
  finished,
  openTestSession,
  placed,
  refusal,
  silence,
  speaking,
  testSuccessor,
  updated,
} from '../testing/session-fixture.ts'
import type { TestSessionOptions } from '../testing/session-fixture.ts'
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
  fc
    .constantFrom('internal_error', 'response_cancel_not_active', 'input_audio_buffer_commit_empty')
    .map((code) => refusal(code)),
  fc.constant(refusal('unknown_parameter', { param: 'session.include' })),
  fc.constant(updated()),
  fc.tuple(response, fc.nat(4)).map(([id, index]) => pick(calling(id, [`call_${id}`]), index)),
  fc
    .tuple(fc.constantFrom('u', 'v'), fc.nat(1))
    .map(([id, index]) =>
      pick(placed({ id, type: 'message', role: 'user', content: [{ type: 'input_audio' }] }), index),
    ),
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
    {
      type: 'session.update',
      session: { type: 'realtime', audio: { input: { transcription: {}, turn_detection: null } } },
    },
    {
      type: 'session.update',
      session: {
        type: 'realtime',
        audio: { input: { turn_detection: { type: 'server_vad', idle_timeout_ms: 5_000 } } },
      },
    },
    { type: 'extension', dialect: 'voice-live', event: { type: 'input_text.delta' } },
  ),
  response.map((id): ClientEvent => ({
    type: 'conversation.item.create',
    item: { type: 'function_call_output', call_id: `call_${id}`, output: '1' },
  })),
  response.map((id): ClientEvent => ({ type: 'response.cancel', response_id: id })),
  item.map((id): ClientEvent => ({ type: 'conversation.item.delete', item_id: id })),
  item.map((id): ClientEvent => ({
    type: 'conversation.item.truncate',
    item_id: id,
    content_index: 0,
    audio_end_ms: 30,
  })),
)

const single: fc.Arbitrary<SessionInput> = fc.oneof(
  { weight: 60, arbitrary: providerEvent.map((event): SessionInput => ({ from: 'provider', event, at: 0 })) },
  { weight: 40, arbitrary: clientEvent.map((event): SessionInput => ({ from: 'client', event, at: 0 })) },
  {
    weight: 8,
    arbitrary: fc.constantFrom<SessionInput>(
      { from: 'detector', speech: 'started', ms: 1, at: 0 },
      { from: 'detector', speech: 'stopped', ms: 2, at: 0 },
    ),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom<SessionInput>(
      { from: 'transcriber', itemId: 'u', result: { text: 'x', seconds: 1 }, at: 0 },
      { from: 'clock', reached: 10_000, at: 0 },
      { from: 'clock', reached: 20_000, at: 0 },
    ),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom<SessionInput>(
      { from: 'store', entries: [{ type: 'pinned', factId: 'f', text: 'Pinned.' }], at: 0 },
      { from: 'store', entries: [{ type: 'unpinned', factId: 'f' }], at: 0 },
      { from: 'person', facts: [{ id: 'p', text: 'Known.' }], byOthers: true, at: 0 },
      { from: 'person', facts: [], at: 0 },
    ),
  },
  { weight: 2, arbitrary: fc.constant<SessionInput>({ from: 'provider', lost: lost(), at: 0 }) },
  {
    weight: 3,
    arbitrary: fc.constantFrom<SessionInput>(
      { from: 'upstream', ready: testSuccessor(), at: 0 },
      { from: 'upstream', ready: testSuccessor({ backend: 'other' }), at: 0 },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<SessionInput>(
      { from: 'upstream', failed: lost(), at: 0 },
      { from: 'clock', leave: true, at: 0 },
      { from: 'clock', reached: 1e9, at: 0 },
      { from: 'provider', event: refusal('session_expired'), at: 0 },
    ),
  },
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

/** What belongs together, so that it also comes in the order in which it means something. */
const story: fc.Arbitrary<readonly SessionInput[]> = fc.oneof(
  fc.tuple(response, fc.boolean()).map(([id, ends]) => [
    ...calling(id, [`call_${id}`]).map(backendSays),
    clientSays({
      type: 'conversation.item.create',
      item: { type: 'function_call_output', call_id: `call_${id}`, output: '1' },
    }),
    clientSays({ type: 'response.create' }),
    ...(ends ? finished(id, 'i1', { words: '' }).slice(-1).map(backendSays) : []),
  ]),
  response.map((id) => speaking(id, 'i1', { words: 'a b', ms: 50 }).map(backendSays)),
  fc
    .tuple(fc.boolean(), fc.constantFrom(updated(), refusal('invalid_value'), undefined))
    .map(([twice, answer]) => [
      clientSays({ type: 'session.update', session: { type: 'realtime', instructions: 'x' } }),
      clientSays({ type: 'input_audio_buffer.append', audio: silence(120) }),
      ...(twice ? [clientSays({ type: 'input_audio_buffer.append', audio: silence(130) })] : []),
      ...(answer ? [backendSays(answer)] : []),
    ]),
  fc.constant<readonly SessionInput[]>([
    { from: 'detector', speech: 'started', ms: 1, at: 0 },
    { from: 'detector', speech: 'stopped', ms: 2, at: 0 },
    backendSays({ type: 'input_audio_buffer.committed', event_id: 'e', item_id: 'u' }),
  ]),
)

function backendSays(event: ServerEvent): SessionInput {
  return { from: 'provider', event, at: 0 }
}

function clientSays(event: ClientEvent): SessionInput {
  return { from: 'client', event, at: 0 }
}

/** Backends that differ in what the session has to supply. */
const backend = fc.constantFrom<TestSessionOptions>(
  {},
  { capabilities: { turnDetection: [], inputTranscription: 'none' }, canTranscribe: true },
  { capabilities: { interruption: 'none', itemDeletion: 'none', truncation: 'none' } },
  { capabilities: { interruption: 'none', turnDetection: [], outOfBandResponses: false } },
  { capabilities: { sessionFields: ['include'], dialect: 'voice-live', responseOverrides: false } },
  { kind: 'transcription' },
)

/** What happens in a session. */
interface Run {
  readonly options: TestSessionOptions
  readonly inputs: readonly SessionInput[]
}

const run = (maxLength: number): fc.Arbitrary<Run> =>
  fc.record({
    options: fc
      .tuple(backend, fc.boolean())
      .map(([options, recovers]): TestSessionOptions => ({ ...options, recovers })),
    inputs: fc
      .array(
        fc.oneof({ weight: 3, arbitrary: single.map((each) => [each]) }, { weight: 1, arbitrary: story }),
        {
          maxLength,
        },
      )
      .map((parts) => parts.flat()),
  })

/** Whatever happens in whatever order, and then the end, with what came of each. */
function steps({ options, inputs }: Run): readonly (readonly [SessionInput, readonly SessionOutput[]])[] {
  const session = openTestSession(options)
  return [...inputs, { from: 'clock', end: undefined, at: 1 } as const].map((next, index) => {
    const numbered = { ...able(next, options), at: index }
    return [numbered, session.input(numbered)] as const
  })
}

/** Whatever backend goes on, it can do what the first one could. */
function able(input: SessionInput, { capabilities = {} }: TestSessionOptions): SessionInput {
  if (input.from !== 'upstream' || !('ready' in input)) return input
  return { ...input, ready: { ...input.ready, capabilities: { ...fullCapabilities, ...capabilities } } }
}

function outputsOf(each: Run): readonly SessionOutput[] {
  return steps(each).flatMap(([, outputs]) => outputs)
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
      fc.property(run(60), (each) => {
        const outputs = outputsOf(each)
        expect(outputs.filter(({ to }) => to === 'end')).toHaveLength(1)
        expect(outputs.at(-1)?.to).toBe('end')
      }),
    )
  })

  it('an item is stored before its acknowledgement', () => {
    fc.assert(
      fc.property(run(60), (each) => {
        const stored = new Set<unknown>()
        for (const output of outputsOf(each)) {
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

describe('what a backend hears', () => {
  it('is all sound of the client, once and in order', () => {
    fc.assert(
      fc.property(run(80), (each) => {
        const heard: ClientEvent[] = []
        const said: ClientEvent[] = []
        for (const [next, outputs] of steps(each)) {
          if (next.from === 'client' && next.event.type === 'input_audio_buffer.append') said.push(next.event)
          for (const output of outputs) {
            if (output.to === 'provider' && output.event.type === 'input_audio_buffer.append')
              heard.push(output.event)
          }
        }
        // What still waits at the end was never sent; what was sent is the beginning.
        for (const [index, event] of heard.entries()) expect(event).toBe(said[index])
      }),
    )
  })

  it('holds no output of a function call before the response that made it is done, and only one', () => {
    fc.assert(
      fc.property(run(80), (each) => {
        const running = new Set<string>()
        const made = new Set<string>()
        const sent = new Set<string>()
        for (const [next, outputs] of steps(each)) {
          for (const output of outputs) {
            if (output.to === 'client' && output.event.type === 'response.created')
              running.add(output.event.response.id ?? '')
            if (output.to === 'client' && output.event.type === 'response.done')
              running.delete(output.event.response.id ?? '')
            if (output.to !== 'provider' || output.event.type !== 'conversation.item.create') continue
            const { item } = output.event
            if (item.type !== 'function_call_output') continue
            const id = item.call_id.replace('call_', '')
            // A response may begin anew under an id that was used; it has called nothing yet.
            expect(running.has(id) && made.has(id)).toBe(false)
            expect(sent.has(item.call_id)).toBe(false)
            sent.add(item.call_id)
          }
          if (next.from !== 'provider' || !('event' in next)) continue
          const { event } = next
          if (event.type === 'response.created') made.delete(event.response.id ?? '')
          if (event.type === 'response.output_item.added' && event.item.type === 'function_call')
            made.add(event.response_id)
        }
      }),
      { numRuns: 400 },
    )
  })

  it('is nothing it cannot do', () => {
    fc.assert(
      fc.property(run(80), (each) => {
        const capabilities = each.options.capabilities ?? {}
        for (const output of outputsOf(each)) {
          if (output.to !== 'provider') continue
          const { event } = output
          if (capabilities.interruption === 'none' && each.options.kind === undefined)
            expect(event.type).not.toBe('response.cancel')
          if (capabilities.itemDeletion === 'none') expect(event.type).not.toBe('conversation.item.delete')
          if (capabilities.truncation === 'none') expect(event.type).not.toBe('conversation.item.truncate')
          if (capabilities.dialect === undefined) expect(event.type).not.toBe('extension')
          if (event.type === 'response.create' && capabilities.outOfBandResponses === false)
            expect(event.response?.conversation).not.toBe('none')
          if (event.type === 'session.update' && capabilities.turnDetection?.length === 0)
            expect(event).not.toHaveProperty('session.audio.input.turn_detection.type')
        }
      }),
      { numRuns: 400 },
    )
  })
})

function responseOf(event: ServerEvent): string | undefined {
  if (event.type === 'response.created' || event.type === 'response.done') return event.response.id
  return 'response_id' in event && typeof event.response_id === 'string' ? event.response_id : undefined
}

function holds(check: (events: readonly ServerEvent[]) => void): void {
  fc.assert(
    fc.property(run(80), (each) => check(toClient(outputsOf(each)))),
    { numRuns: 400 },
  )
}

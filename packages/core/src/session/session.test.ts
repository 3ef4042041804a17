import { float32ToPcm16 } from '@parley/audio'
import { tone } from '@parley/audio/testing'
import { describe, expect, it } from 'vitest'
import { createChannelPair } from '../channel/channel-pair.ts'
import { RealtimeError } from '../errors.ts'
import { AudioPayload } from '../events/audio-payload.ts'
import type { ClientEvent } from '../events/client-events.ts'
import type { Item } from '../events/items.ts'
import type { ServerEvent } from '../events/server-events.ts'
import type { Capabilities } from '../providers/capabilities.ts'
import type { ConnectRequest, ProviderChannel } from '../providers/provider.ts'
import type { ContextStore } from '../storage/context-store.ts'
import { memoryStore } from '../storage/memory-store.ts'
import { fullCapabilities } from '../testing/full-capabilities.ts'
import { finished, placed, silence, speaking, testSession } from '../testing/session-fixture.ts'
import type { SessionPorts } from './ports.ts'
import { runSession } from './session.ts'

/** A session between a client and a backend that the test plays itself. */
function start(
  options: {
    readonly store?: ContextStore
    readonly capabilities?: Partial<Capabilities>
    readonly refuse?: RealtimeError
    readonly ports?: Pick<SessionPorts, 'transcriber' | 'speechDetector' | 'limits' | 'intent' | 'onFault'>
    /** What sending an event to the client throws, if anything. */
    readonly fault?: (event: ServerEvent) => Error | undefined
  } = {},
) {
  const [client, clientSide] = createChannelPair<ServerEvent, ClientEvent>()
  const [backend, providerChannel] = createChannelPair<ClientEvent, ServerEvent>()
  const stop = new AbortController()
  let time = 0
  let id = 0
  const requests: ConnectRequest[] = []
  const summary = runSession({
    // The end of a session is looked at here; recovery has tests of its own.
    recovery: { maxTries: 0 },
    ...options.ports,
    client: {
      ...clientSide,
      send(event) {
        const fault = options.fault?.(event)
        if (fault) throw fault
        clientSide.send(event)
      },
    },
    provider: {
      name: 'test',
      capabilities: { ...fullCapabilities, ...options.capabilities },
      connect(request) {
        requests.push(request)
        return options.refuse
          ? Promise.reject(options.refuse)
          : Promise.resolve<ProviderChannel>(providerChannel)
      },
    },
    model: undefined,
    store: options.store ?? memoryStore({ now: () => 0 }),
    conversationId: 'conv_1',
    now: () => time,
    newId: (prefix) => `${prefix}_${(id += 1)}`,
    signal: stop.signal,
  })
  backend.send({ type: 'session.created', event_id: 'e', session: testSession })
  const heard = client[Symbol.asyncIterator]()
  const told = backend[Symbol.asyncIterator]()
  return {
    client,
    backend,
    stop,
    summary,
    requests,
    advance: (ms: number) => (time += ms),
    async next(): Promise<ServerEvent> {
      const { value, done } = await heard.next()
      if (done) throw new Error('closed')
      return value
    },
    /** The next event of this type, whatever comes before it. */
    async hears<Type extends ServerEvent['type']>(type: Type): Promise<ServerEvent & { type: Type }> {
      for (;;) {
        const { value, done } = await heard.next()
        if (done) throw new Error(`closed before ${type}`)
        if (isOfType(value, type)) return value
      }
    },
    async tells<Type extends ClientEvent['type']>(type: Type): Promise<ClientEvent & { type: Type }> {
      for (;;) {
        const { value, done } = await told.next()
        if (done) throw new Error(`closed before ${type}`)
        if (isOfType(value, type)) return value
      }
    },
    async closes(): Promise<void> {
      while (!(await heard.next()).done);
    },
  }
}

function isOfType<Event extends { type: string }, Type extends Event['type']>(
  event: Event,
  type: Type,
): event is Event & { type: Type } {
  return event.type === type
}

describe('a session', () => {
  it('connects client and backend and names the conversation', async () => {
    const session = start()
    expect((await session.hears('session.created')).session.id).toBe('sess_1')
    expect((await session.hears('conversation.created')).conversation.id).toBe('conv_1')
    session.client.send({ type: 'response.create' })
    await session.tells('response.create')
    await session.client.close()
    expect(await session.summary).toMatchObject({ conversationId: 'conv_1', close: { code: 1000 } })
  })

  it('tells why the backend cannot be had, and closes', async () => {
    const session = start({ refuse: new RealtimeError('backend_unavailable', 'It is down.') })
    expect((await session.hears('error')).error).toMatchObject({
      code: 'backend_unavailable',
      message: 'It is down.',
    })
    expect((await session.summary).close).toEqual({ code: 1011, reason: 'backend_unavailable' })
  })

  it('acknowledges an item only when it is stored', async () => {
    const memory = memoryStore({ now: () => 0 })
    const commit = Promise.withResolvers<void>()
    const store: ContextStore = {
      ...memory,
      append: async (...entries) => {
        await commit.promise
        return memory.append(...entries)
      },
      [Symbol.asyncDispose]: () => memory[Symbol.asyncDispose](),
    }
    const session = start({ store })
    await session.hears('conversation.created')
    const events = [
      ...speaking('r1', 'i1', { words: 'Hi.', ms: 100 }),
      ...finished('r1', 'i1', { words: 'Hi.' }),
    ]
    for (const event of events) session.backend.send(event)
    await session.hears('response.output_audio.delta')
    const acknowledged = session.hears('conversation.item.done').then(() => 'acknowledged')
    expect(await Promise.race([acknowledged, turns(20).then(() => 'held')])).toBe('held')
    commit.resolve()
    expect(await acknowledged).toBe('acknowledged')
    expect((await memory.load('conv_1'))?.entries.map(({ entry }) => entry)).toMatchObject([
      { type: 'life', event: 'connected', backend: 'test' },
      { type: 'item', item: { id: 'i1' } },
      { type: 'response' },
    ])
    await session.client.close()
    await session.summary
  })

  it('says so when the store fails, goes on, and stores what is missing when it works again', async () => {
    const memory = memoryStore({ now: () => 0 })
    let broken = true
    const store: ContextStore = {
      ...memory,
      append: (...entries) =>
        broken
          ? Promise.reject(new RealtimeError('store_unavailable', 'The disk is full.'))
          : memory.append(...entries),
      [Symbol.asyncDispose]: () => memory[Symbol.asyncDispose](),
    }
    const session = start({ store })
    await session.hears('conversation.created')
    const say = (id: string) => {
      for (const event of [
        ...speaking(`r${id}`, id, { words: id, ms: 20 }),
        ...finished(`r${id}`, id, { words: id }),
      ]) {
        session.backend.send(event)
      }
    }
    say('a')
    expect((await session.hears('warning')).warning.code).toBe('store_behind')
    expect(await session.hears('conversation.item.done')).toMatchObject({ parley: { stored: false } })
    await session.hears('response.done')
    say('b')
    expect(await session.hears('conversation.item.done')).toMatchObject({ parley: { stored: false } })
    broken = false
    expect((await session.hears('warning')).warning.code).toBe('store_caught_up')
    const entries = (await memory.load('conv_1'))?.entries.map(({ entry }) => entry) ?? []
    expect(entries.flatMap((entry) => (entry.type === 'item' ? [entry.item.id] : []))).toEqual(['a', 'b'])
    say('c')
    expect(await session.hears('conversation.item.done')).not.toHaveProperty('parley')
    await session.client.close()
    await session.summary
  })

  it('continues a stored conversation: the backend is reminded of what was said and heard', async () => {
    const store = memoryStore({ now: () => 0 })
    const content = [{ type: 'output_audio' as const, transcript: 'One two three.' }]
    const item = { id: 'i0', type: 'message' as const, role: 'assistant' as const, content }
    await store.append(
      'conv_1',
      [
        { type: 'item', item, previousItemId: null },
        { type: 'truncated', itemId: 'i0', contentIndex: 0, audioEndMs: 300, heardTranscript: 'One' },
      ],
      0,
    )
    const session = start({ store })
    expect((await session.tells('conversation.item.create')).item).toMatchObject({
      id: 'i0',
      content: [{ type: 'output_text', text: 'One' }],
    })
    await session.client.close()
    await session.summary
  })

  it('ends for the older of two that write to one conversation', async () => {
    const store = memoryStore({ now: () => 0 })
    const session = start({ store })
    await session.hears('conversation.created')
    const item = { id: 'x', type: 'message' as const, role: 'user' as const, content: [] }
    await store.append('conv_1', [{ type: 'item', item, previousItemId: null }], 0)
    for (const event of [
      ...speaking('r1', 'i1', { words: 'Hi.', ms: 20 }),
      ...finished('r1', 'i1', { words: 'Hi.' }),
    ]) {
      session.backend.send(event)
    }
    expect((await session.hears('error')).error.code).toBe('conversation_in_use')
    expect((await session.summary).close.reason).toBe('conversation_in_use')
  })

  it('converts sound between a phone line and the backend', async () => {
    const session = start()
    await session.hears('conversation.created')
    const format = { type: 'audio/pcmu' as const }
    session.client.send({
      type: 'session.update',
      session: { type: 'realtime', audio: { input: { format }, output: { format } } },
    })
    session.client.send({
      type: 'input_audio_buffer.append',
      audio: AudioPayload.fromBytes(new Uint8Array(8_000).fill(0xff)),
    })
    await session.tells('session.update')
    session.backend.send({ type: 'session.updated', event_id: 'e', session: testSession })
    const { audio } = await session.tells('input_audio_buffer.append')
    expect(audio.byteLength / 48).toBeGreaterThan(980)
    expect(audio.byteLength / 48).toBeLessThanOrEqual(1_000)
    for (const event of speaking('r1', 'i1', { words: 'Hi.', ms: 1_000 })) session.backend.send(event)
    const { delta } = await session.hears('response.output_audio.delta')
    expect(delta.byteLength / 8).toBeGreaterThan(980)
    expect(delta.byteLength / 8).toBeLessThanOrEqual(1_000)
    await session.client.close()
    await session.summary
  })

  it('gives a phone line all of an answer, to the last sample, and none of it to the next', async () => {
    const session = start()
    await session.hears('conversation.created')
    const format = { type: 'audio/pcmu' as const }
    session.client.send({
      type: 'session.update',
      session: { type: 'realtime', audio: { output: { format } } },
    })
    for (const [response, item] of [
      ['r1', 'i1'],
      ['r2', 'i2'],
    ] as const) {
      for (const event of speaking(response, item, { words: 'Hi.', ms: 200 })) session.backend.send(event)
      const place = { response_id: response, item_id: item, output_index: 0, content_index: 0 }
      session.backend.send({ type: 'response.output_audio.done', event_id: 'e', ...place })
      for (const event of finished(response, item, { words: 'Hi.' })) session.backend.send(event)
      const first = await session.hears('response.output_audio.delta')
      const tail = await session.hears('response.output_audio.delta')
      expect((first.delta.byteLength + tail.delta.byteLength) / 8).toBe(200)
      expect(tail).toMatchObject(place)
      await session.hears('response.done')
    }
    await session.client.close()
    await session.summary
  })

  it('sends no end of an answer that was cut off', async () => {
    const session = start()
    await session.hears('conversation.created')
    const format = { type: 'audio/pcmu' as const }
    session.client.send({
      type: 'session.update',
      session: { type: 'realtime', audio: { output: { format } } },
    })
    await session.tells('session.update')
    session.backend.send({ type: 'session.updated', event_id: 'e', session: testSession })
    for (const event of speaking('r1', 'i1', { words: 'Hi.', ms: 200 })) session.backend.send(event)
    await session.hears('response.output_audio.delta')
    session.client.send({ type: 'response.cancel' })
    await session.tells('response.cancel')
    const place = { response_id: 'r1', item_id: 'i1', output_index: 0, content_index: 0 }
    session.backend.send({ type: 'response.output_audio.done', event_id: 'e', ...place })
    const types: string[] = []
    session.backend.send({ type: 'rate_limits.updated', event_id: 'e', rate_limits: [] })
    for (;;) {
      const { type } = await session.next()
      types.push(type)
      if (type === 'rate_limits.updated') break
    }
    expect(types).not.toContain('response.output_audio.delta')
    await session.client.close()
    await session.summary
  })

  it('commits every sample of a phone line', async () => {
    const session = start()
    await session.hears('conversation.created')
    const format = { type: 'audio/pcmu' as const }
    session.client.send({
      type: 'session.update',
      session: { type: 'realtime', audio: { input: { format } } },
    })
    await session.tells('session.update')
    session.backend.send({ type: 'session.updated', event_id: 'e', session: testSession })
    const audio = AudioPayload.fromBytes(new Uint8Array(800).fill(0xff))
    session.client.send({ type: 'input_audio_buffer.append', audio })
    session.client.send({ type: 'input_audio_buffer.commit' })
    const sound = await session.tells('input_audio_buffer.append')
    const tail = await session.tells('input_audio_buffer.append')
    expect((sound.audio.byteLength + tail.audio.byteLength) / 48).toBe(100)
    await session.tells('input_audio_buffer.commit')
    await session.client.close()
    await session.summary
  })

  it('gives up waiting for an update within the limit that is set', async () => {
    const session = start({ ports: { limits: { updateTimeoutMs: 5 } } })
    await session.hears('conversation.created')
    session.client.send({ type: 'session.update', session: { type: 'realtime' } })
    session.client.send({ type: 'response.create' })
    expect((await session.hears('error')).error.message).toContain('within 5 ms')
    await session.tells('response.create')
    await session.client.close()
    await session.summary
  })

  it('hears turns for a backend that cannot, and has them written down', async () => {
    const heard: number[] = []
    const session = start({
      capabilities: { turnDetection: [], inputTranscription: 'none' },
      ports: {
        transcriber: {
          maxSeconds: 1,
          transcribe: ({ samples, sampleRate }) => {
            heard.push(samples.length / sampleRate)
            return Promise.resolve({ text: `part ${heard.length}` })
          },
        },
      },
    })
    await session.hears('conversation.created')
    const input = { transcription: { model: 'any' } }
    session.client.send({ type: 'session.update', session: { type: 'realtime', audio: { input } } })
    await session.tells('session.update')
    session.backend.send({ type: 'session.updated', event_id: 'e', session: testSession })
    const speech = float32ToPcm16(
      tone({ frequency: 180, sampleRate: 24_000, length: 24_000, amplitude: 0.2 }),
    )
    for (const bytes of [speech, new Uint8Array(48_000)])
      session.client.send({ type: 'input_audio_buffer.append', audio: AudioPayload.fromBytes(bytes) })
    const { item_id: itemId } = await session.hears('input_audio_buffer.speech_started')
    await session.hears('input_audio_buffer.speech_stopped')
    await session.tells('input_audio_buffer.commit')
    await session.tells('response.create')
    const item = {
      id: 'u',
      type: 'message',
      role: 'user',
      content: [{ type: 'input_audio' as const }],
    } as const
    session.backend.send({ type: 'input_audio_buffer.committed', event_id: 'e', item_id: 'u' })
    for (const event of placed({ ...item, content: [...item.content] })) session.backend.send(event)
    const done = await session.hears('conversation.item.input_audio_transcription.completed')
    expect(done).toMatchObject({ item_id: itemId, transcript: 'part 1 part 2' })
    expect(heard.reduce((sum, seconds) => sum + seconds)).toBeCloseTo(1.5, 0)
    await session.client.close()
    await session.summary
  })

  it('says what broke in a second engine', async () => {
    const session = start({
      capabilities: { inputTranscription: 'none' },
      ports: {
        transcriber: { transcribe: () => Promise.reject(new RealtimeError('engine_failed', 'It broke.')) },
      },
    })
    await session.hears('conversation.created')
    const input = { transcription: { model: 'any' } }
    session.client.send({ type: 'session.update', session: { type: 'realtime', audio: { input } } })
    await session.tells('session.update')
    session.backend.send({ type: 'session.updated', event_id: 'e', session: testSession })
    session.client.send({ type: 'input_audio_buffer.append', audio: silence(200) })
    await session.tells('input_audio_buffer.append')
    session.backend.send({ type: 'input_audio_buffer.committed', event_id: 'e', item_id: 'u' })
    const speech: Item = { id: 'u', type: 'message', role: 'user', content: [{ type: 'input_audio' }] }
    for (const event of placed(speech)) session.backend.send(event)
    const failed = await session.hears('conversation.item.input_audio_transcription.failed')
    expect(failed.error).toMatchObject({ code: 'engine_failed', message: 'It broke.' })
    await session.client.close()
    await session.summary
  })

  it('opens a transcription session where the backend has one', async () => {
    const session = start({
      capabilities: { transcriptionSessions: true },
      ports: { intent: 'transcription' },
    })
    await session.hears('conversation.created')
    expect(session.requests).toMatchObject([{ intent: 'transcription' }])
    await session.client.close()
    await session.summary
  })

  it('makes one of a spoken session elsewhere', async () => {
    const session = start({ ports: { intent: 'transcription' } })
    expect((await session.hears('session.created')).session.type).toBe('transcription')
    expect(session.requests).toMatchObject([{ intent: 'conversation' }])
    expect((await session.tells('session.update')).session).toMatchObject({ type: 'realtime' })
    await session.client.close()
    await session.summary
  })

  it('passes on why the backend was lost', async () => {
    const session = start()
    await session.hears('conversation.created')
    session.backend.fail(new RealtimeError('session_expired', 'It is over.'))
    expect((await session.hears('error')).error).toMatchObject({
      code: 'session_expired',
      message: 'It is over.',
    })
    expect((await session.summary).close).toEqual({ code: 1001, reason: 'session_expired' })
  })

  it('passes equal sound on without touching it', async () => {
    const session = start()
    await session.hears('conversation.created')
    const audio = silence(20)
    session.client.send({ type: 'input_audio_buffer.append', audio })
    expect((await session.tells('input_audio_buffer.append')).audio).toBe(audio)
    await session.client.close()
    await session.summary
  })

  it('ends by what broke inside, and tells the client and whoever runs it', async () => {
    const broken = new TypeError('not a function')
    const faults: unknown[] = []
    const session = start({
      fault: ({ type }) => (type === 'response.created' ? broken : undefined),
      ports: { onFault: (thrown) => faults.push(thrown) },
    })
    for (const event of speaking('r1', 'i1', { words: 'Hi.', ms: 100 })) session.backend.send(event)
    expect((await session.hears('error')).error.code).toBe('internal_error')
    expect((await session.summary).close).toEqual({ code: 1011, reason: 'internal_error' })
    expect(faults[0]).toBe(broken)
  })

  it('ends even when what broke breaks its end', async () => {
    const session = start({
      fault: ({ type }) => (type === 'session.created' ? undefined : new TypeError('not a function')),
    })
    for (const event of speaking('r1', 'i1', { words: 'Hi.', ms: 100 })) session.backend.send(event)
    expect((await session.summary).close).toEqual({ code: 1011, reason: 'internal_error' })
  })

  it('tells nothing more after the error by which it ends', async () => {
    const session = start({
      fault: ({ type }) =>
        type === 'response.output_item.added' ? new TypeError('not a function') : undefined,
    })
    for (const event of speaking('r1', 'i1', { words: 'Hi.', ms: 100 })) session.backend.send(event)
    await session.hears('error')
    await expect(session.next()).rejects.toThrow('closed')
  })

  it('ends when what waited for the store cannot be sent', async () => {
    const memory = memoryStore({ now: () => 0 })
    const store: ContextStore = {
      ...memory,
      append: () => Promise.reject(new RealtimeError('store_unavailable', 'Gone.')),
      [Symbol.asyncDispose]: () => memory[Symbol.asyncDispose](),
    }
    const faults: unknown[] = []
    const session = start({
      store,
      fault: ({ type }) =>
        type === 'error' || type === 'warning' ? new TypeError('not a function') : undefined,
      ports: { onFault: (thrown) => faults.push(thrown) },
    })
    for (const event of placed({ id: 'i1', type: 'message', role: 'user', content: [] }))
      session.backend.send(event)
    expect((await session.summary).close).toEqual({ code: 1011, reason: 'internal_error' })
    expect(faults.length).toBeGreaterThan(0)
  })

  it('ends with the reason it was stopped for', async () => {
    const session = start()
    await session.hears('conversation.created')
    session.stop.abort(new RealtimeError('session_expired', 'The gateway is restarting.'))
    expect((await session.hears('error')).error).toMatchObject({ code: 'session_expired' })
    await session.closes().catch(() => undefined)
    expect((await session.summary).close).toEqual({ code: 1001, reason: 'session_expired' })
  })

  it('ends what runs and tells the client when the backend is lost', async () => {
    const session = start()
    await session.hears('conversation.created')
    for (const event of speaking('r1', 'i1', { words: 'Hi.', ms: 100 })) session.backend.send(event)
    await session.hears('response.output_audio.delta')
    session.backend.fail(new RealtimeError('backend_unavailable', 'reset'))
    expect((await session.hears('response.done')).response.status).toBe('failed')
    expect((await session.hears('error')).error.code).toBe('backend_unavailable')
    await session.summary
  })
})

/** Lets everything that is ready run, `count` times over. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}

import { bytesToBase64, float32ToPcm16 } from '@parley/audio'
import { tone } from '@parley/audio/testing'
import type { Provider } from '@parley/core'
import { azureOpenai, openai, voiceLive } from '@parley/core/providers'
import { cascade } from '@parley/core/providers/cascade'
import { geminiLive } from '@parley/core/providers/gemini-live'
import type { SessionPorts, SessionProgressNote } from '@parley/core/session'
import { memoryStore } from '@parley/core/storage'
import { geminiUpstream, realtimeUpstream } from '@parley/core/testing'
import type { Upstream, UpstreamOptions } from '@parley/core/testing'
import { describe, expect, it } from 'vitest'
import { createId } from './ids.ts'
import { scriptedStages } from './parity/scripted-stages.ts'
import { breakable } from './testing/breakable-provider.ts'
import { connectDirectly } from './testing/direct-client.ts'
import type { DirectClient } from './testing/direct-client.ts'
import { userText } from './testing/test-client.ts'

const key = 'sk-continuity'

/** A backend whose sessions can be ended from the outside. */
interface Backend extends AsyncDisposable {
  readonly provider: Provider
  /** Ends every session, as a network does. */
  cut(): void
  /** Ends every session and takes no other. */
  die(): void
  readonly violations: () => readonly string[]
  /** The sessions there are now are answered nothing more. */
  fallSilent(): void
  /** Events of clients, as they came. */
  readonly received: () => readonly unknown[]
}

type Start = (options?: Partial<UpstreamOptions>) => Promise<Backend>

function before(start: () => Promise<Upstream>, make: (url: string) => Provider): Promise<Backend> {
  return start().then((upstream) => ({
    provider: make(upstream.url),
    cut: () => upstream.dropAll(),
    die() {
      upstream.refuse(401)
      upstream.dropAll()
    },
    fallSilent: () => upstream.fallSilent(),
    violations: () => upstream.violations,
    received: () => upstream.received,
    [Symbol.asyncDispose]: () => upstream[Symbol.asyncDispose](),
  }))
}

const quick = { openTimeoutMs: 2_000, firstEventTimeoutMs: 2_000 }

/** One of each dialect, and one without a wire. Their ids are never the same. */
const backends: Readonly<Record<string, Start>> = {
  openai: (options) =>
    before(
      () => realtimeUpstream('openai', { key, firstId: 100_000, ...options }),
      (url) => openai({ apiKey: key, baseUrl: `${url}/v1`, connect: quick }),
    ),
  'voice-live': (options) =>
    before(
      () => realtimeUpstream('voice-live', { key, firstId: 200_000, ...options }),
      (url) => voiceLive({ endpoint: url, credential: { key }, connect: quick }),
    ),
  'azure-openai': (options) =>
    before(
      () => realtimeUpstream('azure-openai', { key, firstId: 300_000, deployments: ['ours'], ...options }),
      (url) => azureOpenai({ endpoint: url, credential: { key }, deployment: 'ours', connect: quick }),
    ),
  'gemini-live': () =>
    before(
      () => geminiUpstream({ key }),
      (url) => geminiLive({ apiKey: key, baseUrl: url, reconnect: { attempts: 1, delayMs: 10 } }),
    ),
  cascade: async () => {
    const broken = breakable(
      cascade({
        name: 'cascade',
        title: 'Cascade',
        description: 'Scripted stages.',
        stages: scriptedStages,
        now: Date.now,
        newId: createId,
      }),
    )
    return {
      ...broken,
      fallSilent: () => undefined,
      violations: () => [],
      received: () => [],
      [Symbol.asyncDispose]: async () => undefined,
    }
  },
}

const recovery = { baseDelayMs: 20, maxDelayMs: 100 }

/** A client of a session that goes from the first backend to the others. */
function call([first, ...others]: readonly Backend[], ports: Partial<SessionPorts> = {}): DirectClient {
  if (!first) throw new Error('no backend')
  return connectDirectly({
    provider: first.provider,
    failover: others.map(({ provider }) => ({ provider, model: undefined })),
    recovery,
    transcriber: scriptedStages.stt,
    speechDetector: scriptedStages.vad,
    ...ports,
  })
}

async function ask(client: DirectClient, text: string): Promise<string> {
  client.send(userText(text))
  client.send({ type: 'response.create' })
  return answer(client)
}

/** Words of the next answer that ends. */
async function answer(client: DirectClient): Promise<string> {
  const { response } = (await client.next('response.done')) as unknown as {
    readonly response: {
      readonly status: string
      readonly output: readonly {
        readonly content?: readonly { readonly transcript?: string; readonly text?: string }[]
      }[]
    }
  }
  expect(response).toMatchObject({ status: 'completed' })
  return response.output
    .flatMap(({ content }) => content ?? [])
    .map(({ transcript, text }) => transcript ?? text ?? '')
    .join('')
    .trim()
}

const speech = float32ToPcm16(tone({ frequency: 220, length: 24_000, sampleRate: 24_000 }))
const hush = new Uint8Array(48 * 1_000)

function say(client: DirectClient, ...sounds: readonly Uint8Array[]): void {
  for (const sound of sounds)
    for (let at = 0; at < sound.length; at += 960) {
      const audio = bytesToBase64(sound.subarray(at, at + 960))
      client.send({ type: 'input_audio_buffer.append', audio })
    }
}

/** Ids of items, each once and in the order in which they were finished. */
function finishedItems(client: DirectClient): readonly unknown[] {
  return client.events
    .filter(({ type }) => type === 'conversation.item.done')
    .map((event) => (event as unknown as { readonly item: { readonly id: unknown } }).item.id)
}

const names = Object.keys(backends)
const others = names.filter((name) => name !== 'gemini-live')
const pairs = names.flatMap((from) => names.filter((to) => to !== from).map((to) => [from, to] as const))

async function start(name: string, options?: Partial<UpstreamOptions>): Promise<Backend> {
  const make = backends[name]
  if (!make) throw new Error(name)
  return make(options)
}

describe('a call goes on at another backend, which knows what was said', () => {
  it.each(pairs)('from %s to %s', async (from, to) => {
    await using first = await start(from)
    await using second = await start(to)
    await using client = call([first, second])
    await client.next('session.created')
    client.send({ type: 'session.update', session: { type: 'realtime', instructions: 'Be brief.' } })
    await client.next('session.updated')
    expect(await ask(client, 'My name is Ada')).toMatch(/You said: My name is Ada/)
    first.die()
    expect(await client.next('parley.session.migrated')).toMatchObject({
      reason: 'failover',
      from: { backend: from },
      to: { backend: to },
      restored: 'transcript',
      unfinished_item_id: null,
    })
    expect(await ask(client, 'what did I say')).toMatch(/My name is Ada/)
    const items = finishedItems(client)
    expect(new Set(items).size).toBe(items.length)
    expect(items).toHaveLength(4)
    expect(client.events.filter(({ type }) => type === 'error')).toEqual([])
    expect(client.events.filter(({ type }) => type === 'session.created')).toHaveLength(1)
    expect(first.violations()).toEqual([])
    expect(second.violations()).toEqual([])
  })
})

describe('a cut connection', () => {
  it.each(names)('while nothing happens: %s', async (name) => {
    await using backend = await start(name)
    await using client = call([backend])
    await client.next('session.created')
    expect(await ask(client, 'My name is Ada')).toMatch(/Ada/)
    backend.cut()
    expect(await client.next('parley.session.migrated')).toMatchObject({
      reason: 'lost',
      restored: name === 'gemini-live' ? 'full' : 'transcript',
    })
    expect(await ask(client, 'what did I say')).toMatch(/My name is Ada/)
    expect(backend.violations()).toEqual([])
  })

  // Gemini Live tells of speech with its first words only, and goes on by itself.
  it.each(others)('while the user speaks: %s', async (name) => {
    await using backend = await start(name)
    await using client = call([backend])
    await client.next('session.created')
    say(client, speech)
    const started = await client.next('input_audio_buffer.speech_started')
    backend.cut()
    await client.next('parley.session.migrated')
    say(client, hush)
    const committed = await client.next('input_audio_buffer.committed')
    expect(await answer(client)).not.toBe('')
    expect(committed['item_id']).toBe(started['item_id'])
    expect(client.events.filter(({ type }) => type === 'input_audio_buffer.committed')).toHaveLength(1)
    expect(backend.violations()).toEqual([])
  })

  it.each(names)('while it answers: %s', async (name) => {
    await using backend = await start(name, { deltaIntervalMs: 30 })
    await using client = call([backend])
    await client.next('session.created')
    client.send(userText('count to 10'))
    client.send({ type: 'response.create' })
    await client.next('response.output_audio.delta')
    backend.cut()
    const { response } = (await client.next('response.done')) as unknown as { response: { status: string } }
    expect(response.status).not.toBe('completed')
    expect(await client.next('parley.session.migrated')).toMatchObject({
      reason: 'lost',
      unfinished_item_id: name === 'gemini-live' ? null : expect.any(String),
    })
    expect(await ask(client, 'what did I say')).toMatch(
      name === 'cascade' ? /count to 10/ : /count to 10 \|\| one/,
    )
    expect(client.events.filter(({ type }) => type === 'response.created')).toHaveLength(2)
    expect(backend.violations()).toEqual([])
  })

  it.each(others)('before anything of the answer came: %s', async (name) => {
    let cut: (() => void) | undefined
    await using backend = await start(name, {
      deltaIntervalMs: 30,
      onEvent(from, event) {
        if (from !== 'server' || (event as { type?: string }).type !== 'response.created') return
        const now = cut
        cut = undefined
        setImmediate(() => now?.())
      },
    })
    cut = backend.cut
    await using client = call([backend])
    await client.next('session.created')
    client.send(userText('Hello there'))
    client.send({ type: 'response.create' })
    if (name === 'cascade') {
      await client.next('response.created')
      backend.cut()
    }
    await client.next('parley.session.migrated')
    const done = client.events.filter(({ type }) => type === 'response.done')
    if (done.length > 0) await client.next('response.done')
    expect(await answer(client)).toMatch(/You said: Hello there/)
    expect(backend.violations()).toEqual([])
  })
})

describe('at the beginning', () => {
  it('the next backend is taken when the first refuses', async () => {
    await using first = await start('openai', { refuse: 401 })
    await using second = await start('voice-live')
    await using client = call([first, second])
    await client.next('session.created')
    expect(await ask(client, 'Hello there')).toMatch(/Hello there/)
    expect(
      client.events.filter(({ type }) => type === 'error' || type === 'parley.session.migrated'),
    ).toEqual([])
  })

  it('the client hears why when none is left', async () => {
    await using first = await start('openai', { refuse: 429 })
    await using second = await start('voice-live', { refuse: 401 })
    await using client = call([first, second])
    expect(await client.next('error')).toMatchObject({ error: { code: 'invalid_api_key' } })
    expect((await client.summary).close).toEqual({ code: 1008, reason: 'invalid_api_key' })
  })
})

describe('a known limit', () => {
  it.each(['openai', 'azure-openai', 'voice-live'])(
    'is met by a session dialled ahead, and no sound is lost: %s',
    async (name) => {
      await using backend = await start(name, { sessionLimitMs: 3_500 })
      await using client = call([backend], {
        recovery: { ...recovery, leadMs: 2_000, marginMs: 500 },
      })
      await client.next('session.created')
      expect(await ask(client, 'My name is Ada')).toMatch(/Ada/)
      expect(await client.next('parley.session.migrated')).toMatchObject({
        reason: 'limit',
        unfinished_item_id: null,
      })
      expect(await ask(client, 'what did I say')).toMatch(/My name is Ada/)
      expect(client.events.filter(({ type }) => type === 'error')).toEqual([])
      expect(backend.violations()).toEqual([])
    },
  )

  it('loses and doubles no sound in either direction', async () => {
    const sent: number[] = []
    await using backend = await start('openai', {
      sessionLimitMs: 3_500,
      onEvent(from, event) {
        const { type, delta } = event as { readonly type?: string; readonly delta?: string }
        if (from === 'server' && type === 'response.output_audio.delta')
          sent.push(Buffer.from(delta ?? '', 'base64').length)
      },
    })
    await using client = call([backend], {
      recovery: { ...recovery, leadMs: 2_000, marginMs: 500 },
    })
    await client.next('session.created')
    let frame = 0
    const microphone = setInterval(() => {
      // Too quiet to be speech; each 20 ms say their own number.
      const samples = new Int16Array(480).fill((frame += 1))
      client.send({ type: 'input_audio_buffer.append', audio: bytesToBase64(new Uint8Array(samples.buffer)) })
    }, 20)
    try {
      expect(await ask(client, 'Hello there')).toMatch(/Hello there/)
      await client.next('parley.session.migrated')
      expect(await ask(client, 'Are you there?')).toMatch(/Are you there/)
    } finally {
      clearInterval(microphone)
    }
    const heard = client.events
      .filter(({ type }) => type === 'response.output_audio.delta')
      .map((event) => Buffer.from(String(event['delta']), 'base64').length)
    expect(heard).toEqual(sent)
    const numbers = backend.received().flatMap((event) => {
      const { type, audio } = event as { readonly type?: string; readonly audio?: string }
      if (type !== 'input_audio_buffer.append') return []
      const bytes = Buffer.from(audio ?? '', 'base64')
      return Array.from({ length: bytes.length / 960 }, (_, at) => bytes.readInt16LE(at * 960))
    })
    const swap = numbers.findIndex((number, at) => at > 0 && number !== (numbers[at - 1] ?? 0) + 1)
    const [first, second] = [numbers.slice(0, swap), numbers.slice(swap)]
    expect(first).toEqual(first.map((_, at) => at + 1))
    // The second begins a little earlier, so that it hears how speech began.
    const begin = second[0] ?? 0
    expect(begin).toBeGreaterThan((first.at(-1) ?? 0) - 31)
    expect(begin).toBeLessThanOrEqual((first.at(-1) ?? 0) + 1)
    expect(second).toEqual(second.map((_, at) => begin + at))
    expect(second.at(-1)).toBeGreaterThanOrEqual(frame - 1)
    expect(backend.violations()).toEqual([])
  })

  it('that nobody knew of ends nothing, either', async () => {
    await using backend = await start('openai')
    await using client = call([backend])
    await client.next('session.created')
    client.send(userText('Please expire the session'))
    client.send({ type: 'response.create' })
    expect(await client.next('parley.session.migrated')).toMatchObject({ reason: 'notice' })
  })
})

describe('a backend that lives and says nothing', () => {
  it.each(['openai', 'voice-live', 'azure-openai'])('is replaced: %s', async (name) => {
    await using backend = await start(name)
    await using client = call([backend], { recovery: { ...recovery, silenceMs: 200 } })
    await client.next('session.created')
    expect(await ask(client, 'My name is Ada')).toMatch(/Ada/)
    backend.fallSilent()
    client.send({ type: 'response.create' })
    expect(await client.next('parley.session.migrated')).toMatchObject({ reason: 'lost' })
    expect(await answer(client)).toMatch(/My name is Ada/)
    expect(backend.violations()).toEqual([])
  })
})

describe('a session that leaves', () => {
  it('goes on in another process, from what is stored and its last note', async () => {
    await using backend = await start('openai')
    const store = memoryStore()
    const leave = new AbortController()
    const notes: SessionProgressNote[] = []
    const shared = { store, conversationId: 'conv_leaving' }
    {
      await using client = call([backend], {
        ...shared,
        leave: leave.signal,
        onProgress: (note) => notes.push(note),
      })
      await client.next('session.created')
      client.send({ type: 'session.update', session: { type: 'realtime', output_modalities: ['text'] } })
      await client.next('session.updated')
      expect(await ask(client, 'My name is Ada')).toMatch(/Ada/)
      client.send(userText('what did I say'))
      await client.next('conversation.item.done')
      leave.abort()
      expect((await client.summary).close).toEqual({ code: 1012, reason: 'restart' })
    }
    const last = notes.at(-1)
    expect(last).toEqual({
      taken: 4,
      durable: 4,
      snapshot: {
        session: { type: 'realtime', output_modalities: ['text'] },
        backend: 'openai',
        model: undefined,
      },
    })
    await using client = call([backend], { ...shared, resumed: last?.snapshot })
    expect(await client.next('parley.session.migrated')).toMatchObject({ reason: 'restart' })
    expect(await answer(client)).toMatch(/My name is Ada/)
    const told = client.events.map(({ type }) => type)
    expect(told).not.toContain('session.created')
    expect(told).not.toContain('conversation.created')
    expect(told).not.toContain('response.output_audio.delta')
    expect(backend.violations()).toEqual([])
  })
})

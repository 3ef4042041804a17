import { describe, expect, it } from 'vitest'
import type { RealtimeError } from '../../errors.ts'
import { geminiUpstream } from '../../testing/upstream/gemini-upstream.ts'
import { geminiLive } from './gemini-live.ts'
import { startCall, wordsOf } from './__fixtures__/call.ts'

describe('a session of Gemini Live', () => {
  it('outlives its connection when the service announces that it leaves', async () => {
    await using call = await startCall()
    call.configure()
    expect(await call.ask('remember this')).toBe('You said: remember this.')
    call.upstream.goAway(60_000)
    expect(await call.ask('what did I say')).toContain('remember this')
    expect(await call.ask('once more')).toBe('You said: once more.')
    expect(call.upstream.connections).toHaveLength(2)
    expect(call.received('setup').at(-1)).toMatchObject({ sessionResumption: { handle: expect.any(String) } })
    expect(call.events.filter(({ type }) => type === 'error' || type === 'session.created')).toHaveLength(1)
    expect(call.upstream.violations).toEqual([])
  })

  it('waits with the change of connections until the answer is over', async () => {
    await using call = await startCall()
    call.configure()
    call.write('count to 30')
    call.respond()
    await call.next('response.output_audio.delta')
    call.upstream.goAway(60_000)
    expect((await call.next('response.done')).response.status).toBe('completed')
    expect(await call.ask('hello')).toBe('You said: hello.')
    expect(call.upstream.connections).toHaveLength(2)
  })

  it('goes on after a drop: the answer fails, the conversation stays', async () => {
    await using call = await startCall()
    call.configure()
    await call.ask('remember this')
    call.write('drop the line')
    call.respond()
    expect((await call.next('response.done')).response).toMatchObject({
      status: 'failed',
      status_details: { error: { code: 'backend_unavailable' } },
    })
    expect(await call.ask('what did I say')).toBe(
      'You said before: remember this | drop the line || You said: remember this..',
    )
    expect(call.upstream.violations).toEqual([])
  })

  it('asks again what a drop left unanswered', async () => {
    await using call = await startCall({ upstream: { deltaIntervalMs: 40 } })
    call.configure()
    await call.ask('hi')
    call.write('are you there')
    call.respond()
    call.upstream.dropAll()
    expect(wordsOf((await call.next('response.done')).response)).toBe('You said: are you there.')
  })

  it('tells a new session the history when the handle is refused', async () => {
    await using call = await startCall()
    call.configure()
    await call.ask('remember this')
    call.upstream.forgetHandles()
    call.upstream.closeAll(1011, 'The operation was aborted.')
    expect(await call.ask('what did I say')).toContain('remember this')
    expect(call.received('setup').at(-1)).toMatchObject({
      sessionResumption: {},
      historyConfig: { initialHistoryInClientContent: true },
    })
    expect(call.upstream.violations).toEqual([])
  })

  it('has another voice after a new connection, unnoticed', async () => {
    await using call = await startCall()
    call.configure({ audio: { output: { voice: 'Kore' } } })
    expect(await call.ask('which voice')).toBe('My voice is Kore.')
    call.configure({ audio: { output: { voice: 'Puck' } } })
    expect(await call.ask('which voice')).toBe('My voice is Puck.')
    expect(await call.ask('what did I say')).toContain('which voice | which voice')
    expect(call.upstream.connections).toHaveLength(2)
    await call.next('session.updated')
    expect(await call.next('session.updated')).toMatchObject({
      session: { audio: { output: { voice: 'Puck' } } },
    })
    expect(call.upstream.violations).toEqual([])
  })

  it('changes instructions and tools on the same connection where the model can', async () => {
    await using call = await startCall()
    call.configure()
    await call.ask('hello')
    call.configure({ instructions: 'Answer in German.', tools: [{ type: 'function', name: 'lookup' }] })
    expect(await call.ask('hello')).toBe('Das ist Deutsch.')
    expect(call.upstream.connections).toHaveLength(1)
    expect(call.received('contextUpdate')).toEqual([
      {
        systemInstruction: { parts: [{ text: 'Answer in German.' }] },
        tools: { tools: [{ functionDeclarations: [{ name: 'lookup', behavior: 'BLOCKING' }] }] },
      },
    ])
    expect(call.upstream.violations).toEqual([])
  })

  it('changes them by a new connection where the model cannot', async () => {
    await using call = await startCall({ provider: { model: 'gemini-3.1-flash-live-preview' } })
    call.configure()
    await call.ask('hello')
    call.configure({ instructions: 'Answer in German.' })
    expect(await call.ask('hello')).toBe('Das ist Deutsch.')
    expect(call.upstream.connections).toHaveLength(2)
    expect(call.upstream.violations).toEqual([])
  })

  it.each([
    ['the client', null, { type: 'server_vad' }],
    ['the service', { type: 'server_vad' }, null],
  ] as const)('changes who ends turns in the middle of an answer, from %s', async (_, before, after) => {
    await using call = await startCall()
    call.configure({ audio: { input: { turn_detection: before } } })
    await call.next('session.updated')
    call.write('count to 20')
    call.respond()
    await call.next('response.output_audio.delta')
    call.configure({ audio: { input: { turn_detection: after } } })
    await call.next('response.done')
    await call.next('session.updated')
    call.speak()
    if (after === null) {
      call.send({ type: 'input_audio_buffer.commit' })
      call.respond()
    }
    expect(wordsOf((await call.next('response.done')).response)).toBe('I heard you.')
    expect(call.upstream.connections).toHaveLength(2)
    expect(call.upstream.violations).toEqual([])
  })

  it('is not held up by a turn that nobody ends', async () => {
    await using call = await startCall()
    call.configure({ audio: { input: { turn_detection: null } } })
    await call.next('session.updated')
    call.speak({ silence: false })
    call.configure({ audio: { input: { turn_detection: { type: 'server_vad' } } } })
    await call.next('session.updated')
    call.speak()
    expect(wordsOf((await call.next('response.done')).response)).toBe('I heard you.')
  })

  it('goes on when the service ends it for its age', async () => {
    await using call = await startCall()
    call.configure()
    await call.ask('remember this')
    call.write('expire the session')
    call.respond()
    await call.next('response.done')
    expect(await call.ask('what did I say')).toContain('remember this')
  })

  it('ends with session_expired when it cannot be continued', async () => {
    await using call = await startCall({ provider: { reconnect: { attempts: 2, delayMs: 1 } } })
    call.configure()
    await call.ask('hello')
    call.upstream.goAway(60_000)
    await call.upstream[Symbol.asyncDispose]()
    const error = await call.end()
    expect(error).toMatchObject({ code: 'session_expired' })
  })

  it('gives up a service that never completes a setup, at the limit it names', async () => {
    await using call = await startCall({
      upstream: { neverFirstEvent: true },
      provider: { connect: { firstEventTimeoutMs: 40 } },
    })
    call.configure()
    expect(await call.end()).toMatchObject({
      code: 'backend_unavailable',
      message: expect.stringContaining('40 ms'),
    })
  })

  it.each([
    ['invalid_api_key', 1007, 'API key not valid. Please pass a valid API key.'],
    [
      'insufficient_quota',
      1011,
      'You exceeded your current quota, please check your plan and billing details.',
    ],
    ['model_not_found', 1008, 'models/x is not found for API version v1beta'],
  ])('says %s when the service closes with %d', async (code, closeCode, reason) => {
    await using call = await startCall({ upstream: { closeFirst: { code: closeCode, reason } } })
    call.configure()
    expect(await call.end()).toMatchObject({ code })
  })

  it('shows its key in no error', async () => {
    const key = 'AIzaVerySecret'
    await using call = await startCall({
      upstream: { key: 'another', closeFirst: { code: 1007, reason: `key=${key} is bad, ${key}` } },
      access: { apiKey: key },
    })
    call.configure()
    const error = await call.end()
    expect(`${String(error)} ${JSON.stringify(call.events)}`).not.toContain(key)
  })

  it('keeps a call alive that is only listened to', async () => {
    await using call = await startCall({ provider: { connect: { pingIntervalMs: 5, pongTimeoutMs: 60 } } })
    call.configure()
    await call.next('session.updated')
    await new Promise((resolve) => setTimeout(resolve, 150))
    expect(await call.ask('hello')).toBe('You said: hello.')
    expect(call.upstream.connections).toHaveLength(1)
  })
})

const signal = new AbortController().signal

describe('access to Gemini Live', () => {
  it('goes to the documented path with a key', async () => {
    await using upstream = await geminiUpstream({ key: 'k' })
    await using _ = await geminiLive({ apiKey: 'k', baseUrl: `${upstream.url}/` }).connect({
      model: undefined,
      signal,
    })
    expect(upstream.connections).toMatchObject([
      {
        path: '/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent',
        query: { key: 'k' },
      },
    ])
  })

  it('has each model it declares, and says that another is not known', async () => {
    for (const model of geminiLive({ apiKey: 'k' }).capabilities.models) {
      // One call after the other.
      // oxlint-disable-next-line no-await-in-loop
      await using call = await startCall({ provider: { model } })
      call.configure()
      // oxlint-disable-next-line no-await-in-loop
      expect(await call.ask('hello')).toBe('You said: hello.')
      expect(call.upstream.violations).toEqual([])
    }
    await using call = await startCall({ provider: { model: 'gemini-0' } })
    call.configure()
    expect(await call.end()).toMatchObject({ code: 'model_not_found' })
  })

  it('goes to another method with an ephemeral token', async () => {
    const token = 'auth_tokens/abc'
    await using upstream = await geminiUpstream({ key: token })
    await using _ = await geminiLive({ apiKey: token, baseUrl: upstream.url }).connect({
      model: undefined,
      signal,
    })
    expect(upstream.connections).toMatchObject([
      {
        path: '/ws/google.ai.generativelanguage.v1alpha.GenerativeService.BidiGenerateContentConstrained',
        query: { access_token: token },
      },
    ])
  })

  it('goes to Google Cloud with a bearer token and the whole name of the model', async () => {
    await using call = await startCall({
      upstream: { token: 'oauth' },
      access: { vertex: { project: 'p', location: 'europe-west4', token: async () => 'oauth' } },
    })
    call.configure()
    expect(await call.ask('hello')).toBe('You said: hello.')
    expect(call.upstream.connections).toMatchObject([
      { query: {}, headers: { authorization: 'Bearer oauth' } },
    ])
    expect(call.received('setup')).toMatchObject([
      { model: 'projects/p/locations/europe-west4/publishers/google/models/gemini-3.8-live' },
    ])
  })

  it('declares functions as Google Cloud takes them', async () => {
    await using call = await startCall({
      upstream: { token: 'oauth' },
      access: { vertex: { project: 'p', location: 'europe-west4', token: async () => 'oauth' } },
    })
    call.configure({ tools: [{ type: 'function', name: 'weather', parameters: { type: 'object' } }] })
    call.write('call weather')
    call.respond()
    expect(await call.next('response.function_call_arguments.done')).toMatchObject({ name: 'weather' })
    expect(call.upstream.violations).toEqual([])
  })

  it('interprets when it is told to', async () => {
    await using call = await startCall({ provider: { translation: { targetLanguageCode: 'de' } } })
    call.configure()
    await call.next('session.updated')
    expect(call.received('setup')).toMatchObject([
      { generationConfig: { translationConfig: { targetLanguageCode: 'de' } } },
    ])
    expect(call.upstream.violations).toEqual([])
  })

  it('is refused without a valid token before any event', async () => {
    await using upstream = await geminiUpstream({ key: 'k', token: 'oauth' })
    const vertex = { project: 'p', location: 'l', token: async () => 'wrong' }
    const refused: unknown = await geminiLive({ vertex, baseUrl: upstream.url })
      .connect({ model: undefined, signal })
      .catch((error: RealtimeError) => error)
    expect(refused).toMatchObject({ code: 'invalid_api_key' })
  })
})

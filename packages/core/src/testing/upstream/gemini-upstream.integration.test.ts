import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { geminiUpstream, type GeminiUpstream, type GeminiUpstreamOptions } from './gemini-upstream.ts'

const path = '/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent'
const key = 'k'

const setup = {
  model: 'models/gemini-3.8-live',
  generationConfig: { responseModalities: ['AUDIO'] },
  sessionResumption: {},
}
const text = (words: string): object => ({ role: 'user', parts: [{ text: words }] })
const asks = (words: string): object => ({ clientContent: { turns: [text(words)], turnComplete: true } })
const withSetup = (more: object): object => ({ setup: { ...setup, ...more } })

interface Line extends AsyncDisposable {
  readonly upstream: GeminiUpstream
  send(message: unknown): void
  /** The next message with this key, as the service wrote it. */
  next(name: string): Promise<Record<string, unknown>>
  closed(): Promise<readonly [number, string]>
}

async function dial(
  options: Partial<GeminiUpstreamOptions> = {},
  address = `${path}?key=${key}`,
): Promise<Line> {
  const upstream = await geminiUpstream({ key, deltaIntervalMs: 0, ...options })
  const socket = new WebSocket(`${upstream.url.replace('http', 'ws')}${address}`)
  const messages: Record<string, unknown>[] = []
  let woken = Promise.withResolvers<void>()
  let end: readonly [number, string] | undefined
  socket.on('message', (data: Buffer) => {
    messages.push(JSON.parse(data.toString('utf8')))
    woken.resolve()
  })
  socket.on('close', (code: number, reason: Buffer) => {
    end = [code, reason.toString()]
    woken.resolve()
  })
  await once(socket, 'open')

  async function wait(): Promise<void> {
    await woken.promise
    woken = Promise.withResolvers()
  }
  return {
    upstream,
    send: (message) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    async next(name) {
      for (;;) {
        const index = messages.findIndex((message) => name in message)
        const [found] = index === -1 ? [] : messages.splice(0, index + 1).slice(-1)
        if (found) return found
        if (end) throw new Error(`closed: ${end.join(' ')}`)
        // oxlint-disable-next-line no-await-in-loop
        await wait()
      }
    },
    async closed() {
      // oxlint-disable-next-line no-await-in-loop
      while (!end) await wait()
      return end
    },
    [Symbol.asyncDispose]: () => upstream[Symbol.asyncDispose](),
  }
}

async function setUp(more: object = {}, options: Partial<GeminiUpstreamOptions> = {}): Promise<Line> {
  const line = await dial(options)
  line.send(withSetup(more))
  await line.next('setupComplete')
  return line
}

const argument = 'Request contains an invalid argument.'

describe('the stand-in for Gemini Live', () => {
  it.each<[string, unknown, string]>([
    ['content before the setup', asks('hi'), 'setup must be the first message.'],
    ['two keys in a message', { setup, clientContent: {} }, argument],
    ['no key in a message', {}, argument],
    ['text that is no JSON', 'hello', argument],
    [
      'a message nobody knows',
      { hello: {} },
      'Invalid JSON payload received. Unknown name "hello": Cannot find field.',
    ],
    ['a field nobody knows', withSetup({ voice: 'Kore' }), argument],
    ['two modalities', withSetup({ generationConfig: { responseModalities: ['AUDIO', 'TEXT'] } }), argument],
    [
      'text of a model that speaks',
      withSetup({ generationConfig: { responseModalities: ['TEXT'] } }),
      argument,
    ],
    [
      'a voice it does not have',
      withSetup({
        generationConfig: {
          responseModalities: ['AUDIO'],
          speechConfig: { voiceConfig: { prebuiltVoiceConfig: { voiceName: 'marin' } } },
        },
      }),
      argument,
    ],
    [
      'a function with a space',
      withSetup({ tools: [{ functionDeclarations: [{ name: 'a b' }] }] }),
      argument,
    ],
    ['a handle it never gave', withSetup({ sessionResumption: { handle: 'x' } }), argument],
    [
      'settings of a switched off detection',
      withSetup({
        realtimeInputConfig: { automaticActivityDetection: { disabled: true, silenceDurationMs: 3 } },
      }),
      argument,
    ],
    [
      'a behaviour where it cannot be chosen',
      withSetup({
        model: 'models/gemini-3.1-flash-live-preview',
        tools: [{ functionDeclarations: [{ name: 'f', behavior: 'BLOCKING' }] }],
      }),
      argument,
    ],
  ])('closes with 1007 on %s', async (_, message, reason) => {
    await using line = await dial()
    line.send(message)
    expect(await line.closed()).toEqual([1007, reason])
  })

  it('closes with 1008 on a model it does not have', async () => {
    await using line = await dial()
    line.send(withSetup({ model: 'models/gpt' }))
    const [code, reason] = await line.closed()
    expect([code, reason.startsWith('models/gpt is not found')]).toEqual([1008, true])
  })

  it.each<[string, object, object]>([
    ['a second setup', {}, { setup }],
    [
      'a part of two kinds',
      {},
      {
        clientContent: {
          turns: [
            { role: 'user', parts: [{ text: 'a', inlineData: { mimeType: 'image/png', data: 'AAAA' } }] },
          ],
        },
      },
    ],
    ['a role nobody has', {}, { clientContent: { turns: [{ role: 'assistant', parts: [{ text: 'a' }] }] } }],
    ['sound without a rate', {}, { realtimeInput: { audio: { mimeType: 'audio/pcm', data: 'AAAA' } } }],
    [
      'sound that is not base64',
      {},
      { realtimeInput: { audio: { mimeType: 'audio/pcm;rate=16000', data: '?' } } },
    ],
    ['half a sample', {}, { realtimeInput: { audio: { mimeType: 'audio/pcm;rate=16000', data: 'AA==' } } }],
    ['two inputs in one message', {}, { realtimeInput: { text: 'a', activityEnd: {} } }],
    [
      'an end without a start',
      { realtimeInputConfig: { automaticActivityDetection: { disabled: true } } },
      { realtimeInput: { activityEnd: {} } },
    ],
    [
      'an output nobody asked for',
      {},
      { toolResponse: { functionResponses: [{ id: 'x', name: 'f', response: {} }] } },
    ],
    [
      'live input before the history is complete',
      { historyConfig: { initialHistoryInClientContent: true } },
      { realtimeInput: { text: 'a' } },
    ],
    [
      'an update where there are none',
      { model: 'models/gemini-3.1-flash-live-preview' },
      { contextUpdate: { tools: { tools: [] } } },
    ],
    ['an update of nothing', {}, { contextUpdate: {} }],
  ])('closes with 1007 after the setup on %s', async (_, more, message) => {
    await using line = await setUp(more)
    line.send(message)
    expect(await line.closed()).toEqual([1007, argument])
    expect(line.upstream.violations).toHaveLength(1)
  })

  it('says why activity marks are refused while it detects activity itself', async () => {
    await using line = await setUp()
    line.send({ realtimeInput: { activityStart: {} } })
    expect((await line.closed())[1]).toContain('Explicit activity control')
  })

  it('takes no content after the first turn where the model forbids it', async () => {
    await using line = await setUp({ model: 'models/gemini-3.1-flash-live-preview' })
    line.send({ realtimeInput: { text: 'hi' } })
    await line.next('sessionResumptionUpdate')
    line.send(asks('hi again'))
    expect(await line.closed()).toEqual([1007, argument])
  })

  it('does not resume a session that is still connected', async () => {
    await using line = await setUp()
    line.send(asks('hi'))
    let update = await line.next('sessionResumptionUpdate')
    while (!Reflect.get(Object(update['sessionResumptionUpdate']), 'resumable')) {
      // oxlint-disable-next-line no-await-in-loop
      update = await line.next('sessionResumptionUpdate')
    }
    const handle: unknown = Reflect.get(Object(update['sessionResumptionUpdate']), 'newHandle')
    const socket = new WebSocket(`${line.upstream.url.replace('http', 'ws')}${path}?key=${key}`)
    await once(socket, 'open')
    socket.send(JSON.stringify(withSetup({ sessionResumption: { handle } })))
    expect((await once(socket, 'close'))[0]).toBe(1011)
  })

  it('serves a path with two slashes in front, as Google’s own client asks for it', async () => {
    await using line = await dial({}, `/${path}?key=${key}`)
    line.send({ setup })
    expect(await line.next('setupComplete')).toMatchObject({
      setupComplete: { sessionId: expect.any(String) },
    })
  })

  it('closes with the service’s words on a wrong key, and refuses a missing one', async () => {
    await using line = await dial({}, `${path}?key=wrong`)
    expect(await line.closed()).toEqual([1007, 'API key not valid. Please pass a valid API key.'])
    await expect(dial({}, path)).rejects.toThrow('403')
    await expect(dial({}, '/elsewhere?key=k')).rejects.toThrow('404')
  })

  it('says goAway and hangs up when the time is over', async () => {
    await using line = await setUp({}, { sessionLimitMs: 20 })
    expect(await line.next('goAway')).toEqual({ goAway: { timeLeft: '0.05s' } })
    expect((await line.closed())[0]).toBe(1011)
    expect(line.upstream.violations).toEqual([])
  })
})

import { describe, expect, it } from 'vitest'
import { objectOf, objectsOf } from './json.ts'
import { answerOf, rawClient, type RawClient } from './raw-client.ts'
import { pcm24, toneOf } from './sound.ts'
import { realtimeUpstream, type UpstreamOptions } from './upstream.ts'
import type { WireName } from './wire.ts'

const key = 'test-key'
const doors: Readonly<Record<WireName, string>> = {
  openai: '/v1/realtime?model=gpt-realtime-2.1',
  'azure-openai': '/openai/v1/realtime?model=my-deployment',
  'azure-openai-preview': '/openai/realtime?api-version=2025-04-01-preview&deployment=my-deployment',
  'voice-live': '/voice-live/realtime?api-version=2026-07-15&model=gpt-realtime-2.1',
}
const headersOf = (wire: WireName) =>
  wire === 'openai' ? { Authorization: `Bearer ${key}` } : { 'api-key': key }

async function dial(wire: WireName, options: Partial<UpstreamOptions> = {}, door = doors[wire]) {
  const upstream = await realtimeUpstream(wire, { key, deltaIntervalMs: 0, ...options })
  const client = await rawClient(`${upstream.url}${door}`, { headers: headersOf(wire) })
  return { upstream, client, [Symbol.asyncDispose]: () => upstream[Symbol.asyncDispose]() }
}
const openai = (options?: Partial<UpstreamOptions>) => dial('openai', options)

function ask(client: RawClient, text: string, response?: object): void {
  client.send({
    type: 'conversation.item.create',
    item: { type: 'message', role: 'user', content: [{ type: 'input_text', text }] },
  })
  client.send({ type: 'response.create', ...(response === undefined ? {} : { response }) })
}

async function answer(client: RawClient, text: string, response?: object): Promise<string> {
  ask(client, text, response)
  return answerOf(await client.next('response.done'))
}

const text = { type: 'session.update', session: { type: 'realtime', output_modalities: ['text'] } }

function speak(client: RawClient): void {
  const silence = Buffer.alloc(4800).toString('base64')
  for (let at = 0; at < 5; at++) client.send({ type: 'input_audio_buffer.append', audio: toneOf(pcm24, 100) })
  for (let at = 0; at < 8; at++) client.send({ type: 'input_audio_buffer.append', audio: silence })
}

describe('the stand-in of OpenAI', () => {
  it('answers a text turn with the documented events', async () => {
    await using scene = await openai()
    const { client, upstream } = scene
    await client.next('session.created')
    client.send(text)
    await client.next('session.updated')
    ask(client, 'hi there')
    const types = (await client.upTo('response.done')).map(({ type }) => type)
    expect(types.filter((type) => type !== 'rate_limits.updated')).toEqual([
      'conversation.item.added',
      'conversation.item.done',
      'response.created',
      'response.output_item.added',
      'conversation.item.added',
      'response.content_part.added',
      ...Array.from({ length: 4 }, () => 'response.output_text.delta'),
      'response.output_text.done',
      'response.content_part.done',
      'conversation.item.done',
      'response.output_item.done',
      'response.done',
    ])
    expect(answerOf(client.events.at(-1) ?? {})).toBe('You said: hi there.')
    expect(upstream.violations).toEqual([])
  })

  it('hears a spoken turn and answers with sound', async () => {
    await using scene = await openai()
    const { client, upstream } = scene
    client.send({
      type: 'session.update',
      session: { type: 'realtime', audio: { input: { transcription: { model: 'whisper-1' } } } },
    })
    await client.next('session.updated')
    speak(client)
    await client.next('input_audio_buffer.speech_started')
    await client.next('input_audio_buffer.speech_stopped')
    await client.next('input_audio_buffer.committed')
    const done = await client.next('response.done')
    expect(answerOf(done)).toBe('I heard you.')
    const transcripts = client.events.filter(({ type }) =>
      String(type).endsWith('input_audio_transcription.completed'),
    )
    expect(transcripts.map(({ transcript }) => transcript)).toEqual(['hello upstream'])
    const sound = client.events.filter(({ type }) => type === 'response.output_audio.delta')
    expect(sound.map(({ delta }) => Buffer.from(String(delta), 'base64').length)).toEqual([4800, 4800, 4800])
    expect(upstream.violations).toEqual([])
  })

  it('calls tools in parallel and speaks their outputs', async () => {
    await using scene = await openai()
    const { client, upstream } = scene
    client.send({
      type: 'session.update',
      session: {
        type: 'realtime',
        output_modalities: ['text'],
        tools: ['look_up', 'add'].map((name) => ({ type: 'function', name })),
      },
    })
    ask(client, 'call add and look_up')
    const calls = objectsOf(objectOf((await client.next('response.done'))['response'])['output'])
    expect(calls.map(({ name, arguments: args }) => [name, args])).toEqual([
      ['add', '{"q":"add"}'],
      ['look_up', '{"q":"look_up"}'],
    ])
    for (const [at, call] of calls.entries())
      client.send({
        type: 'conversation.item.create',
        item: { type: 'function_call_output', call_id: call['call_id'], output: `out ${at}` },
      })
    client.send({ type: 'response.create' })
    expect(answerOf(await client.next('response.done'))).toBe('The tool said: out 0 | out 1.')
    expect(upstream.violations).toEqual([])
  })

  it('remembers what it was told, in order', async () => {
    await using scene = await openai()
    const { client } = scene
    client.send(text)
    await answer(client, 'first')
    await answer(client, 'second')
    expect(await answer(client, 'what did I say')).toBe(
      'You said before: first | second || You said: first. | You said: second..',
    )
  })
})

describe('the stand-ins of Azure', () => {
  it('answers a spoken turn on the GA path', async () => {
    await using scene = await dial('azure-openai')
    const { client, upstream } = scene
    speak(client)
    expect(answerOf(await client.next('response.done'))).toBe('I heard you.')
    expect(upstream.violations).toEqual([])
  })

  it('answers a text turn in the flat shape on the preview path', async () => {
    await using scene = await dial('azure-openai-preview')
    const { client, upstream } = scene
    client.send({ type: 'session.update', session: { modalities: ['text'], temperature: 0.7 } })
    ask(client, 'hi')
    const types = (await client.upTo('response.done')).map(({ type }) => type)
    expect(types.slice(types.indexOf('session.updated'))).toEqual([
      'session.updated',
      'conversation.item.created',
      'response.created',
      'rate_limits.updated',
      'response.output_item.added',
      'conversation.item.created',
      'response.content_part.added',
      'response.text.delta',
      'response.text.delta',
      'response.text.delta',
      'response.text.done',
      'response.content_part.done',
      'response.output_item.done',
      'response.done',
    ])
    expect(upstream.violations).toEqual([])
  })

  it('answers a spoken turn of Voice Live with word times', async () => {
    await using scene = await dial('voice-live')
    const { client, upstream } = scene
    client.send({
      type: 'session.update',
      session: {
        voice: { type: 'azure-standard', name: 'en-US-AvaMultilingualNeural' },
        output_audio_timestamp_types: ['word'],
        output_audio_format: 'pcm16_8000hz',
      },
    })
    await client.next('session.updated')
    speak(client)
    const events = await client.upTo('response.done')
    expect(
      events.filter(({ type }) => type === 'response.audio_timestamp.delta').map(({ text: word }) => word),
    ).toEqual(['I', 'heard', 'you.'])
    const sound = events.filter(({ type }) => type === 'response.audio.delta')
    expect(sound.map(({ delta }) => Buffer.from(String(delta), 'base64').length)).toEqual([1600, 1600, 1600])
    expect(upstream.violations).toEqual([])
  })
})

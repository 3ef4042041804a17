import { RealtimeAgent, RealtimeSession } from '@openai/agents-realtime'
import { OpenAI } from 'openai'
import OldOpenAI from 'openai-beta'
import { OpenAIRealtimeWebSocket } from 'openai/realtime/websocket'
import { OpenAIRealtimeWS } from 'openai/realtime/ws'
import { beforeAll, describe, expect, it } from 'vitest'
import { connectBeta } from './testing/beta-client.ts'
import { startGateway } from './testing/gateway-under-test.ts'
import { cert, key, trustCertificate } from './testing/official-clients.ts'

beforeAll(trustCertificate)

const item = { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'hello' }] } as const

/** A text turn with either class of the openai package. */
async function textTurn(realtime: OpenAIRealtimeWS | OpenAIRealtimeWebSocket): Promise<string> {
  const answer = Promise.withResolvers<string>()
  realtime.on('error', (error) => answer.reject(error))
  realtime.on('session.created', () => {
    realtime.send({ type: 'conversation.item.create', item: { ...item, content: [...item.content] } })
    realtime.send({ type: 'response.create' })
  })
  realtime.on('response.done', ({ response }) => answer.resolve(JSON.stringify(response.output)))
  const text = await answer.promise
  realtime.close()
  return text
}

describe('the openai package, unmodified', () => {
  const keyed = { config: { keys: ['k1'] }, listen: { tls: { cert, key } } }

  it('holds a text turn with its ws class', async () => {
    await using gateway = await startGateway(keyed)
    const client = new OpenAI({ apiKey: 'k1', baseURL: `https://localhost:${gateway.port}/v1` })
    expect(await textTurn(new OpenAIRealtimeWS({ model: 'gpt-realtime' }, client))).toContain('hello')
  })

  it('holds a text turn with its native class', async () => {
    await using gateway = await startGateway(keyed)
    const client = new OpenAI({ apiKey: 'k1', baseURL: `https://localhost:${gateway.port}/v1` })
    expect(await textTurn(new OpenAIRealtimeWebSocket({ model: 'gpt-realtime' }, client))).toContain('hello')
  })

  it('mints a client secret, which opens a session', async () => {
    await using gateway = await startGateway(keyed)
    const baseURL = `https://localhost:${gateway.port}/v1`
    const server = new OpenAI({ apiKey: 'k1', baseURL })
    const secret = await server.realtime.clientSecrets.create({
      session: { type: 'realtime', model: 'gpt-realtime' },
    })
    const browser = new OpenAI({ apiKey: secret.value, baseURL })
    expect(await textTurn(new OpenAIRealtimeWS({ model: 'gpt-realtime' }, browser))).toContain('hello')
  })

  it('mints a client secret as before GA, which opens a session of that time', async () => {
    await using gateway = await startGateway(keyed)
    const url = `https://localhost:${gateway.port}`
    const server = new OldOpenAI({ apiKey: 'k1', baseURL: `${url}/v1` })
    const minted = await server.beta.realtime.sessions.create({
      model: 'gpt-4o-realtime-preview',
      instructions: 'Speak like a pirate.',
      modalities: ['text'],
    })
    expect(minted).toMatchObject({
      instructions: 'Speak like a pirate.',
      client_secret: { value: expect.stringMatching(/^ek_/), expires_at: expect.any(Number) },
    })
    using client = await connectBeta({ url, key: minted.client_secret.value })
    expect(await client.log.next('session.updated')).toMatchObject({
      session: { instructions: 'Speak like a pirate.', modalities: ['text'] },
    })
  })

  it('lists the models', async () => {
    await using gateway = await startGateway(keyed)
    const client = new OpenAI({ apiKey: 'k1', baseURL: `https://localhost:${gateway.port}/v1` })
    expect((await client.models.list()).data).toMatchObject([{ id: 'scripted', object: 'model' }])
  })

  it('is told by status and body why a session is refused', async () => {
    await using gateway = await startGateway(keyed)
    const client = new OpenAI({ apiKey: 'wrong', baseURL: `https://localhost:${gateway.port}/v1` })
    const realtime = new OpenAIRealtimeWS({ model: 'gpt-realtime' }, client)
    const error = await new Promise((resolve) => realtime.on('error', resolve))
    expect(String(error)).toContain('401')
  })
})

describe('@openai/agents-realtime, unmodified', () => {
  it('holds a text turn over WebSocket', async () => {
    await using gateway = await startGateway({ config: { keys: ['k1'] } })
    const agent = new RealtimeAgent({ name: 'Test', instructions: 'Be brief.' })
    const session = new RealtimeSession(agent, { transport: 'websocket' })
    const answered = Promise.withResolvers<unknown>()
    session.transport.on('*', (event: { type: string }) => {
      if (event.type === 'response.done') answered.resolve(event)
    })
    session.on('error', ({ error }) => answered.reject(error as Error))
    await session.connect({
      apiKey: 'k1',
      url: `ws://127.0.0.1:${gateway.port}/v1/realtime?model=gpt-realtime`,
    })
    session.sendMessage('hello')
    expect(JSON.stringify(await answered.promise)).toContain('hello')
    session.close()
  })
})

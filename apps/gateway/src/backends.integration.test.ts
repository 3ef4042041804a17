import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { geminiUpstream, realtimeUpstream } from '@parley/core/testing'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { backendSetups } from './backend-setups.ts'
import { dataDir, GatewayProcess } from './testing/gateway-process.ts'
import { connect, userText } from './testing/test-client.ts'

const key = 'key-of-the-service'

const listing = z.object({
  backends: z.array(z.object({ name: z.string(), capabilities: z.object({ title: z.string() }) })),
  unavailable: z.array(
    z.object({ name: z.string(), title: z.string(), setting: z.string(), help: z.string() }),
  ),
})

async function backendsOf(url: string): Promise<z.infer<typeof listing>> {
  return listing.parse(await (await fetch(`${url}/v1/backends`)).json())
}

/** A text-to-speech server that says every text as a second of a tone, and what it was asked. */
async function startSpeechServer() {
  const asked: unknown[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      asked.push(JSON.parse(Buffer.concat(chunks).toString()))
      const samples = Int16Array.from({ length: 24_000 }, (_, index) => 8000 * Math.sin(index / 10))
      response.writeHead(200, { 'content-type': 'audio/pcm' }).end(Buffer.from(samples.buffer))
    })
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  // A listening TCP server has an address with a port.
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/v1`,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

describe('the backends of a gateway', () => {
  it('are the local one, and what turns on each of the others', async () => {
    await using gateway = new GatewayProcess({ PARLEY_DATA_DIR: dataDir() })
    const { backends, unavailable } = await backendsOf(await gateway.url())
    expect(backends.map(({ name }) => name)).toEqual(['local'])
    expect(unavailable.map(({ name }) => name)).toEqual(backendSetups.map(({ name }) => name))
    for (const { setting, help } of unavailable) expect(help).toContain(setting)
  })

  it('each answer with sound when they are set up', async () => {
    await using openai = await realtimeUpstream('openai', { key })
    await using azure = await realtimeUpstream('azure-openai', { key, deployments: ['gpt-realtime-2.1'] })
    await using live = await realtimeUpstream('voice-live', { key, deployments: ['ours'] })
    await using gemini = await geminiUpstream({ key })
    await using speech = await startSpeechServer()
    await using gateway = new GatewayProcess({
      PARLEY_DATA_DIR: dataDir(),
      PARLEY_OPENAI_KEY: key,
      PARLEY_OPENAI_URL: `${openai.url}/v1`,
      PARLEY_AZURE_OPENAI_ENDPOINT: azure.url,
      PARLEY_AZURE_OPENAI_KEY: key,
      PARLEY_VOICE_LIVE_ENDPOINT: live.url,
      PARLEY_VOICE_LIVE_KEY: key,
      PARLEY_VOICE_LIVE_AGENT: 'helper',
      PARLEY_VOICE_LIVE_AGENT_PROJECT: 'project',
      PARLEY_VOICE_LIVE_BYOM_PROFILE: 'byom-azure-openai-realtime',
      PARLEY_VOICE_LIVE_BYOM_DEPLOYMENT: 'ours',
      PARLEY_GEMINI_KEY: key,
      PARLEY_GEMINI_URL: gemini.url,
      PARLEY_COMPATIBLE_URL: `${openai.url}/v1/realtime`,
      PARLEY_COMPATIBLE_KEY: key,
      PARLEY_COMPATIBLE_MODEL: 'gpt-realtime',
      PARLEY_TTS_URL: speech.url,
      PARLEY_TTS_VOICES: 'af_heart,bm_george',
      PARLEY_DUET_MIND: 'openai',
      PARLEY_DUET_VOICE: 'voice-live',
    })
    const url = await gateway.url()
    await gateway.logged('engines are ready')
    const { backends, unavailable } = await backendsOf(url)
    expect(unavailable.map(({ name }) => name)).toEqual(['replay'])
    expect(backends.map(({ name }) => name)).toEqual([
      'local',
      'openai',
      'azure-openai',
      'voice-live',
      'voice-live-agent',
      'voice-live-byom',
      'gemini-live',
      'openai-compatible',
      'cascade',
      'duet',
    ])
    for (const { name } of backends) {
      using client = await connect(`${url}/v1/realtime?model=${name}`)
      await client.next('session.created')
      client.send(userText('good morning'))
      client.send({ type: 'response.create' })
      await client.next('response.output_audio.delta')
      expect([name, await client.next('response.done')]).toMatchObject([
        name,
        { response: { status: 'completed' } },
      ])
    }
    expect(speech.asked[0]).toMatchObject({ voice: 'af_heart', model: 'tts-1' })
    for (const upstream of [openai, azure, live, gemini]) expect(upstream.violations).toEqual([])
  })
})

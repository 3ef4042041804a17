import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createModelStore } from '@parley/core/providers/cascade'
import type { ModelStore } from '@parley/core/providers/cascade'
import { describe, expect, it } from 'vitest'
import { startGateway } from '../testing/gateway-under-test.ts'

const half = Buffer.alloc(1000, 'a')
const content = Buffer.concat([half, Buffer.alloc(1000, 'b')])

/** A model hub that sends half of its one file, and the rest when told to. */
async function startHub(status = 200) {
  const asked = Promise.withResolvers<ServerResponse>()
  const server = createServer((_request, response) => {
    if (status !== 200) return void response.writeHead(status).end()
    response.writeHead(200, { 'content-length': content.length })
    response.write(half)
    asked.resolve(response)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    /** Resolves when the download is half done. */
    asked: asked.promise,
    finish: async () => void (await asked.promise).end(content.subarray(half.length)),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

const described = {
  id: 'voice-de',
  title: 'German voice',
  purpose: 'speech',
  languages: ['de'],
  licence: 'Apache-2.0',
  source: 'https://example.com',
  totalBytes: content.length,
} as const

async function storeOf(hubUrl: string, offline = false): Promise<ModelStore> {
  const sha256 = createHash('sha256').update(content).digest('hex')
  return createModelStore({
    directory: await mkdtemp(join(tmpdir(), 'parley-models-')),
    hubUrl,
    offline,
    models: [
      {
        ...described,
        files: [{ path: 'voice.bin', url: 'voice.bin', size: content.length, sha256 }],
      },
    ],
  })
}

/** The `data` of a stream of events, parsed, until it ends. */
async function eventsOf(response: Response): Promise<{ status: string; doneBytes: number }[]> {
  const text = await response.text()
  return [...text.matchAll(/^data: ?(.*)$/gm)].map(([, data]) => JSON.parse(data ?? ''))
}

describe('/v1/downloads', () => {
  it('lists what can be had, with size and licence', async () => {
    await using gateway = await startGateway({ models: await storeOf('http://127.0.0.1:9') })
    const response = await fetch(`${gateway.url}/v1/downloads`)
    expect(await response.json()).toEqual({
      data: [{ ...described, status: 'absent', doneBytes: 0 }],
    })
  })

  it('starts a download once and streams its progress until it is ready', async () => {
    await using hub = await startHub()
    await using gateway = await startGateway({ models: await storeOf(hub.url) })
    const url = `${gateway.url}/v1/downloads/voice-de`
    const started = await fetch(url, { method: 'POST' })
    expect(started.status).toBe(202)
    expect(await started.json()).toMatchObject({ id: 'voice-de', status: 'downloading' })
    expect((await fetch(url, { method: 'POST' })).status).toBe(202)
    const watching = await fetch(`${url}/events`)
    expect(watching.headers.get('content-type')).toBe('text/event-stream')
    await hub.finish()
    const events = await eventsOf(watching)
    expect(events[0]).toMatchObject({ status: 'downloading' })
    expect(events.at(-1)).toMatchObject({ status: 'ready', doneBytes: 2000 })
    expect(await eventsOf(await fetch(`${url}/events`))).toMatchObject([{ status: 'ready' }])
  })

  it('goes on with a download while nobody watches', async () => {
    await using hub = await startHub()
    const models = await storeOf(hub.url)
    await using gateway = await startGateway({ models })
    const url = `${gateway.url}/v1/downloads/voice-de`
    await fetch(url, { method: 'POST' })
    const left = new AbortController()
    await fetch(`${url}/events`, { signal: left.signal })
    left.abort()
    await hub.finish()
    await models.download('voice-de')
    expect(models.state('voice-de').status).toBe('ready')
  })

  it('gives a running download up, also while somebody watches', async () => {
    await using hub = await startHub()
    const models = await storeOf(hub.url)
    await using gateway = await startGateway({ models })
    const url = `${gateway.url}/v1/downloads/voice-de`
    await fetch(url, { method: 'POST' })
    await hub.asked
    const watching = await fetch(`${url}/events`)
    expect((await fetch(url, { method: 'DELETE' })).status).toBe(204)
    expect((await eventsOf(watching)).at(-1)?.status).toBe('absent')
  })

  it('removes a model that is there', async () => {
    await using hub = await startHub()
    const models = await storeOf(hub.url)
    await using gateway = await startGateway({ models })
    const downloading = models.download('voice-de')
    await hub.finish()
    await downloading
    expect((await fetch(`${gateway.url}/v1/downloads/voice-de`, { method: 'DELETE' })).status).toBe(204)
    expect(models.path('voice-de')).toBeUndefined()
  })

  it('tells why a download failed', async () => {
    await using hub = await startHub(404)
    await using gateway = await startGateway({ models: await storeOf(hub.url) })
    const url = `${gateway.url}/v1/downloads/voice-de`
    await fetch(url, { method: 'POST' })
    const events = await eventsOf(await fetch(`${url}/events`))
    expect(events.at(-1)).toMatchObject({ status: 'failed', error: expect.any(String) })
  })

  it('says so at once when downloads are switched off', async () => {
    await using gateway = await startGateway({ models: await storeOf('http://127.0.0.1:9', true) })
    const response = await fetch(`${gateway.url}/v1/downloads/voice-de`, { method: 'POST' })
    expect(response.status).toBe(502)
    expect(await response.json()).toMatchObject({ error: { code: 'download_failed' } })
  })

  it.each(['POST', 'DELETE'])('answers %s of an unknown model with 404', async (method) => {
    await using gateway = await startGateway({ models: await storeOf('http://127.0.0.1:9') })
    const response = await fetch(`${gateway.url}/v1/downloads/none`, { method })
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ error: { code: 'not_found' } })
  })

  it('ends its streams when the gateway drains', async () => {
    await using hub = await startHub()
    await using gateway = await startGateway({ models: await storeOf(hub.url) })
    const url = `${gateway.url}/v1/downloads/voice-de`
    await fetch(url, { method: 'POST' })
    const watching = await fetch(`${url}/events`)
    await gateway.gateway.drain()
    expect(await eventsOf(watching)).toMatchObject([{ status: 'downloading' }])
  })
})

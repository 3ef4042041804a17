import { decodeWav, float32ToPcm16 } from '@parley/audio'
import { fitTone, tone } from '@parley/audio/testing'
import { openai } from '@parley/core/providers'
import { memoryStore } from '@parley/core/storage'
import { realtimeUpstream } from '@parley/core/testing'
import { afterEach, describe, expect, it } from 'vitest'
import { startGateway } from './testing/gateway-under-test.ts'
import { connect, userText } from './testing/test-client.ts'
import type { TestClient } from './testing/test-client.ts'

const key = 'key-of-the-service'
let parts: AsyncDisposableStack | undefined
afterEach(async () => {
  await parts?.disposeAsync()
  parts = undefined
})

/** A session whose query is given, with what is stored of it. */
async function start(query: string, keepAudio = false) {
  parts = new AsyncDisposableStack()
  const upstream = parts.use(await realtimeUpstream('openai', { key }))
  const store = memoryStore()
  const provider = openai({ apiKey: key, baseUrl: `${upstream.url}/v1` })
  const backends = new Map([['openai', provider]])
  const gateway = parts.use(await startGateway({ store, keepAudio, backends, defaultBackend: 'openai' }))
  const url = `${gateway.url}/v1/realtime?conversation=conv_kept${query}`
  return { store, url }
}

async function open(url: string): Promise<TestClient> {
  const client = parts!.use(await connect(url))
  await client.next('session.created')
  return client
}

/** A spoken turn of 600 ms with a second of silence behind it, and its answer. */
async function talk(client: TestClient): Promise<void> {
  const speech = tone({ frequency: 440, sampleRate: 24_000, length: 14_400 })
  const sound = Buffer.concat([float32ToPcm16(speech), new Uint8Array(48_000)])
  client.send({ type: 'input_audio_buffer.append', audio: sound.toString('base64') })
  await client.next('response.done')
  client.send(userText('count to 10'))
  client.send({ type: 'response.create' })
  await client.next('response.done')
}

describe('a session that keeps its sound', () => {
  it.each([
    ['asked for it', '&keep_audio=true', false],
    ['is served by a gateway that keeps all sound', '', true],
  ])('because it %s has turns and answers beside their words', async (_why, query, keepAudio) => {
    const { store, url } = await start(query, keepAudio)
    const client = await open(url)
    await talk(client)
    client.socket.close(1000)

    await expect.poll(() => store.listAudio('conv_kept')).toHaveLength(3)
    const notes = await store.listAudio('conv_kept')
    const items = new Map(
      ((await store.load('conv_kept'))?.entries ?? []).flatMap(({ entry }) =>
        entry.type === 'item' && entry.item.type === 'message' ? [[entry.item.id, entry.item.role]] : [],
      ),
    )
    const lengths = notes.map(({ itemId, durationMs }) => [items.get(itemId), Math.round(durationMs)])
    expect(lengths.filter(([role]) => role === 'assistant')).toEqual([
      ['assistant', expect.any(Number)],
      ['assistant', 2_000],
    ])
    const [spoken] = notes.filter(({ itemId }) => items.get(itemId) === 'user')
    const kept = spoken && (await store.loadAudio('conv_kept', spoken))
    const { samples, sampleRate } = decodeWav(kept?.bytes ?? new Uint8Array())
    expect(sampleRate).toBe(24_000)
    // The turn ends with the silence by which its end was known.
    expect(samples.length / 24).toBeGreaterThanOrEqual(600)
    expect(fitTone(samples.subarray(0, 12_000), 440, 24_000).amplitude).toBeCloseTo(0.5, 2)
  })

  it.each([
    ['nobody asked', '', false],
    ['it asked for none', '&keep_audio=false', true],
  ])('leaves none where %s', async (_why, query, keepAudio) => {
    const { store, url } = await start(query, keepAudio)
    const client = await open(url)
    await talk(client)
    client.socket.close(1000)
    await client.closed
    expect(await store.listAudio('conv_kept')).toEqual([])
  })

  it('is told of a wish nobody understands', async () => {
    const { url } = await start('&keep_audio=perhaps')
    await expect(connect(url)).rejects.toMatchObject({
      status: 400,
      body: { error: { code: 'invalid_value', param: 'keep_audio' } },
    })
  })
})

import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { dataDir, GatewayProcess } from './testing/gateway-process.ts'
import { createListener } from './testing/recognised-text.ts'
import type { Listener } from './testing/recognised-text.ts'
import { storedItem } from './testing/stored-item.ts'
import { connect, userText } from './testing/test-client.ts'
import type { TestClient } from './testing/test-client.ts'

const stack = new AsyncDisposableStack()
const bytesPerMs = 48
let url: string
let listener: Listener

beforeAll(async () => {
  listener = stack.use(createListener())
  const gateway = stack.use(new GatewayProcess({ PARLEY_DATA_DIR: dataDir() }))
  await gateway.logged('engines are ready')
  url = await gateway.url()
}, 60_000)
afterAll(() => stack.disposeAsync())

const words = (text: string): readonly string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []

/** How many words of `said` a recogniser got to; it may miss some and mishear others. */
function reached(said: readonly string[], recognised: readonly string[]): number {
  let place = 0
  for (const word of recognised) {
    const found = said.indexOf(word, place)
    if (found !== -1 && found - place <= 4) place = found + 1
  }
  return place
}

/** All sound of an answer as it came. */
function soundOf({ events }: TestClient): Buffer {
  const deltas = events.filter(({ type }) => type === 'response.output_audio.delta')
  return Buffer.concat(deltas.map(({ delta }) => Buffer.from(String(delta), 'base64')))
}

it.each([1_300, 2_600, 4_100])(
  'a caller who leaves after %d ms of real speech is remembered with the words of that time',
  { timeout: 60_000 },
  async (ms) => {
    const conversation = `conv_left${ms}`
    const address = `${url}/v1/realtime?backend=local&conversation=${conversation}`
    const client = await connect(address)
    await client.next('session.created')
    client.send(userText('Tell me everything about latency.'))
    client.send({ type: 'response.create' })
    const { item_id } = await client.next('response.output_audio.delta')
    // A listener hears it in real time, however fast it comes.
    const since = performance.now()
    await delay(ms)
    const listenedMs = Math.round(performance.now() - since)
    client.socket.close(1000)
    await once(client.socket, 'close')

    const id = String(item_id)
    const heard = await vi.waitFor(
      async () => {
        const item = await storedItem({ url, conversation }, id)
        expect(item?.heard).toBeDefined()
        return item?.heard
      },
      { timeout: 10_000 },
    )
    using again = await connect(address)
    again.send({ type: 'conversation.item.retrieve', item_id: id })
    const { item } = await again.next('conversation.item.retrieved')

    const said = words(
      client.events
        .filter(({ type }) => type === 'response.output_audio_transcript.delta')
        .map(({ delta }) => String(delta))
        .join(''),
    )
    const stored = words(heard?.transcript ?? '')
    const recognised = await listener.hear([soundOf(client).subarray(0, listenedMs * bytesPerMs)])
    console.info('heard', {
      listenedMs,
      audioEndMs: heard?.audioEndMs,
      stored: heard?.transcript,
      recognised,
    })
    expect(Math.abs((heard?.audioEndMs ?? 0) - listenedMs)).toBeLessThan(250)
    expect(said.slice(0, stored.length)).toEqual(stored)
    expect(Math.abs(reached(said, words(recognised)) - stored.length), recognised).toBeLessThanOrEqual(1)
    expect(words(JSON.stringify(item))).toEqual(expect.arrayContaining([...stored]))
    expect(words(JSON.stringify(item))).not.toContain(said.at(-1))
  },
)

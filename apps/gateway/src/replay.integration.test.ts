import { once } from 'node:events'
import { bytesToBase64 } from '@parley/audio'
import { parseCassette } from '@parley/core/cassette'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { GatewayProcess, dataDir } from './testing/gateway-process.ts'
import { wordsOf } from './testing/spoken-words.ts'
import { atSpeakingPace, spokenText } from './testing/spoken-text.ts'
import { connect } from './testing/test-client.ts'
import type { TestClient } from './testing/test-client.ts'
import type { WireEvent } from './testing/event-log.ts'

const question = 'What can you do for me?'

/** Names of the sound in GA, and in the flat dialects. */
const soundTypes = ['response.output_audio.delta', 'response.audio.delta']

const stack = new AsyncDisposableStack()
let gateway: GatewayProcess
let url: string

/** What came of saying the question once. */
interface Spoken {
  readonly created: WireEvent
  /** From the end of the last frame that is loud until the first sound (ms). */
  readonly firstSoundMs: number
  readonly heard: string
  readonly words: string
}

/** Asks the question at the pace of speech; the sound goes on as a microphone's does. */
async function ask(query: string, { leadMs }: { readonly leadMs: number }): Promise<Spoken> {
  const frames = await spokenText(question, { leadMs, tailMs: 4000 })
  const lastLoud = frames.findLastIndex((frame) =>
    new Int16Array(frame.buffer, 0, frame.byteLength >> 1).some((sample) => Math.abs(sample) > 600),
  )
  using client = await connect(`${url}/v1/realtime?${query}`)
  const created = await client.next('session.created')
  const firstSound = soundArrival(client)
  let index = 0
  let spokenAt = 0
  const sending = atSpeakingPace(frames, (frame) => {
    client.send({ type: 'input_audio_buffer.append', audio: bytesToBase64(frame) })
    if (index === lastLoud) spokenAt = performance.now()
    index += 1
  })
  const soundAt = await firstSound
  const done = await client.next('response.done')
  const heard = await client.next('conversation.item.input_audio_transcription.completed')
  await sending
  client.socket.close()
  await client.closed
  return {
    created,
    firstSoundMs: soundAt - spokenAt,
    heard: String(heard['transcript']),
    words: wordsOf(done['response']),
  }
}

async function soundArrival({ socket }: TestClient): Promise<number> {
  for (;;) {
    // One message after the other.
    // oxlint-disable-next-line no-await-in-loop
    const [data] = (await once(socket, 'message')) as [Buffer]
    const { type } = JSON.parse(data.toString()) as WireEvent
    if (soundTypes.includes(type)) return performance.now()
  }
}

/** The cassette when it is whole. */
async function download(id: string): Promise<string> {
  for (;;) {
    // One question after the other.
    // oxlint-disable-next-line no-await-in-loop
    const text = await (await fetch(`${url}/v1/cassettes/${id}`)).text()
    if (text.includes('"from":"recorder"')) return text
  }
}

async function record(kind: 'events' | 'audio'): Promise<{ readonly id: string; readonly spoken: Spoken }> {
  const transcribed = await ask(`backend=local&record=${kind}`, { leadMs: 1200 })
  const { cassette } = transcribed.created['parley'] as { cassette: string }
  return { id: cassette, spoken: transcribed }
}

beforeAll(async () => {
  gateway = stack.use(new GatewayProcess({ PARLEY_DATA_DIR: dataDir(), PARLEY_STORE: 'memory' }))
  await gateway.logged('engines are ready')
  url = await gateway.url()
  // The first answer of an engine takes longer than the next.
  await ask('backend=local', { leadMs: 500 })
})

afterAll(() => stack.disposeAsync())

describe('a spoken session with the local backend', () => {
  it('is replayed word for word, with the recorded wait, to who speaks at another time', async () => {
    const { id, spoken } = await record('audio')
    const { header, entries } = parseCassette(await download(id))
    expect(header).toMatchObject({ backend: 'local', audio: 'kept' })
    expect(entries.some(({ leftOut }) => leftOut)).toBe(false)
    const replayed = await ask(`backend=replay&model=${id}`, { leadMs: 450 })
    expect(replayed).toMatchObject({ heard: spoken.heard, words: spoken.words })
    expect(spoken.words).not.toBe('')
    expect(Math.abs(replayed.firstSoundMs - spoken.firstSoundMs)).toBeLessThan(20)
    expect((await fetch(`${url}/v1/cassettes/${id}`, { method: 'DELETE' })).status).toBe(204)
  })

  it('is replayed without its sound too, in each dialect and faster', async () => {
    const { id, spoken } = await record('events')
    const text = await download(id)
    expect(text.length).toBeLessThan(200_000)
    const replays = await Promise.all(
      ['openai-ga', 'openai-beta', 'voice-live'].map((dialect) =>
        ask(`backend=replay&model=${id}&dialect=${dialect}`, { leadMs: 700 }),
      ),
    )
    for (const { words, heard, firstSoundMs } of replays) {
      expect({ words, heard }).toEqual({ words: spoken.words, heard: spoken.heard })
      expect(Math.abs(firstSoundMs - spoken.firstSoundMs)).toBeLessThan(150)
    }
    const quick = await ask(`backend=replay&model=${id}@10`, { leadMs: 700 })
    expect(quick.words).toBe(spoken.words)
    expect(quick.firstSoundMs).toBeLessThan(Math.min(...replays.map(({ firstSoundMs }) => firstSoundMs)))
  })
})

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { RealtimeError } from '../../errors.ts'
import type { Cassette } from '../../cassette/format.ts'
import type { ClientEvent } from '../../events/client-events.ts'
import type { ServerEvent } from '../../events/server-events.ts'
import { framesOf, recordedCall, recordedMs, recordedSpeech } from './__fixtures__/recorded-call.ts'
import type { Speech } from './__fixtures__/recorded-call.ts'
import { replay } from './replay.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: 0 }))
afterEach(() => void vi.useRealTimers())

/** Stands for a request without a model. */
const noName = ''

interface Talk {
  /** Everything that came, with its time. */
  readonly heard: readonly { readonly at: number; readonly event: ServerEvent }[]
  send(event: ClientEvent): Promise<void>
  /** Lets time pass. */
  wait(ms: number): Promise<void>
  /** Sends sound as a microphone does. */
  speak(speech: Speech, ms: number): Promise<void>
  at(type: ServerEvent['type']): number
  types(): readonly string[]
  words(): string
  /** Why the connection broke. */
  broken(): unknown
}

async function talkTo(cassette: Cassette, model = 'call'): Promise<Talk> {
  let ids = 0
  const provider = replay({
    cassettes: {
      ids: () => ['call'],
      header: (id) => (id === 'call' ? cassette.header : undefined),
      async load(id) {
        if (id === 'call') return cassette
        throw new RealtimeError('not_found', `There is no cassette called "${id}".`)
      },
    },
    now: Date.now,
    newId: (prefix) => `${prefix}_${(ids += 1)}`,
  })
  const channel = await provider.connect({
    model: model === noName ? undefined : model,
    signal: new AbortController().signal,
  })
  const heard: { at: number; event: ServerEvent }[] = []
  let broken: unknown
  void (async () => {
    for await (const event of channel) heard.push({ at: Date.now(), event })
  })().catch((error: unknown) => (broken = error))
  const wait = async (ms: number): Promise<void> => void (await vi.advanceTimersByTimeAsync(ms))
  await wait(0)
  return {
    heard,
    wait,
    async send(event) {
      channel.send(event)
      await wait(0)
    },
    async speak(speech, ms) {
      for (const { audio } of framesOf(speech, ms)) {
        // Frames come one after the other.
        // oxlint-disable-next-line no-await-in-loop
        await wait(20)
        channel.send({ type: 'input_audio_buffer.append', audio })
      }
      await wait(0)
    },
    at: (type) => heard.find(({ event }) => event.type === type)?.at ?? Number.NaN,
    broken: () => broken,
    types: () => heard.map(({ event }) => event.type),
    words: () =>
      heard
        .map(({ event }) => (event.type === 'response.output_audio_transcript.delta' ? event.delta : ''))
        .join(''),
  }
}

const userText: ClientEvent = {
  type: 'conversation.item.create',
  item: { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'and?' }] },
}

/** The recorded words, said later. */
const later: Speech = recordedSpeech.map(({ from, to }) => ({ from: from + 1240, to: to + 1240 }))

describe('a replay', () => {
  it.each([
    ['kept', 1],
    ['left-out', 1],
    ['kept', 4],
  ] as const)('answers speech after the recorded time (sound %s, %i times as fast)', async (audio, speed) => {
    const talk = await talkTo(recordedCall(audio), `call@${speed}`)
    await talk.speak(later, 6000)
    const end = 2300 + 1240
    // Nobody can be sure of an end sooner than 200 ms after it.
    const stopped = end + Math.max(recordedMs.stopped / speed, 200)
    const since = (after: number): number => stopped + (after - recordedMs.stopped) / speed
    expect(talk.at('input_audio_buffer.speech_stopped')).toBeCloseTo(stopped, -1.5)
    expect(Math.abs(talk.at('response.output_audio.delta') - since(recordedMs.sound))).toBeLessThan(20)
    expect(Math.abs(talk.at('response.done') - since(recordedMs.done))).toBeLessThan(20)
    expect(Math.abs(talk.at('input_audio_buffer.speech_started') - (500 + 1240 + 80))).toBeLessThan(80)
    expect(talk.words()).toBe('Good day.')
    expect(talk.types().filter((type) => type === 'input_audio_buffer.speech_started')).toHaveLength(1)
  })

  it('gives the events of a turn in the recorded order', async () => {
    const talk = await talkTo(recordedCall())
    await talk.speak(recordedSpeech, 4000)
    const { entries } = recordedCall()
    const recorded = entries
      .filter(({ from, t }) => from === 'backend' && t < 4000)
      .map(({ event }) => event.type)
      .filter((type) => type !== 'session.updated')
    expect(talk.types()).toEqual(recorded)
  })

  it('fills the place of sound that was left out with a quiet tone as long', async () => {
    const talk = await talkTo(recordedCall('left-out'))
    await talk.speak(recordedSpeech, 4000)
    const sounds = talk.heard.flatMap(({ event }) =>
      event.type === 'response.output_audio.delta' ? [event.delta] : [],
    )
    expect(sounds.map((sound) => sound.byteLength)).toEqual([24_000, 24_000])
    const [first] = sounds
    const peak = Math.max(...new Int16Array(first?.bytes.slice().buffer ?? new ArrayBuffer(0)))
    expect(peak).toBeGreaterThan(1000)
    expect(peak).toBeLessThan(1200)
  })

  it('answers a session update and items itself, and a request with the next answer', async () => {
    const talk = await talkTo(recordedCall())
    await talk.send({ type: 'session.update', session: { type: 'realtime', instructions: 'Sing.' } })
    await talk.wait(recordedMs.update)
    const updated = talk.heard.find(({ event }) => event.type === 'session.updated')
    expect(updated).toMatchObject({
      at: recordedMs.update,
      event: { session: { instructions: 'Sing.', model: 'call' } },
    })
    await talk.speak(recordedSpeech, 4000)
    await talk.send(userText)
    const askedAt = Date.now()
    await talk.send({ type: 'response.create' })
    await talk.wait(2000)
    const done = talk.heard.filter(({ event }) => event.type === 'response.done')
    expect(done.map(({ at }) => at)[1]).toBe(askedAt + 4600 + recordedMs.done - 5000)
    expect(talk.words()).toBe('Good day.That is all.')
  })

  it('says so when it has no more answers', async () => {
    const talk = await talkTo(recordedCall())
    for (let count = 0; count < 3; count++) {
      // One request after the other.
      // oxlint-disable-next-line no-await-in-loop
      await talk.send({ type: 'response.create', event_id: `ask_${count}` })
      // oxlint-disable-next-line no-await-in-loop
      await talk.wait(2000)
    }
    expect(talk.words()).toBe('Good day.That is all.')
    expect(talk.heard.at(-1)?.event).toMatchObject({
      type: 'error',
      error: {
        message: expect.stringContaining('The cassette call holds no more answers: it has 2'),
        event_id: 'ask_2',
      },
    })
  })

  it('says so too when more is said than was recorded', async () => {
    const talk = await talkTo(recordedCall())
    await talk.send({ type: 'response.create' })
    await talk.wait(2000)
    await talk.send({ type: 'response.create' })
    await talk.wait(2000)
    await talk.speak(recordedSpeech, 4000)
    const types = talk.types().slice(-7)
    expect(types).toContain('input_audio_buffer.speech_stopped')
    expect(types).toContain('input_audio_buffer.committed')
    expect(types.at(-1)).toBe('error')
  })

  it('stops an answer that the user interrupts, and goes on with the next', async () => {
    const talk = await talkTo(recordedCall())
    const interrupted = [...recordedSpeech, { from: 3000, to: 3300 }]
    await talk.speak(interrupted, 4500)
    const done = talk.heard.find(({ event }) => event.type === 'response.done')?.event
    expect(done).toMatchObject({
      response: {
        status: 'cancelled',
        status_details: { type: 'cancelled', reason: 'turn_detected' },
        output: [{ status: 'incomplete', content: [{ transcript: 'Good ' }] }],
      },
    })
    const types = talk.types()
    expect(types.lastIndexOf('input_audio_buffer.speech_started')).toBeLessThan(
      types.indexOf('response.done'),
    )
    expect(types.filter((type) => type === 'response.output_audio.delta')).toHaveLength(1 + 2)
  })

  it('stops an answer that the client cancels', async () => {
    const talk = await talkTo(recordedCall())
    await talk.send({ type: 'response.create' })
    await talk.wait(recordedMs.sound - recordedMs.stopped)
    await talk.send({ type: 'response.create', event_id: 'second' })
    await talk.send({ type: 'response.cancel' })
    await talk.send({ type: 'response.cancel', event_id: 'again' })
    await talk.wait(3000)
    const [second, again] = talk.heard.filter(({ event }) => event.type === 'error')
    expect(second?.event).toMatchObject({ error: { code: 'conversation_already_has_active_response' } })
    expect(again?.event).toMatchObject({ error: { code: 'response_cancel_not_active' } })
    const done = talk.heard.filter(({ event }) => event.type === 'response.done')
    expect(done).toHaveLength(1)
    expect(done[0]?.event).toMatchObject({ response: { status: 'cancelled' } })
  })

  it('waits for the client to commit when it is told not to listen', async () => {
    const talk = await talkTo(recordedCall())
    const input = { turn_detection: null }
    await talk.send({ type: 'session.update', session: { type: 'realtime', audio: { input } } })
    await talk.speak(recordedSpeech, 4000)
    expect(talk.types()).not.toContain('input_audio_buffer.speech_started')
    await talk.send({ type: 'input_audio_buffer.commit' })
    await talk.send({ type: 'response.create' })
    await talk.wait(2000)
    expect(talk.types()).toContain('conversation.item.input_audio_transcription.completed')
    expect(talk.types()).not.toContain('input_audio_buffer.speech_stopped')
    expect(talk.words()).toBe('Good day.')
    await talk.send({ type: 'input_audio_buffer.commit' })
    expect(talk.heard.at(-1)?.event).toMatchObject({ error: { code: 'input_audio_buffer_commit_empty' } })
  })

  it('uses ids of its own, so that one conversation can hold two replays', async () => {
    const talk = await talkTo(recordedCall())
    await talk.speak(recordedSpeech, 4000)
    const text = JSON.stringify(talk.heard)
    for (const id of ['item_user', 'item_1', 'resp_1', 'sess_r']) expect(text).not.toContain(`"${id}"`)
    const stopped = talk.heard.find(({ event }) => event.type === 'input_audio_buffer.speech_stopped')?.event
    const committed = talk.heard.find(({ event }) => event.type === 'input_audio_buffer.committed')?.event
    expect(committed).toMatchObject({ item_id: stopped && 'item_id' in stopped ? stopped.item_id : '' })
  })

  it('breaks where the recorded connection broke', async () => {
    const cassette = recordedCall()
    const { entries } = cassette
    const lastSound = entries.findLastIndex(({ event }) => event.type === 'response.output_audio.delta')
    const failed = { code: 'backend_unavailable', message: 'The line dropped.' }
    const talk = await talkTo({
      ...cassette,
      entries: entries.slice(0, lastSound + 1),
      end: { events: lastSound + 1, failed },
    })
    await talk.send({ type: 'response.create' })
    await talk.wait(2000)
    expect(talk.broken()).toBeUndefined()
    await talk.send({ type: 'response.create' })
    await talk.wait(2000)
    expect(talk.words()).toBe('Good day.That is all.')
    expect(talk.broken()).toMatchObject({ message: 'As recorded: The line dropped.' })
  })

  it('needs no name where there is one cassette only', async () => {
    const talk = await talkTo(recordedCall(), noName)
    await talk.send({ type: 'response.create' })
    await talk.wait(2000)
    expect(talk.words()).toBe('Good day.')
  })

  it('names a cassette that is not there', async () => {
    await expect(talkTo(recordedCall(), 'other')).rejects.toMatchObject({
      code: 'model_not_found',
      param: 'model',
    })
    await expect(talkTo(recordedCall(), 'call@0')).rejects.toMatchObject({ code: 'invalid_value' })
  })
})

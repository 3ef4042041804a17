import { float32ToPcm16 } from '@parley/audio'
import { describe, expect, it } from 'vitest'
import { AudioPayload } from '../../events/audio-payload.ts'
import type { ClientEvent } from '../../events/client-events.ts'
import type { UserMessageItem } from '../../events/items.ts'
import { connectCascade } from '../../testing/cascade-fixture.ts'
import { fakeStages } from '../../testing/fake-stages.ts'
import { settle } from '../../testing/received-events.ts'
import { cascade } from './cascade.ts'

/** Half a second of sound. */
const spoken = AudioPayload.fromBytes(float32ToPcm16(new Float32Array(12_000).fill(0.25))).base64

const user = (...content: UserMessageItem['content']): ClientEvent => ({
  type: 'conversation.item.create',
  item: { id: 'mine', type: 'message', role: 'user', content },
})

const heard = 'conversation.item.input_audio_transcription'

describe('a session that only writes down speech', () => {
  const stages = () => fakeStages({ stt: (recognition) => recognition.understand('take a note') })

  it('is opened by its intent, and answers nothing', async () => {
    const own = stages()
    const { all, types, takeTurn } = await connectCascade(own, { intent: 'transcription' })
    expect(all('session.created')[0]?.session).toMatchObject({
      type: 'transcription',
      object: 'realtime.transcription_session',
      audio: { input: { turn_detection: { type: 'server_vad' }, transcription: { model: 'fake-stt' } } },
    })
    expect(all('session.created')[0]?.session).not.toHaveProperty('instructions')
    await takeTurn()
    await takeTurn()
    expect(all(`${heard}.completed`).map(({ transcript }) => transcript)).toEqual([
      'take a note',
      'take a note',
    ])
    expect(types().filter((type) => type.startsWith('response.'))).toEqual([])
    expect(own.answers).toEqual([])
  })

  it('can become one by an update, then stays one', async () => {
    const { send, all, forget, takeTurn, types } = await connectCascade(stages())
    await send({ type: 'session.update', session: { type: 'transcription' } })
    expect(all('session.updated')[0]?.session.type).toBe('transcription')
    forget()
    await send({ type: 'session.update', event_id: 'back', session: { type: 'realtime' } })
    expect(all('error')[0]?.error).toMatchObject({
      code: 'unsupported',
      param: 'session.type',
      event_id: 'back',
    })
    await takeTurn()
    expect(types()).toContain(`${heard}.completed`)
    expect(types()).not.toContain('response.created')
  })

  it('takes commits where the client ends the turns', async () => {
    const { send, say, all } = await connectCascade(stages(), { intent: 'transcription' })
    const input = { turn_detection: null }
    await send({ type: 'session.update', session: { type: 'transcription', audio: { input } } })
    await say(500)
    await send({ type: 'input_audio_buffer.commit' })
    expect(all(`${heard}.completed`)).toMatchObject([{ transcript: 'take a note' }])
  })

  it('refuses responses and items', async () => {
    const { send, all } = await connectCascade(stages(), { intent: 'transcription' })
    await send({ type: 'response.create', event_id: 'a' }, user({ type: 'input_text', text: 'Hello' }))
    expect(all('error').map(({ error }) => error.code)).toEqual(['unsupported', 'unsupported'])
    expect(all('conversation.item.added')).toEqual([])
  })
})

describe('sound that comes all at once', () => {
  const silence = (seconds: number): ClientEvent => ({
    type: 'input_audio_buffer.append',
    audio: AudioPayload.fromBytes(new Uint8Array(seconds * 48_000)),
  })

  it('leaves others their turn after each second of it', async () => {
    let inARow = 0
    let most = 0
    const stages = fakeStages({
      vad({ answer }) {
        inARow += 1
        most = Math.max(most, inARow)
        answer(0.02)
      },
    })
    const { channel } = await connectCascade(stages)
    channel.send(silence(5))
    for (let turn = 0; turn < 15; turn += 1) {
      // Somebody else's work, once in each turn of the event loop.
      // oxlint-disable-next-line no-await-in-loop
      await settle(1)
      inARow = 0
    }
    const framesPerSecond = 16_000 / 512
    expect(stages.frames).toHaveLength(Math.floor(5 * framesPerSecond))
    expect(most).toBeLessThanOrEqual(Math.ceil(framesPerSecond))
  })

  it('is all heard before what comes after it', async () => {
    const stages = fakeStages()
    const { send, channel, settle: finish, all } = await connectCascade(stages)
    const input = { turn_detection: null }
    await send({ type: 'session.update', session: { type: 'realtime', audio: { input } } })
    channel.send(silence(24))
    channel.send({ type: 'input_audio_buffer.commit' })
    await finish()
    expect(all('input_audio_buffer.committed')).toHaveLength(1)
    const heardSeconds = (stages.recognitions[0]?.audio.samples.length ?? 0) / 16_000
    expect(heardSeconds).toBeCloseTo(24, 1)
  })

  it('may be of the longest, twice', async () => {
    const stages = fakeStages({ stt: (recognition) => recognition.understand('hello') })
    const { send, channel, settle: finish, all } = await connectCascade(stages)
    const input = { turn_detection: null }
    await send({ type: 'session.update', session: { type: 'realtime', audio: { input } } })
    for (const event of [silence(327), { type: 'input_audio_buffer.commit' } as const, silence(327)])
      channel.send(event)
    channel.send({ type: 'input_audio_buffer.commit' })
    for (let round = 0; round < 8; round += 1) {
      // Sixteen turns for each.
      // oxlint-disable-next-line no-await-in-loop
      await finish()
    }
    expect(all('input_audio_buffer.committed')).toHaveLength(2)
  })
})

describe('words of the user', () => {
  it('are told while they are recognised, and only once', async () => {
    const stages = fakeStages()
    const { send, say, all, settle } = await connectCascade(stages, { intent: 'transcription' })
    await send({
      type: 'session.update',
      session: { type: 'transcription', audio: { input: { turn_detection: null } } },
    })
    await say(500)
    await send({ type: 'input_audio_buffer.commit' })
    const [recognition] = stages.recognitions
    recognition?.options.onText?.(' take')
    recognition?.options.onText?.(' a')
    await settle()
    const deltas = () => all(`${heard}.delta`).map(({ delta }) => delta)
    expect(deltas()).toEqual(['take', ' a'])
    recognition?.understand('take a note')
    await settle()
    expect(deltas()).toEqual(['take', ' a', ' note'])
    expect(all(`${heard}.completed`)).toMatchObject([{ transcript: 'take a note' }])
  })

  it('guessed before the turn is over are told after it', async () => {
    const stages = fakeStages({
      stt: (recognition) => {
        recognition.options.onText?.('hel')
        recognition.understand('hello')
      },
    })
    const { takeTurn, types } = await connectCascade(stages, { intent: 'transcription' })
    await takeTurn()
    expect(types().slice(-5)).toEqual([
      'input_audio_buffer.committed',
      'conversation.item.added',
      'conversation.item.done',
      `${heard}.delta`,
      `${heard}.completed`,
    ])
  })
})

describe('speech inside an item', () => {
  it('is recognised before the answer, and its sound is not echoed', async () => {
    const stages = fakeStages()
    const { send, all, settle } = await connectCascade(stages)
    await send(user({ type: 'input_text', text: 'Listen:' }, { type: 'input_audio', audio: spoken }), {
      type: 'response.create',
    })
    expect(all('conversation.item.added')[0]?.item).toMatchObject({
      content: [{ type: 'input_text' }, { type: 'input_audio', transcript: null }],
    })
    expect(JSON.stringify(all('conversation.item.added'))).not.toContain(spoken)
    expect(stages.answers).toHaveLength(0)
    expect(stages.recognitions[0]?.audio.samples.length).toBeCloseTo(8000, -2)
    stages.recognitions[0]?.understand('play a song')
    await settle()
    expect(all(`${heard}.completed`)).toMatchObject([
      { item_id: 'mine', content_index: 1, transcript: 'play a song', usage: { seconds: 0.5 } },
    ])
    expect(stages.answers[0]?.request.items).toMatchObject([
      { content: [{ text: 'Listen:' }, { transcript: 'play a song' }] },
    ])
  })

  it('that has its words already is not recognised again', async () => {
    const stages = fakeStages()
    const { send } = await connectCascade(stages)
    await send(user({ type: 'input_audio', audio: spoken, transcript: 'known' }), { type: 'response.create' })
    expect(stages.recognitions).toEqual([])
    expect(stages.answers[0]?.request.items).toMatchObject([{ content: [{ transcript: 'known' }] }])
  })
})

describe('what a language model takes besides text', () => {
  const image = user({ type: 'input_image', image_url: 'data:image/png;base64,AAAA' })

  it('is declared as it declares it', () => {
    const capabilitiesOf = (llmTakes: { images?: boolean; temperature?: boolean }) =>
      cascade({
        name: 'local',
        title: '',
        description: '',
        stages: fakeStages({ llmTakes }),
        now: () => 0,
        newId: (prefix) => prefix,
      }).capabilities
    expect(capabilitiesOf({})).toMatchObject({ inputModalities: ['text', 'audio'], responseExtensions: [] })
    expect(capabilitiesOf({ images: true, temperature: true })).toMatchObject({
      inputModalities: ['text', 'audio', 'image'],
      sessionExtensions: [
        'temperature',
        'turn_detection',
        'input_audio_noise_reduction',
        'input_audio_echo_cancellation',
      ],
      responseExtensions: ['temperature'],
    })
  })

  it('is an image for a model that looks at images', async () => {
    const stages = fakeStages({ llmTakes: { images: true } })
    const { send } = await connectCascade(stages)
    await send(image, { type: 'response.create' })
    expect(stages.answers[0]?.request.items).toMatchObject([{ content: [{ type: 'input_image' }] }])
  })

  it('is no image for another, which says so', async () => {
    const { send, all } = await connectCascade(fakeStages())
    await send(image)
    expect(all('error')[0]?.error).toMatchObject({ code: 'unsupported', param: 'item.content' })
    expect(all('conversation.item.added')).toEqual([])
  })

  it('is a temperature for a model that heeds it', async () => {
    const warm: ClientEvent = {
      type: 'session.update',
      session: { type: 'realtime', extensions: { temperature: 1.2 } },
    }
    const heeding = fakeStages({ llmTakes: { temperature: true } })
    const other = fakeStages()
    for (const stages of [heeding, other]) {
      const { send } = await connectCascade(stages)
      await send(warm, { type: 'response.create' })
    }
    expect(heeding.answers[0]?.request.temperature).toBe(1.2)
    expect(other.answers[0]?.request).not.toHaveProperty('temperature')
  })
})

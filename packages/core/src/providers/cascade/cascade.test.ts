import { describe, expect, it } from 'vitest'
import { AudioPayload } from '../../events/audio-payload.ts'
import type { ClientEvent } from '../../events/client-events.ts'
import type { ServerEvent } from '../../events/server-events.ts'
import { connectCascade, spokenEnd } from '../../testing/cascade-fixture.ts'
import { fakeStages } from '../../testing/fake-stages.ts'
import type { FakeStagesOptions } from '../../testing/fake-stages.ts'

/** Stages that answer at once: one clause of 200 ms of sound. */
const prompt = {
  stt: (recognition) => recognition.understand('what is the time'),
  llm: (answer) => {
    answer.text('It is noon.')
    answer.end({ usage: { inputTokens: 12, outputTokens: 4 } })
  },
  tts: (speech) => {
    speech.sound(200)
    speech.end()
  },
} satisfies FakeStagesOptions

const typed = (text: string): ClientEvent => ({
  type: 'conversation.item.create',
  item: { type: 'message', role: 'user', content: [{ type: 'input_text', text }] },
})

const manual: ClientEvent = {
  type: 'session.update',
  session: { type: 'realtime', audio: { input: { turn_detection: null } } },
}

function detection(changes: Record<string, unknown>): ClientEvent {
  const turn_detection = { type: 'server_vad', ...changes } as const
  return { type: 'session.update', session: { type: 'realtime', audio: { input: { turn_detection } } } }
}

function idOf(event: ServerEvent | undefined): unknown {
  const { item_id, item } = (event ?? {}) as { item_id?: string; item?: { id?: string } }
  return item_id ?? item?.id
}

const committed = ['input_audio_buffer.committed', 'conversation.item.added', 'conversation.item.done']

const transcribed = [
  'conversation.item.input_audio_transcription.delta',
  'conversation.item.input_audio_transcription.completed',
]

const spokenResponse = [
  'response.created',
  'response.output_item.added',
  'conversation.item.added',
  'response.content_part.added',
  'response.output_audio_transcript.delta',
  'response.output_audio.delta',
  ...spokenEnd,
]

describe('the session', () => {
  it('begins with the whole effective session', async () => {
    const fixture = await connectCascade(fakeStages())
    expect(fixture.events).toMatchObject([
      {
        type: 'session.created',
        event_id: 'event_1',
        session: {
          type: 'realtime',
          object: 'realtime.session',
          id: 'sess_1',
          model: 'local',
          output_modalities: ['audio'],
          audio: {
            input: {
              format: { type: 'audio/pcm', rate: 24_000 },
              transcription: { model: 'fake-stt' },
              turn_detection: {
                type: 'server_vad',
                threshold: 0.5,
                prefix_padding_ms: 300,
                silence_duration_ms: 500,
                create_response: true,
                interrupt_response: true,
              },
            },
            output: { format: { type: 'audio/pcm', rate: 24_000 }, voice: 'ann', speed: 1 },
          },
          tools: [],
          tool_choice: 'auto',
        },
      },
    ])
  })

  it('answers an update with the whole session', async () => {
    const fixture = await connectCascade(fakeStages())
    fixture.forget()
    await fixture.send({
      type: 'session.update',
      session: { type: 'realtime', instructions: 'Be brief.', audio: { output: { voice: 'bert' } } },
    })
    expect(fixture.events).toMatchObject([
      {
        type: 'session.updated',
        session: { id: 'sess_1', instructions: 'Be brief.', audio: { output: { voice: 'bert', speed: 1 } } },
      },
    ])
  })

  it('refuses what it cannot do, names the field and the event, and goes on', async () => {
    const fixture = await connectCascade(fakeStages())
    fixture.forget()
    await fixture.send(
      {
        type: 'session.update',
        event_id: 'mine',
        session: { type: 'realtime', audio: { output: { format: { type: 'audio/pcmu' } } } },
      },
      { type: 'output_audio_buffer.clear' },
      { type: 'input_audio_buffer.clear' },
    )
    expect(fixture.events).toMatchObject([
      {
        type: 'error',
        error: { code: 'unsupported', param: 'session.audio.output.format', event_id: 'mine' },
      },
      { type: 'error', error: { code: 'unsupported', param: 'type' } },
      { type: 'input_audio_buffer.cleared' },
    ])
  })

  it('speaks with the voice of the language unless the client chose one', async () => {
    const stages = fakeStages(prompt)
    const fixture = await connectCascade(stages)
    const german = { input: { transcription: { language: 'de' } } }
    await fixture.send(
      { type: 'session.update', session: { type: 'realtime', audio: german } },
      typed('Hallo'),
      {
        type: 'response.create',
      },
    )
    await fixture.send(
      { type: 'session.update', session: { type: 'realtime', audio: { output: { voice: 'ann' } } } },
      { type: 'response.create' },
    )
    expect(stages.speeches.map(({ options }) => options.voice)).toEqual(['bert', 'ann'])
    expect(stages.answers[0]?.request.language).toBe('de')
    expect(fixture.all('response.done')[0]?.response.audio?.output?.voice).toBe('bert')
    expect(fixture.all('session.updated')[0]?.session).toMatchObject({ audio: { output: { voice: 'bert' } } })
  })
})

describe('a spoken turn', () => {
  it('is answered with every event in the order of GA', async () => {
    const fixture = await connectCascade(fakeStages(prompt))
    fixture.forget()
    await fixture.hush(400)
    await fixture.takeTurn()
    expect(fixture.types()).toEqual([
      'input_audio_buffer.speech_started',
      'input_audio_buffer.speech_stopped',
      ...committed,
      ...transcribed,
      ...spokenResponse,
    ])
    const userIds = fixture.events.slice(0, 7).map(idOf)
    expect(new Set(userIds)).toEqual(new Set(['item_1']))
    expect(fixture.all('conversation.item.added')).toMatchObject([
      {
        previous_item_id: null,
        item: { id: 'item_1', role: 'user', content: [{ type: 'input_audio', transcript: null }] },
      },
      { previous_item_id: 'item_1', item: { role: 'assistant', status: 'in_progress', content: [] } },
    ])
    expect(fixture.all('response.output_audio.delta').map(({ delta }) => delta.byteLength)).toEqual([
      4800, 4800,
    ])
    expect(fixture.all('response.done')).toMatchObject([
      {
        response: {
          object: 'realtime.response',
          status: 'completed',
          conversation_id: 'conv_1',
          output: [{ role: 'assistant', status: 'completed', content: [{ transcript: 'It is noon.' }] }],
        },
      },
    ])
  })

  it('has times in the session’s sound, padding before and silence after included', async () => {
    const fixture = await connectCascade(fakeStages(prompt))
    await fixture.hush(640)
    await fixture.say(960)
    await fixture.hush(700)
    const started = fixture.all('input_audio_buffer.speech_started')[0]?.audio_start_ms ?? 0
    const stopped = fixture.all('input_audio_buffer.speech_stopped')[0]?.audio_end_ms ?? 0
    expect(Math.abs(started - (640 - 300))).toBeLessThanOrEqual(32)
    expect(Math.abs(stopped - (1600 + 500))).toBeLessThanOrEqual(48)
  })

  it('is recognised with its padding, at 16 kHz, in the language of the session', async () => {
    const stages = fakeStages(prompt)
    const fixture = await connectCascade(stages)
    const audio = { input: { transcription: { language: 'de' } } }
    await fixture.send({ type: 'session.update', session: { type: 'realtime', audio } })
    await fixture.hush(640)
    await fixture.say(960)
    await fixture.hush(700)
    const recognition = stages.recognitions[0]
    expect(recognition?.options).toMatchObject({ language: 'de', speculative: true })
    expect(recognition?.audio.sampleRate).toBe(16_000)
    const ms = (recognition?.audio.samples.length ?? 0) / 16
    expect(Math.abs(ms - (300 + 960 + 96))).toBeLessThanOrEqual(48)
  })

  it('says how long each step took after the end of speech', async () => {
    const fixture = await connectCascade(fakeStages(prompt))
    await fixture.hush(640)
    await fixture.say(960)
    await fixture.hush(700)
    const parley = fixture.all('response.done')[0]?.response.parley
    const { timings } = parley as { timings: Record<string, number> }
    const stopped = timings['speech_stopped_ms'] ?? 0
    expect(Math.abs(stopped - 512)).toBeLessThanOrEqual(40)
    expect(timings).toEqual({
      speech_stopped_ms: stopped,
      transcript_ms: stopped,
      first_text_ms: stopped,
      first_audio_ms: stopped,
    })
  })

  it('counts tokens as OpenAI does, and none when the language model does not say', async () => {
    const fixture = await connectCascade(fakeStages(prompt))
    await fixture.takeTurn()
    const usage = fixture.all('response.done')[0]?.response.usage
    const heard = usage?.input_token_details?.audio_tokens ?? 0
    expect(heard).toBeGreaterThanOrEqual(15)
    expect(heard).toBeLessThanOrEqual(16)
    expect(usage).toEqual({
      total_tokens: 12 + 4 + heard + 4,
      input_tokens: 12 + heard,
      output_tokens: 8,
      input_token_details: {
        text_tokens: 12,
        audio_tokens: heard,
        image_tokens: 0,
        cached_tokens: 0,
        cached_tokens_details: { text_tokens: 0, audio_tokens: 0, image_tokens: 0 },
      },
      output_token_details: { text_tokens: 4, audio_tokens: 4 },
    })
    const silent = await connectCascade(fakeStages({ ...prompt, llm: (answer) => answer.end() }))
    await silent.send({ type: 'response.create' })
    expect(silent.all('response.done')[0]?.response.usage).toBeNull()
  })

  it('is not answered when nothing was understood', async () => {
    const stages = fakeStages({ ...prompt, stt: (recognition) => recognition.understand('') })
    const fixture = await connectCascade(stages)
    fixture.forget()
    await fixture.takeTurn()
    expect(fixture.types()).toEqual([
      'input_audio_buffer.speech_started',
      'input_audio_buffer.speech_stopped',
      ...committed,
      'conversation.item.input_audio_transcription.failed',
    ])
    expect(fixture.events.at(-1)).toMatchObject({
      item_id: 'item_1',
      error: { code: 'audio_unintelligible' },
    })
    expect(stages.answers).toHaveLength(0)
  })

  it('says so when the recogniser failed', async () => {
    const fixture = await connectCascade(
      fakeStages({ ...prompt, stt: (recognition) => recognition.fail(new Error('broken')) }),
    )
    await fixture.takeTurn()
    expect(fixture.events.at(-1)).toMatchObject({
      type: 'conversation.item.input_audio_transcription.failed',
      error: { type: 'server_error', code: 'engine_failed' },
    })
    expect(fixture.all('response.created')).toHaveLength(0)
  })

  it('is not answered by itself with create_response off', async () => {
    const fixture = await connectCascade(fakeStages(prompt))
    await fixture.send(detection({ create_response: false }))
    fixture.forget()
    await fixture.takeTurn()
    expect(fixture.types().slice(-2)).toEqual(transcribed)
    await fixture.send({ type: 'response.create' })
    expect(fixture.types().slice(-spokenResponse.length)).toEqual(spokenResponse)
  })

  it('has no transcript events with transcription off, and is answered all the same', async () => {
    const stages = fakeStages(prompt)
    const fixture = await connectCascade(stages)
    await fixture.send({
      type: 'session.update',
      session: { type: 'realtime', audio: { input: { transcription: null } } },
    })
    fixture.forget()
    await fixture.takeTurn()
    expect(fixture.types()).toEqual([
      'input_audio_buffer.speech_started',
      'input_audio_buffer.speech_stopped',
      ...committed,
      ...spokenResponse,
    ])
    expect(stages.answers[0]?.request.items).toMatchObject([
      { content: [{ transcript: 'what is the time' }] },
    ])
  })

  it('shows the model what was said before, cut to what was heard', async () => {
    const stages = fakeStages(prompt)
    const fixture = await connectCascade(stages)
    await fixture.takeTurn()
    const item_id = fixture.all('response.output_item.done')[0]?.item.id ?? ''
    await fixture.send({
      type: 'conversation.item.truncate',
      item_id,
      content_index: 0,
      audio_end_ms: 120,
      parley: { heard_transcript: 'It is' },
    })
    expect(fixture.events.at(-1)).toMatchObject({
      type: 'conversation.item.truncated',
      item_id,
      content_index: 0,
      audio_end_ms: 120,
    })
    await fixture.takeTurn()
    expect(stages.answers[1]?.request.items).toMatchObject([
      { role: 'user', content: [{ transcript: 'what is the time' }] },
      { role: 'assistant', content: [{ transcript: 'It is' }] },
      { role: 'user', content: [{ transcript: 'what is the time' }] },
    ])
  })

  it('longer than the recogniser takes is recognised in pieces and answered once', async () => {
    let piece = 0
    const stages = fakeStages({
      ...prompt,
      maxSeconds: 2,
      stt: (recognition) => recognition.understand(`part ${(piece += 1)}`),
    })
    const fixture = await connectCascade(stages)
    await fixture.say(5000)
    await fixture.hush(700)
    const words = fixture
      .all('conversation.item.input_audio_transcription.completed')
      .map((event) => event.transcript)
    expect(words).toEqual(['part 1 part 2 part 3'])
    expect(fixture.all('response.done')).toHaveLength(1)
  })

  it('is heard with a new detector when the old one failed', async () => {
    let failures = 1
    const stages = fakeStages({
      ...prompt,
      vad: (frame) => {
        if (failures-- > 0) return frame.fail(new Error('detector died'))
        frame.answer(Math.abs(frame.samples[100] ?? 0) > 0.1 ? 0.9 : 0)
      },
    })
    const fixture = await connectCascade(stages)
    fixture.forget()
    await fixture.hush(400)
    await fixture.takeTurn()
    expect(fixture.types()[0]).toBe('error')
    expect(fixture.all('error')).toMatchObject([{ error: { code: 'engine_failed' } }])
    expect(fixture.all('response.done')).toHaveLength(1)
    expect(stages.openStreams).toBe(1)
  })
})

describe('push to talk', () => {
  it('commits what was appended and waits to be asked', async () => {
    const stages = fakeStages(prompt)
    const fixture = await connectCascade(stages)
    await fixture.send(manual)
    fixture.forget()
    await fixture.say(600)
    await fixture.send({ type: 'input_audio_buffer.commit' })
    expect(fixture.types()).toEqual([...committed, ...transcribed])
    expect(stages.frames).toHaveLength(0)
    expect((stages.recognitions[0]?.audio.samples.length ?? 0) / 16).toBeGreaterThan(590)
    fixture.forget()
    await fixture.send({ type: 'response.create' })
    expect(fixture.types()).toEqual(spokenResponse)
  })

  it('answers only once the words are known', async () => {
    const stages = fakeStages({ llm: prompt.llm, tts: prompt.tts })
    const fixture = await connectCascade(stages)
    await fixture.send(manual)
    await fixture.say(600)
    await fixture.send({ type: 'input_audio_buffer.commit' }, { type: 'response.create' })
    expect(fixture.types().at(-1)).toBe('response.created')
    expect(stages.answers).toHaveLength(0)
    fixture.wait(150)
    stages.recognitions[0]?.understand('hello')
    await fixture.settle()
    expect(stages.answers[0]?.request.items).toMatchObject([{ content: [{ transcript: 'hello' }] }])
    expect(fixture.all('response.done')[0]?.response.parley).toEqual({
      timings: { speech_stopped_ms: null, transcript_ms: 150, first_text_ms: 150, first_audio_ms: 150 },
    })
  })

  it('forgets what was cleared', async () => {
    const stages = fakeStages(prompt)
    const fixture = await connectCascade(stages)
    await fixture.send(manual)
    await fixture.say(600)
    await fixture.send({ type: 'input_audio_buffer.clear' })
    await fixture.say(200)
    await fixture.send({ type: 'input_audio_buffer.commit' })
    expect((stages.recognitions[0]?.audio.samples.length ?? 0) / 16).toBeLessThan(220)
  })

  it('leaves out sound that nobody commits for minutes, and says so once', async () => {
    const fixture = await connectCascade(fakeStages({ ...prompt, maxSeconds: 1000 }))
    await fixture.send(manual)
    const audio = AudioPayload.fromBytes(new Uint8Array(60 * 48_000))
    for (let minute = 0; minute < 7; minute++)
      await fixture.send({ type: 'input_audio_buffer.append', audio })
    expect(fixture.all('error')).toMatchObject([{ error: { code: 'buffer_overflow' } }])
  })

  it('can be taken up again in mid-session', async () => {
    const fixture = await connectCascade(fakeStages(prompt))
    await fixture.send(manual)
    await fixture.say(600)
    await fixture.send(detection({}))
    fixture.forget()
    await fixture.hush(400)
    await fixture.takeTurn()
    expect(fixture.all('response.done')).toHaveLength(1)
    expect(fixture.all('input_audio_buffer.speech_started')).toHaveLength(1)
  })
})

describe('silence after an answer', () => {
  it('is answered after idle_timeout_ms, counted from the end of the sound', async () => {
    const stages = fakeStages(prompt)
    const fixture = await connectCascade(stages)
    await fixture.send(detection({ idle_timeout_ms: 5000 }), typed('hi'), { type: 'response.create' })
    fixture.forget()
    await fixture.hush(5000)
    expect(fixture.events).toHaveLength(0)
    await fixture.hush(400)
    expect(fixture.types().slice(0, 4)).toEqual(['input_audio_buffer.timeout_triggered', ...committed])
    expect(fixture.all('response.done')).toHaveLength(1)
    expect(stages.answers[1]?.request.items.at(-1)).toMatchObject({
      role: 'system',
      content: [{ text: 'The user has said nothing for 5 seconds.' }],
    })
  })

  it('does not count while the user speaks', async () => {
    const fixture = await connectCascade(fakeStages({ ...prompt, stt: () => {} }))
    await fixture.send(detection({ idle_timeout_ms: 5000 }), typed('hi'), { type: 'response.create' })
    await fixture.say(8000)
    expect(fixture.all('input_audio_buffer.timeout_triggered')).toHaveLength(0)
  })
})

import { describe, expect, it } from 'vitest'
import { connectCascade } from '../../testing/cascade-fixture.ts'
import { fakeStages } from '../../testing/fake-stages.ts'
import type { FakeStagesOptions } from '../../testing/fake-stages.ts'

/** Stages that answer at once: one clause of 200 ms of sound. */
const prompt: FakeStagesOptions = {
  stt: (recognition) => recognition.understand('what is the time'),
  llm: (answer) => {
    answer.text('It is noon.')
    answer.end({ usage: { inputTokens: 12, outputTokens: 4 } })
  },
  tts: (speech) => {
    speech.sound(200)
    speech.end()
  },
}

describe('cascade', () => {
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

  it('answers a spoken turn with every event in the order of GA', async () => {
    const fixture = await connectCascade(fakeStages(prompt))
    fixture.forget()
    await fixture.hush(400)
    await fixture.say(1000)
    await fixture.hush(700)
    expect(fixture.types()).toEqual([
      'input_audio_buffer.speech_started',
      'input_audio_buffer.speech_stopped',
      'input_audio_buffer.committed',
      'conversation.item.added',
      'conversation.item.done',
      'conversation.item.input_audio_transcription.delta',
      'conversation.item.input_audio_transcription.completed',
      'response.created',
      'response.output_item.added',
      'conversation.item.added',
      'response.content_part.added',
      'response.output_audio_transcript.delta',
      'response.output_audio.delta',
      'response.output_audio.done',
      'response.output_audio_transcript.done',
      'response.content_part.done',
      'conversation.item.done',
      'response.output_item.done',
      'response.done',
    ])
  })
})

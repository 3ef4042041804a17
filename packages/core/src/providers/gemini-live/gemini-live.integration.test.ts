import { describe, expect, it } from 'vitest'
import { startCall } from './__fixtures__/call.ts'

describe('a session with Gemini Live', () => {
  it('answers a written turn with sound and words in the order of GA', async () => {
    await using call = await startCall()
    call.configure()
    call.write('hello there')
    call.respond()
    const done = await call.next('response.done')
    expect(done.response).toMatchObject({
      status: 'completed',
      output: [{ content: [{ transcript: 'You said: hello there.' }] }],
    })
    expect(call.typesSince('response.created')).toMatchInlineSnapshot(`
      [
        "response.created",
        "response.output_item.added",
        "conversation.item.added",
        "response.content_part.added",
        "response.output_audio.delta",
        "response.output_audio_transcript.delta",
        "response.output_audio.delta",
        "response.output_audio_transcript.delta",
        "response.output_audio.delta",
        "response.output_audio_transcript.delta",
        "response.output_audio.delta",
        "response.output_audio_transcript.delta",
        "response.output_audio.done",
        "response.output_audio_transcript.done",
        "response.content_part.done",
        "conversation.item.done",
        "response.output_item.done",
        "response.done",
      ]
    `)
    expect(call.upstream.violations).toEqual([])
  })

  it('answers a spoken turn, with its transcript', async () => {
    await using call = await startCall()
    call.configure({ audio: { input: { transcription: {} } } })
    await call.next('session.updated')
    call.speak()
    const done = await call.next('response.done')
    expect(done.response).toMatchObject({
      status: 'completed',
      output: [{ content: [{ transcript: 'I heard you.' }] }],
    })
    expect(call.typesSince('input_audio_buffer.speech_started')).toMatchInlineSnapshot(`
      [
        "input_audio_buffer.speech_started",
        "conversation.item.input_audio_transcription.delta",
        "input_audio_buffer.speech_stopped",
        "input_audio_buffer.committed",
        "conversation.item.added",
        "conversation.item.done",
        "response.created",
        "response.output_item.added",
        "conversation.item.added",
        "response.content_part.added",
        "response.output_audio.delta",
        "response.output_audio_transcript.delta",
        "response.output_audio.delta",
        "response.output_audio_transcript.delta",
        "response.output_audio.delta",
        "response.output_audio_transcript.delta",
        "response.output_audio.done",
        "response.output_audio_transcript.done",
        "response.content_part.done",
        "conversation.item.done",
        "response.output_item.done",
        "response.done",
      ]
    `)
    expect(call.upstream.violations).toEqual([])
  })
})

import { describe, expect, it } from 'vitest'
import { RealtimeError } from '../../errors.ts'
import { fakeStages } from '../../testing/fake-stages.ts'
import { spokenEnd } from '../../testing/cascade-fixture.ts'
import { connectDuet } from './__fixtures__/connect-duet.ts'
import { speechStarted, writing } from './__fixtures__/mind-events.ts'
import {
  scriptedLeg,
  scriptedVoice,
  sound,
  spokenTexts,
  voiceCapabilities,
} from './__fixtures__/scripted-leg.ts'
import { cascade } from '../cascade/cascade.ts'
import { duet } from './duet.ts'

const first = 'Hello there. '
const second = 'How are you?'

describe('a duet', () => {
  it('begins as one session: the mind writes and never speaks, the voice never listens', async () => {
    const voice = scriptedVoice()
    const { mind, all } = await connectDuet({ provider: voice.provider })
    expect(all('session.created')).toHaveLength(1)
    expect(all('session.created')[0]?.session).toMatchObject({
      id: 'sess_1',
      output_modalities: ['audio'],
      audio: { output: { voice: 'en-US-AvaMultilingualNeural' } },
    })
    expect(all('session.updated')).toEqual([])
    expect(mind.received).toMatchObject([
      { type: 'session.update', session: { type: 'realtime', output_modalities: ['text'] } },
    ])
    expect(voice.received).toMatchObject([
      {
        type: 'session.update',
        session: {
          audio: { input: { turn_detection: null } },
          extensions: { voice: { type: 'azure-standard', name: 'en-US-AvaMultilingualNeural' } },
        },
      },
    ])
  })

  it('keeps the microphone with the mind', async () => {
    const voice = scriptedVoice()
    const { mind, send } = await connectDuet({ provider: voice.provider })
    await send({ type: 'input_audio_buffer.append', audio: sound(1) }, { type: 'input_audio_buffer.commit' })
    expect(mind.received.map(({ type }) => type)).toContain('input_audio_buffer.append')
    expect(voice.received.map(({ type }) => type)).not.toContain('input_audio_buffer.append')
  })

  it('speaks what the mind writes as one spoken answer under the ids of the mind', async () => {
    const voice = scriptedVoice()
    const { think, types, all, forget } = await connectDuet({ provider: voice.provider })
    forget()
    const answer = writing()
    await think(...answer.begin(), answer.text(first), answer.text(second), ...answer.end(first + second))
    expect(types()).toEqual([
      'response.created',
      'response.output_item.added',
      'conversation.item.added',
      'response.content_part.added',
      'response.output_audio_transcript.delta',
      'response.output_audio.delta',
      'response.output_audio_transcript.delta',
      'response.output_audio.delta',
      ...spokenEnd,
    ])
    expect(spokenTexts(voice)).toEqual(['Hello there.', 'How are you?'])
    expect(all('response.output_audio.delta').map(({ delta }) => delta.bytes[0])).toEqual([1, 2])
    const ids = { response_id: 'r1', item_id: 'a1', output_index: 0, content_index: 0 }
    expect(all('response.output_audio_transcript.delta')).toMatchObject([
      { ...ids, delta: first },
      { ...ids, delta: second },
    ])
    const content = [{ type: 'output_audio', transcript: first + second }]
    expect(all('response.output_audio_transcript.done')).toMatchObject([
      { ...ids, transcript: first + second },
    ])
    expect(all('conversation.item.done')).toMatchObject([
      { item: { id: 'a1', status: 'completed', content } },
    ])
    expect(all('response.created')[0]?.response).toMatchObject({ output_modalities: ['audio'] })
    expect(all('response.done')[0]?.response).toMatchObject({
      status: 'completed',
      output: [{ id: 'a1', content }],
      output_modalities: ['audio'],
      usage: {
        total_tokens: 34,
        input_tokens: 20,
        output_tokens: 14,
        output_token_details: { text_tokens: 10, audio_tokens: 4 },
      },
    })
  })

  it('speaks the first sentence while the mind still writes, one at a time', async () => {
    const voice = scriptedVoice({ finishes: false })
    const { think, all, settle } = await connectDuet({ provider: voice.provider })
    const answer = writing()
    await think(...answer.begin(), answer.text('Hello the'))
    expect(spokenTexts(voice)).toEqual([])
    await think(answer.text('re. How are you? I am'))
    expect(spokenTexts(voice)).toEqual(['Hello there.'])
    expect(all('response.output_audio.delta')).toHaveLength(1)
    voice.finish()
    await settle()
    expect(spokenTexts(voice)).toEqual(['Hello there.', 'How are you?'])
  })

  it('does not speak Markdown, but tells it', async () => {
    const voice = scriptedVoice()
    const { think, all } = await connectDuet({ provider: voice.provider })
    const answer = writing()
    await think(
      ...answer.begin(),
      answer.text('**Well**, yes.\n---\n'),
      ...answer.end('**Well**, yes.\n---\n'),
    )
    expect(spokenTexts(voice)).toEqual(['Well, yes.'])
    expect(all('response.output_audio_transcript.done')[0]?.transcript).toBe('**Well**, yes.\n---\n')
  })

  it('passes tool calls on after what was said before them', async () => {
    const voice = scriptedVoice()
    const { think, types, all, forget } = await connectDuet({ provider: voice.provider })
    forget()
    const call = {
      id: 'f1',
      type: 'function_call',
      call_id: 'c1',
      name: 'look',
      arguments: '{}',
      status: 'completed',
    }
    const fields = { response_id: 'r1', item_id: 'f1', output_index: 1, call_id: 'c1' }
    const answer = writing()
    const ending = answer.end('Let me look.')
    await think(
      ...answer.begin(),
      answer.text('Let me look.'),
      ...ending.slice(0, -1),
      { type: 'response.output_item.added', response_id: 'r1', output_index: 1, item: call },
      { type: 'conversation.item.added', item: call },
      { type: 'response.function_call_arguments.done', ...fields, name: 'look', arguments: '{}' },
      { type: 'conversation.item.done', item: call },
      { type: 'response.output_item.done', response_id: 'r1', output_index: 1, item: call },
      ...ending.slice(-1),
    )
    expect(types().slice(-7)).toEqual([
      'response.output_item.done',
      'response.output_item.added',
      'conversation.item.added',
      'response.function_call_arguments.done',
      'conversation.item.done',
      'response.output_item.done',
      'response.done',
    ])
    expect(all('response.function_call_arguments.done')[0]).toMatchObject({ call_id: 'c1', arguments: '{}' })
  })

  it('passes on at once what does not belong to an answer', async () => {
    const voice = scriptedVoice({ finishes: false })
    const { think, types, forget } = await connectDuet({ provider: voice.provider })
    const answer = writing()
    await think(...answer.begin(), answer.text(first), ...answer.end(first))
    forget()
    await think({
      type: 'conversation.item.input_audio_transcription.completed',
      item_id: 'u1',
      content_index: 0,
      transcript: 'hello',
    })
    expect(types()).toEqual(['conversation.item.input_audio_transcription.completed'])
  })

  it('begins an answer only when the one before it is told whole', async () => {
    const voice = scriptedVoice({ finishes: false })
    const mind = scriptedLeg({
      session: { audio: { input: { turn_detection: { type: 'server_vad', interrupt_response: false } } } },
    })
    const { think, all, types, settle } = await connectDuet({ provider: voice.provider }, { mind })
    const [one, two] = [writing('r1', 'a1'), writing('r2', 'a2')]
    await think(...one.begin(), one.text(first), ...one.end(first))
    await think(speechStarted, ...two.begin(), two.text(second), ...two.end(second))
    expect(all('response.created')).toHaveLength(1)
    voice.finish()
    await settle()
    voice.finish()
    await settle()
    expect(types().filter((type) => /^response\.(created|done)$/.test(type))).toEqual([
      'response.created',
      'response.done',
      'response.created',
      'response.done',
    ])
  })
})

describe('a written answer of a duet', () => {
  it('passes the voice by, for one response or for the session', async () => {
    const voice = scriptedVoice()
    const { think, send, all, mind, types } = await connectDuet({ provider: voice.provider })
    await send({
      type: 'response.create',
      response: { output_modalities: ['text'], instructions: 'Be brief.' },
    })
    expect(mind.all('response.create')).toMatchObject([
      { response: { output_modalities: ['text'], instructions: 'Be brief.' } },
    ])
    const one = writing()
    await think(...one.begin({ conversation_id: 'c1' }), one.text(first), ...one.end(first))
    await send({ type: 'session.update', session: { type: 'realtime', output_modalities: ['text'] } })
    expect(all('session.updated')[0]?.session).toMatchObject({ output_modalities: ['text'] })
    const two = writing('r2', 'a2')
    await think(...two.begin(), two.text(first), ...two.end(first))
    expect(spokenTexts(voice)).toEqual([])
    expect(all('response.output_text.done').map(({ text }) => text)).toEqual([first, first])
    expect(types().filter((type) => type.includes('audio'))).toEqual([])
    expect(all('response.done').map(({ response }) => response.output_modalities)).toEqual([
      ['text'],
      ['text'],
    ])
  })

  it('out of band does not wait for the voice', async () => {
    const voice = scriptedVoice({ finishes: false })
    const { think, send, all } = await connectDuet({ provider: voice.provider })
    const spoken = writing()
    await think(...spoken.begin({ conversation_id: 'c1' }), spoken.text(first), ...spoken.end(first))
    await send({ type: 'response.create', response: { conversation: 'none', output_modalities: ['text'] } })
    const aside = writing('r2', 'a2')
    await think(
      ...aside.begin({ conversation_id: null }).filter(({ type }) => !type.startsWith('conversation')),
      aside.text('ok'),
      ...aside.end('ok').filter(({ type }) => !type.startsWith('conversation')),
    )
    expect(all('response.done').map(({ response }) => response.id)).toEqual(['r2'])
  })

  it('is refused while an answer is still spoken', async () => {
    const voice = scriptedVoice({ finishes: false })
    const { think, send, all, mind } = await connectDuet({ provider: voice.provider })
    const answer = writing()
    await think(...answer.begin(), answer.text(first), ...answer.end(first))
    await send({ type: 'response.create', event_id: 'again' })
    expect(all('error')).toMatchObject([
      { error: { code: 'conversation_already_has_active_response', event_id: 'again' } },
    ])
    expect(mind.all('response.create')).toEqual([])
  })
})

describe('an engine as the voice of a duet', () => {
  it('speaks like any other, and its sound is counted', async () => {
    const stages = fakeStages({
      tts: (speech) => {
        speech.sound(100)
        speech.end()
      },
    })
    const { think, all, send } = await connectDuet({ tts: stages.tts })
    await send({
      type: 'session.update',
      session: { type: 'realtime', audio: { output: { voice: 'bert', speed: 1.25 } } },
    })
    expect(all('session.updated')[0]?.session).toMatchObject({
      audio: { output: { voice: 'bert', speed: 1.25 } },
    })
    const answer = writing()
    await think(...answer.begin(), answer.text(first), answer.text(second), ...answer.end(first + second))
    expect(stages.speeches.map(({ text, options }) => [text, options.voice, options.speed])).toEqual([
      ['Hello there.', 'bert', 1.25],
      ['How are you?', 'bert', 1.25],
    ])
    expect(all('response.done')[0]?.response.usage).toMatchObject({ output_tokens: 14 })
    expect(all('response.output_audio.delta').length).toBeGreaterThan(0)
  })

  it('is asked for a voice of the language when the client names none', async () => {
    const { send, all } = await connectDuet({ tts: fakeStages().tts })
    expect(all('session.created')[0]?.session).toMatchObject({ audio: { output: { voice: 'ann' } } })
    const input = { transcription: { language: 'de-AT' } }
    await send({ type: 'session.update', session: { type: 'realtime', audio: { input } } })
    expect(all('session.updated')[0]?.session).toMatchObject({ audio: { output: { voice: 'bert' } } })
  })

  it('speaks for a language model of our own, which is a cascade that writes', async () => {
    const stages = fakeStages({
      llm: (answer) => {
        answer.text('It is noon. ')
        answer.end({ usage: { inputTokens: 5, outputTokens: 3 } })
      },
      tts: (speech) => {
        speech.sound(100)
        speech.end()
      },
    })
    let count = 0
    const ports = { now: () => 0, newId: (prefix: string) => `${prefix}_${++count}` }
    const mind = cascade({ name: 'local', title: 'Local', description: '', stages, ...ports })
    const provider = duet({ name: 'duet', mind: { provider: mind }, voice: { tts: stages.tts }, ...ports })
    const channel = await provider.connect({ model: undefined, signal: new AbortController().signal })
    channel.send({ type: 'response.create' })
    const types = new Set<string>()
    for await (const event of channel) {
      types.add(event.type)
      if (event.type !== 'response.done') continue
      expect(event.response).toMatchObject({
        output: [{ content: [{ type: 'output_audio', transcript: 'It is noon. ' }] }],
        usage: { input_tokens: 5, output_token_details: { text_tokens: 3, audio_tokens: 2 } },
      })
      break
    }
    await channel.close()
    expect(types).toContain('response.output_audio.delta')
    expect(stages.speeches.map(({ text }) => text)).toEqual(['It is noon.'])
  })

  it('refuses a format it does not speak', async () => {
    const { send, all, mind } = await connectDuet({ tts: fakeStages().tts })
    const output = { format: { type: 'audio/pcmu' as const } }
    await send({ type: 'session.update', event_id: 'mine', session: { type: 'realtime', audio: { output } } })
    expect(all('error')).toMatchObject([{ error: { code: 'unsupported', event_id: 'mine' } }])
    expect(mind.all('session.update')).toHaveLength(1)
  })
})

describe('what cannot be a duet', () => {
  const rest = { name: 'duet', now: () => 0, newId: (prefix: string) => prefix }
  const mute = scriptedLeg().provider
  it('is a mind that does not write', () => {
    const mind = scriptedLeg({ capabilities: { outputModalities: ['audio'] } }).provider
    expect(() =>
      duet({ ...rest, mind: { provider: mind }, voice: { provider: scriptedVoice().provider } }),
    ).toThrow(expect.objectContaining({ code: 'unsupported', param: 'mind' }))
  })

  it('is a voice that does not speak given text', () => {
    expect(() => duet({ ...rest, mind: { provider: mute }, voice: { provider: mute } })).toThrow(
      expect.objectContaining({ code: 'unsupported', param: 'voice' }),
    )
  })

  it.each(['mind', 'voice'] as const)(
    'is one whose %s cannot be reached, and the other is closed',
    async (which) => {
      const legs = { mind: scriptedLeg(), voice: scriptedLeg({ capabilities: voiceCapabilities }) }
      legs[which].refuse = new RealtimeError('invalid_api_key', 'The key is wrong.')
      const provider = duet({
        ...rest,
        mind: { provider: legs.mind.provider },
        voice: { provider: legs.voice.provider },
      })
      await expect(
        provider.connect({ model: undefined, signal: new AbortController().signal }),
      ).rejects.toMatchObject({
        code: 'invalid_api_key',
        message: `The ${which} of the duet: The key is wrong.`,
      })
      await new Promise((resolve) => setImmediate(resolve))
      expect([legs.mind.open, legs.voice.open]).toEqual([0, 0])
    },
  )

  it('needs no voice to write down speech', async () => {
    const legs = { mind: scriptedLeg(), voice: scriptedVoice() }
    const provider = duet({
      ...rest,
      mind: { provider: legs.mind.provider },
      voice: { provider: legs.voice.provider },
    })
    await provider.connect({ model: 'm', intent: 'transcription', signal: new AbortController().signal })
    expect(legs.mind.requests).toMatchObject([{ intent: 'transcription', model: 'm' }])
    expect(legs.voice.requests).toEqual([])
  })
})

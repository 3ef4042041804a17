import { tool } from '@openai/agents-realtime'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { connectBeta } from './testing/beta-client.ts'
import { startCloudGateway } from './testing/cloud-gateway.ts'
import { expectWellFormed, outlineOf, outlines } from './testing/event-order.ts'
import { connectAgents, connectOpenAI, trustCertificate } from './testing/official-clients.ts'
import { atSpeakingPace, spokenText } from './testing/spoken-text.ts'
import { wordsOf } from './testing/spoken-words.ts'
import { connectVoiceLive, updateVoiceLive } from './testing/voice-live-client.ts'

let question: readonly Uint8Array<ArrayBuffer>[]

beforeAll(async () => {
  trustCertificate()
  question = await spokenText('What can you remember?', { leadMs: 300, tailMs: 900 })
})

const parameters = { type: 'object', properties: { q: { type: 'string' } }, required: ['q'] }
const lookup = { type: 'function', name: 'lookup', description: 'Looks something up.', parameters } as const

function userText(text: string) {
  const content = [{ type: 'input_text' as const, text }]
  return { type: 'conversation.item.create', item: { type: 'message', role: 'user', content } } as const
}

describe.each(['openai', 'azure-openai', 'gemini-live'] as const)('@azure/ai-voicelive to %s', (service) => {
  it('writes, speaks, calls a tool, and goes on after an error', async () => {
    await using gateway = await startCloudGateway(service)
    await using client = await connectVoiceLive({ url: gateway.url, conversation: 'conv_a' })
    const updated = await updateVoiceLive(client, {
      modalities: ['text', 'audio'],
      instructions: 'Be brief.',
      // What samples of the SDK ask for, and only Voice Live has.
      voice: { type: 'azure-standard', name: 'en-US-AvaMultilingualNeural' },
      inputAudioTranscription: { model: 'azure-speech' },
      turnDetection: { type: 'azure_semantic_vad' },
      inputAudioNoiseReduction: { type: 'azure_deep_noise_suppression' },
      inputAudioEchoCancellation: { type: 'server_echo_cancellation' },
      tools: [lookup],
    })
    expect(updated).toMatchObject({
      session: {
        id: expect.any(String),
        instructions: 'Be brief.',
        inputAudioFormat: 'pcm16',
        tools: [{ type: 'function', name: 'lookup' }],
      },
    })

    await client.session.sendEvent(userText('good morning') as never)
    await client.session.sendEvent({ type: 'response.create' })
    const { response } = await client.log.next('response.done')
    expect(wordsOf(response)).toContain('good morning')
    await client.log.next('response.audio.delta')

    await client.session.sendEvent(userText('please call lookup') as never)
    await client.session.sendEvent({ type: 'response.create' })
    const asking = (await client.log.next('response.done')).response
    expect(asking.output).toMatchObject([
      { type: 'function_call', name: 'lookup', arguments: '{"q":"lookup"}' },
    ])
    const callId = (asking.output?.[0] as { readonly callId?: string } | undefined)?.callId ?? ''
    await client.session.addConversationItem({ type: 'function_call_output', callId, output: 'found it' })
    await client.session.sendEvent({ type: 'response.create' })
    expect(wordsOf((await client.log.next('response.done')).response)).toContain('found it')

    await atSpeakingPace(question, (frame) => void client.session.sendAudio(frame))
    const heard = await client.log.next('conversation.item.input_audio_transcription.completed')
    expect(heard.transcript).toBe('hello upstream')
    expect(wordsOf((await client.log.next('response.done')).response)).toContain('I heard you')
    expect(client.errors).toEqual([])

    await client.session.sendEvent({ type: 'no.such.event' } as never)
    await client.log.next('error')
    await client.session.sendEvent(userText('still there') as never)
    await client.session.sendEvent({ type: 'response.create' })
    expect(wordsOf((await client.log.next('response.done')).response)).toContain('still there')
    expect(gateway.upstream.violations).toEqual([])
  })
})

describe.each(['voice-live', 'gemini-live'] as const)('the openai package to %s', (service) => {
  it.each(['ws', 'native'] as const)('writes, speaks and calls a tool with its %s class', async (kind) => {
    await using gateway = await startCloudGateway(service)
    using client = await connectOpenAI(kind, { url: gateway.url, conversation: 'conv_a' })
    client.send({
      type: 'session.update',
      session: {
        type: 'realtime',
        instructions: 'Be brief.',
        tools: [lookup],
        audio: { input: { transcription: { model: 'whisper-1' }, turn_detection: { type: 'server_vad' } } },
      },
    })
    const { session } = await client.log.next('session.updated')
    expect(session).toMatchObject({
      type: 'realtime',
      instructions: 'Be brief.',
      tools: [{ name: 'lookup' }],
    })

    client.send(userText('good morning') as never)
    client.send({ type: 'response.create' })
    const spoken = (await client.log.next('response.done')).response
    expect(wordsOf(spoken)).toContain('good morning')
    expect(outlineOf(client.log.events, spoken.id ?? '')).toEqual(outlines.audio)

    client.send(userText('please call lookup') as never)
    client.send({ type: 'response.create' })
    const asking = (await client.log.next('response.done')).response
    const call = asking.output?.[0]
    if (call?.type !== 'function_call') throw new Error('No call')
    expect(outlineOf(client.log.events, asking.id ?? '')).toEqual(outlines.call)
    client.send({
      type: 'conversation.item.create',
      item: { type: 'function_call_output', call_id: call.call_id ?? '', output: 'found it' },
    })
    client.send({ type: 'response.create' })
    expect(wordsOf((await client.log.next('response.done')).response)).toContain('found it')

    await atSpeakingPace(question, (frame) => client.sendAudio(frame))
    const heard = await client.log.next('conversation.item.input_audio_transcription.completed')
    expect(heard.transcript).toBe('hello upstream')
    expect(wordsOf((await client.log.next('response.done')).response)).toContain('I heard you')
    expectWellFormed(client.log.events)
    expect(client.errors).toEqual([])
    expect(gateway.upstream.violations).toEqual([])
  })
})

describe.each(['openai', 'voice-live', 'gemini-live'] as const)(
  'an openai client from before GA to %s',
  (service) => {
    it.each([{ azure: false }, { azure: true }])('writes and speaks ($azure: Azure)', async ({ azure }) => {
      await using gateway = await startCloudGateway(service)
      using client = await connectBeta({ url: gateway.url, azure })
      client.send({
        type: 'session.update',
        session: {
          modalities: ['text', 'audio'],
          instructions: 'Be brief.',
          voice: 'alloy',
          input_audio_transcription: { model: 'whisper-1' },
          turn_detection: { type: 'server_vad' },
          tools: [lookup],
        },
      })
      const { session } = await client.log.next('session.updated')
      expect(session).toMatchObject({ instructions: 'Be brief.', tools: [{ name: 'lookup' }] })
      expect(session).not.toHaveProperty('audio')
      client.send(userText('good morning') as never)
      client.send({ type: 'response.create' })
      expect(wordsOf((await client.log.next('response.done')).response)).toContain('good morning')
      await client.log.next('response.audio.delta')
      await atSpeakingPace(question, (frame) => client.sendAudio(frame))
      const heard = await client.log.next('conversation.item.input_audio_transcription.completed')
      expect(heard.transcript).toBe('hello upstream')
      expect(wordsOf((await client.log.next('response.done')).response)).toContain('I heard you')
      expect(client.errors).toEqual([])
      expect(gateway.upstream.violations).toEqual([])
    })
  },
)

describe.each(['openai', 'voice-live', 'gemini-live'] as const)(
  '@openai/agents-realtime to %s',
  (service) => {
    it('updates twice, runs its tool, sees every response, and retrieves what was said', async () => {
      await using gateway = await startCloudGateway(service)
      const asked: string[] = []
      const lookupTool = tool({
        name: 'lookup',
        description: 'Looks something up.',
        parameters: z.object({ q: z.string() }),
        execute({ q }) {
          asked.push(q)
          return 'found it'
        },
      })
      using client = await connectAgents(
        { url: gateway.url, conversation: 'conv_a' },
        { tools: [lookupTool], config: { audio: { input: { turnDetection: { type: 'server_vad' } } } } },
      )
      client.session.sendMessage('good morning')
      expect(wordsOf((await client.log.next('response.done')).response)).toContain('good morning')
      // The SDK drops a response whose voice is no string.
      const created = await client.log.next('response.created')
      expect(created.response.audio?.output?.voice ?? '').toEqual(expect.any(String))

      client.session.sendMessage('please call lookup')
      await client.log.next('response.done')
      expect(wordsOf((await client.log.next('response.done')).response)).toContain('found it')
      expect(asked).toEqual(['lookup'])

      await atSpeakingPace(question, (frame) => client.session.sendAudio(frame.buffer))
      const heard = await client.log.next('conversation.item.input_audio_transcription.completed')
      await client.log.next('conversation.item.retrieved')
      await client.log.next('response.done')
      expect(heard.transcript).toBe('hello upstream')
      expect(JSON.stringify(client.session.history)).toContain('hello upstream')
      expect(JSON.stringify(client.session.history)).toContain('I heard you')
      expect(client.errors).toEqual([])
      expect(gateway.upstream.violations).toEqual([])
    })
  },
)

import { base64ToBytes } from '@parley/audio'
import { describe, expect, it } from 'vitest'
import { connectBeta } from './testing/beta-client.ts'
import type { BetaClient } from './testing/beta-client.ts'
import { useLocalGateways } from './testing/local-gateways.ts'
import { shareHeard } from './testing/recognised-text.ts'
import { endlessQuestion } from './testing/scripted-chat.ts'
import { atSpeakingPace } from './testing/spoken-text.ts'

const gateways = useLocalGateways('What can you remember?')

const weather = {
  type: 'function',
  name: 'get_weather',
  description: 'The weather in a city.',
  parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
} as const

/** Asks in writing and waits for the end of the answer. */
async function ask(client: BetaClient, text: string, modalities?: ('text' | 'audio')[]) {
  client.send({
    type: 'conversation.item.create',
    item: { type: 'message', role: 'user', content: [{ type: 'input_text', text }] },
  })
  client.send({ type: 'response.create', ...(modalities && { response: { modalities } }) })
  return (await client.log.next('response.done')).response
}

/** The words of the only message of a response. */
function wordsOf({ output }: Awaited<ReturnType<typeof ask>>): string {
  const part = output?.[0]?.content?.[0]
  return part?.transcript ?? part?.text ?? ''
}

/** The sound of a response. */
function soundOf({ log }: BetaClient, responseId: string | undefined): readonly Uint8Array[] {
  return log.events.flatMap((event) =>
    event.type === 'response.audio.delta' && event.response_id === responseId
      ? base64ToBytes(event.delta)
      : [],
  )
}

const isGaOnly = /^(response\.output_(text|audio)|conversation\.item\.(added|done))/

describe.each([{ azure: false }, { azure: true }])(
  'an openai client from before GA ($azure: Azure)',
  ({ azure }) => {
    it('gets its settings back in its own words', async () => {
      using client = await connectBeta({ url: gateways.embedded, azure })
      client.send({
        type: 'session.update',
        session: {
          modalities: ['text', 'audio'],
          instructions: 'Be brief.',
          voice: 'alloy',
          temperature: 0.8,
          input_audio_format: 'g711_ulaw',
          output_audio_format: 'pcm16',
          input_audio_transcription: { model: 'whisper-1' },
          turn_detection: { type: 'server_vad', threshold: 0.6 },
          max_response_output_tokens: 300,
        },
      })
      const { session } = await client.log.next('session.updated')
      expect(session).toMatchObject({
        modalities: expect.arrayContaining(['text', 'audio']),
        instructions: 'Be brief.',
        // The voice that speaks: OpenAI's names stand for the backend's own.
        voice: 'slt',
        input_audio_format: 'g711_ulaw',
        output_audio_format: 'pcm16',
        input_audio_transcription: { model: 'whisper-1' },
        turn_detection: { type: 'server_vad', threshold: 0.6 },
        max_response_output_tokens: 300,
      })
      expect(session).not.toHaveProperty('audio')
      expect(client.errors).toEqual([])
    })

    it('holds a written and a spoken answer in the events it knows', async () => {
      using client = await connectBeta({ url: gateways.embedded, azure })
      const written = await ask(client, 'What is seven times six?', ['text'])
      expect(wordsOf(written)).toContain('42')
      await client.log.next('response.text.done')
      const spoken = await ask(client, 'What is seven times five?')
      expect(wordsOf(spoken)).toContain('35')
      await client.log.next('response.audio.done')
      await client.log.next('response.audio_transcript.done')
      expect(client.log.events.filter(({ type }) => isGaOnly.test(type))).toEqual([])
      expect(client.errors).toEqual([])
    })

    it('hears a spoken question and answers with sound that says the transcript', async () => {
      using client = await connectBeta({ url: gateways.embedded, azure })
      client.send({ type: 'session.update', session: { input_audio_transcription: { model: 'whisper-1' } } })
      await client.log.next('session.updated')
      await atSpeakingPace(gateways.question, (frame) => client.sendAudio(frame))
      const heard = await client.log.next('conversation.item.input_audio_transcription.completed')
      expect(heard.transcript).toMatch(/what can you remember/i)
      const { response } = await client.log.next('response.done')
      const said = wordsOf(response)
      expect(shareHeard(said, await gateways.hear(soundOf(client, response.id)))).toBeGreaterThan(0.8)
      expect(client.errors).toEqual([])
    })

    it('is asked for a tool and says its result', async () => {
      using client = await connectBeta({ url: gateways.withModel, azure })
      client.send({ type: 'session.update', session: { tools: [weather], tool_choice: 'auto' } })
      const asking = await ask(client, 'Do I need a coat in Paris?')
      const call = asking.output?.[0]
      expect(call).toMatchObject({
        type: 'function_call',
        name: 'get_weather',
        arguments: '{"city":"Paris"}',
      })
      client.send({
        type: 'conversation.item.create',
        item: { type: 'function_call_output', call_id: call?.call_id ?? '', output: 'sunny and warm' },
      })
      client.send({ type: 'response.create' })
      const { response } = await client.log.next('response.done')
      expect(wordsOf(response)).toBe('The answer is: sunny and warm')
      expect(client.errors).toEqual([])
    })

    it('interrupts an answer by speaking', async () => {
      using client = await connectBeta({ url: gateways.withModel, azure })
      client.send({
        type: 'conversation.item.create',
        item: { type: 'message', role: 'user', content: [{ type: 'input_text', text: endlessQuestion }] },
      })
      client.send({ type: 'response.create' })
      const { item_id } = await client.log.next('response.audio.delta')
      const playingSince = performance.now()
      const speaking = atSpeakingPace(gateways.question, (frame) => client.sendAudio(frame))
      await client.log.next('input_audio_buffer.speech_started')
      const audio_end_ms = Math.floor(performance.now() - playingSince)
      client.send({ type: 'conversation.item.truncate', item_id, content_index: 0, audio_end_ms })
      const { response } = await client.log.next('response.done')
      expect(response).toMatchObject({ status: 'cancelled', status_details: { reason: 'turn_detected' } })
      expect(await client.log.next('conversation.item.truncated')).toMatchObject({ item_id })
      await speaking
      expect((await client.log.next('response.done')).response.status).toBe('completed')
      expect(client.errors).toEqual([])
    })

    it('is told what it did wrong by its own names, and the session goes on', async () => {
      using client = await connectBeta({ url: gateways.embedded, azure })
      client.send({ type: 'no.such.event', event_id: 'e1' } as never)
      client.send({ type: 'session.update', event_id: 'e2', session: { max_response_output_tokens: -1 } })
      await client.log.next('error')
      await client.log.next('error')
      expect(client.errors.map(({ error }) => error)).toMatchObject([
        { code: 'invalid_value', event_id: 'e1' },
        { code: 'invalid_value', param: 'session.max_response_output_tokens', event_id: 'e2' },
      ])
      expect(wordsOf(await ask(client, 'What is seven times six?'))).toContain('42')
    })
  },
)

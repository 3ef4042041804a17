import { base64ToBytes } from '@parley/audio'
import type { RealtimeClientEvent, RealtimeFunctionTool } from 'openai/resources/realtime/realtime'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { expectWellFormed, outlineOf, outlines } from './testing/event-order.ts'
import { useLocalGateways } from './testing/local-gateways.ts'
import { connectOpenAI } from './testing/official-clients.ts'
import type { OpenAIClient } from './testing/official-clients.ts'
import { shareHeard } from './testing/recognised-text.ts'
import { endlessQuestion } from './testing/scripted-chat.ts'
import { atSpeakingPace } from './testing/spoken-text.ts'
import { storedItem } from './testing/stored-item.ts'

const kinds = ['ws', 'native'] as const

const weather: RealtimeFunctionTool = {
  type: 'function',
  name: 'get_weather',
  description: 'The weather in a city.',
  parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
}

function userText(text: string): RealtimeClientEvent {
  const item = { type: 'message', role: 'user', content: [{ type: 'input_text', text }] } as const
  return { type: 'conversation.item.create', item: { ...item, content: [...item.content] } }
}

/** Asks in writing and waits for the end of the answer. */
async function ask(client: OpenAIClient, text: string, modality?: 'audio' | 'text') {
  client.send(userText(text))
  client.send({ type: 'response.create', ...(modality && { response: { output_modalities: [modality] } }) })
  return (await client.log.next('response.done')).response
}

/** The transcript of the only message of a response. */
function transcriptOf(response: Awaited<ReturnType<typeof ask>>): string {
  const [item] = response.output ?? []
  if (item?.type !== 'message' || item.role !== 'assistant') throw new Error(`No message: ${item?.type}`)
  return item.content?.[0]?.transcript ?? item.content?.[0]?.text ?? ''
}

/** The sound of a response. */
function soundOf({ log }: OpenAIClient, responseId: string | undefined): readonly Uint8Array[] {
  return log.events.flatMap((event) =>
    event.type === 'response.output_audio.delta' && event.response_id === responseId
      ? base64ToBytes(event.delta)
      : [],
  )
}

/** What the store should say of an answer that was cut. */
function heardOf(cut: object): object {
  const { content_index, audio_end_ms, parley } = cutSchema.parse(cut)
  return {
    contentIndex: content_index,
    audioEndMs: audio_end_ms,
    transcript: parley.heard_transcript,
    by: 'truncate',
  }
}

const cutSchema = z.object({
  content_index: z.number(),
  audio_end_ms: z.number(),
  parley: z.object({ heard_transcript: z.string() }),
})

const gateways = useLocalGateways('What can you remember?')

describe.each(kinds)('the %s class of the openai package on the local backend', (kind) => {
  it('holds a written and a spoken answer to the documented order', async () => {
    using client = await connectOpenAI(kind, { url: gateways.embedded, conversation: `conv_text_${kind}` })
    const written = await ask(client, 'What is seven times six?', 'text')
    const spoken = await ask(client, 'What is seven times five?')
    expect([written, spoken]).toMatchObject([{ status: 'completed' }, { status: 'completed' }])
    expect(transcriptOf(written)).toContain('42')
    expect(transcriptOf(spoken)).toContain('35')
    expect(outlineOf(client.log.events, written.id ?? '')).toEqual(outlines.text)
    expect(outlineOf(client.log.events, spoken.id ?? '')).toEqual(outlines.audio)
    expect(client.log.events[0]?.type).toBe('session.created')
    expectWellFormed(client.log.events)
    expect(client.errors).toEqual([])
  })

  it('hears a spoken question and answers with sound that says the transcript', async () => {
    using client = await connectOpenAI(kind, { url: gateways.embedded, conversation: `conv_spoken_${kind}` })
    await atSpeakingPace(gateways.question, (frame) => client.sendAudio(frame))
    const heard = await client.log.next('conversation.item.input_audio_transcription.completed')
    const { response } = await client.log.next('response.done')
    const started = await client.log.next('input_audio_buffer.speech_started')
    expect(heard.transcript).toMatch(/what can you remember/i)
    expect(heard.item_id).toBe(started.item_id)
    const turn = client.log.events.filter((event) => !('response_id' in event) && !('response' in event))
    expect(turn.map(({ type }) => type).slice(0, 9)).toEqual([
      'session.created',
      'conversation.created',
      'input_audio_buffer.speech_started',
      'input_audio_buffer.speech_stopped',
      'input_audio_buffer.committed',
      'conversation.item.added',
      'conversation.item.done',
      'conversation.item.input_audio_transcription.delta',
      'conversation.item.input_audio_transcription.completed',
    ])
    expect(outlineOf(client.log.events, response.id ?? '')).toEqual(outlines.audio)
    expectWellFormed(client.log.events)
    const said = transcriptOf(response)
    expect(shareHeard(said, await gateways.hear(soundOf(client, response.id)))).toBeGreaterThan(0.8)
    expect(client.errors).toEqual([])
  })

  it('is asked for a tool and hears its result in the answer', async () => {
    using client = await connectOpenAI(kind, { url: gateways.embedded, conversation: `conv_tool_${kind}` })
    client.send({ type: 'session.update', session: { type: 'realtime', tools: [weather] } })
    const asking = await ask(client, 'What is the weather in Paris?')
    const call = asking.output?.[0]
    if (call?.type !== 'function_call') throw new Error('No call')
    expect(outlineOf(client.log.events, asking.id ?? '')).toEqual(outlines.call)
    expect(JSON.parse(call.arguments)).toEqual({ city: 'Paris' })
    client.send({
      type: 'conversation.item.create',
      item: { type: 'function_call_output', call_id: call.call_id ?? '', output: 'sunny and warm' },
    })
    client.send({ type: 'response.create' })
    const { response } = await client.log.next('response.done')
    expect(transcriptOf(response)).toMatch(/sunny and warm/i)
    expect(await gateways.hear(soundOf(client, response.id))).toMatch(/sunny/i)
    expectWellFormed(client.log.events)
    expect(client.errors).toEqual([])
  })

  it('cuts an answer it was still playing to what was heard, and the conversation goes on', async () => {
    const target = { url: gateways.embedded, conversation: `conv_playing_${kind}` }
    using client = await connectOpenAI(kind, target)
    client.send(userText('Count to thirty.'))
    client.send({ type: 'response.create' })
    const first = await client.log.next('response.output_audio.delta')
    const playingSince = performance.now()
    expect((await client.log.next('response.done')).response.status).toBe('completed')
    const speaking = atSpeakingPace(gateways.question, (frame) => client.sendAudio(frame))
    await client.log.next('input_audio_buffer.speech_started')
    const played = Math.floor(performance.now() - playingSince)
    const { item_id } = first
    client.send({ type: 'conversation.item.truncate', item_id, content_index: 0, audio_end_ms: played })
    const cut = await client.log.next('conversation.item.truncated')
    expect(cut).toMatchObject({ item_id, content_index: 0 })
    // Sound that came late was not heard in the meantime, so it can be less than the time that went by.
    expect(cut.audio_end_ms).toBeGreaterThan(0)
    expect(cut.audio_end_ms).toBeLessThanOrEqual(played)
    expect(cut).toMatchObject({ parley: { heard_transcript: expect.stringMatching(/^1\b(?!.*30)/) } })
    await speaking
    const { response } = await client.log.next('response.done')
    expect(response.status).toBe('completed')
    expect(transcriptOf(response)).toMatch(/conversation/)
    expect((await storedItem(target, item_id))?.heard).toMatchObject(heardOf(cut))
    expectWellFormed(client.log.events)
    expect(client.errors).toEqual([])
  })

  it('is told what it did wrong, and the session goes on', async () => {
    using client = await connectOpenAI(kind, { url: gateways.embedded, conversation: `conv_errors_${kind}` })
    // What no typed caller would send.
    client.send({ type: 'no.such.event', event_id: 'e1' } as never)
    client.send({
      type: 'session.update',
      event_id: 'e2',
      session: { type: 'realtime', max_output_tokens: -1 },
    })
    client.send(userText('Count to thirty.'))
    client.send({ type: 'response.create' })
    client.send({ type: 'response.create', event_id: 'e3' })
    for (let errors = 0; errors < 3; errors += 1) await client.log.next('error')
    expect(client.errors.map(({ error }) => error)).toMatchObject([
      { code: 'invalid_value', param: 'type', event_id: 'e1' },
      { code: 'invalid_value', param: 'session.max_output_tokens', event_id: 'e2' },
      { code: 'conversation_already_has_active_response', event_id: 'e3' },
    ])
    expect((await client.log.next('response.done')).response.status).toBe('completed')
    expect(transcriptOf(await ask(client, 'What is seven times six?'))).toContain('42')
  })

  it('is asked for a tool by the model, which answers from its output', async () => {
    using client = await connectOpenAI(kind, { url: gateways.withModel, conversation: `conv_tool_${kind}` })
    client.send({ type: 'session.update', session: { type: 'realtime', tools: [weather] } })
    const asking = await ask(client, 'Do I need a coat in Paris?')
    const call = asking.output?.[0]
    if (call?.type !== 'function_call') throw new Error('No call')
    expect(call).toMatchObject({ name: 'get_weather', arguments: '{"city":"Paris"}' })
    expect(outlineOf(client.log.events, asking.id ?? '')).toEqual(outlines.call)
    client.send({
      type: 'conversation.item.create',
      item: { type: 'function_call_output', call_id: call.call_id ?? '', output: 'sunny and warm' },
    })
    client.send({ type: 'response.create' })
    const { response } = await client.log.next('response.done')
    expect(transcriptOf(response)).toBe('The answer is: sunny and warm')
    expect(response.usage).toMatchObject({ input_token_details: { text_tokens: 10 } })
    expectWellFormed(client.log.events)
  })

  it('interrupts an answer that is still being made', async () => {
    const target = { url: gateways.withModel, conversation: `conv_making_${kind}` }
    using client = await connectOpenAI(kind, target)
    client.send(userText(endlessQuestion))
    client.send({ type: 'response.create' })
    const { item_id } = await client.log.next('response.output_audio.delta')
    const playingSince = performance.now()
    const speaking = atSpeakingPace(gateways.question, (frame) => client.sendAudio(frame))
    await client.log.next('input_audio_buffer.speech_started')
    const audio_end_ms = Math.floor(performance.now() - playingSince)
    client.send({ type: 'conversation.item.truncate', item_id, content_index: 0, audio_end_ms })
    const { response } = await client.log.next('response.done')
    expect(response).toMatchObject({
      status: 'cancelled',
      status_details: { type: 'cancelled', reason: 'turn_detected' },
      output: [{ id: item_id, status: 'incomplete' }],
    })
    const cut = await client.log.next('conversation.item.truncated')
    expect(heardOf(cut)).toMatchObject({ transcript: expect.stringMatching(/^Once\b(?!.*apples)/) })
    await speaking
    expect((await client.log.next('response.done')).response.status).toBe('completed')
    expect((await storedItem(target, item_id))?.heard).toMatchObject(heardOf(cut))
    expectWellFormed(client.log.events)
    expect(client.errors).toEqual([])
  })
})

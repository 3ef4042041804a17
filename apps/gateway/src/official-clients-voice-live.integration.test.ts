import { VoiceLiveClient } from '@azure/ai-voicelive'
import { describe, expect, it } from 'vitest'
import { useLocalGateways } from './testing/local-gateways.ts'
import { shareHeard } from './testing/recognised-text.ts'
import { endlessQuestion } from './testing/scripted-chat.ts'
import { atSpeakingPace } from './testing/spoken-text.ts'
import { storedItem } from './testing/stored-item.ts'
import { connectVoiceLive, updateVoiceLive } from './testing/voice-live-client.ts'
import type { VoiceLiveEvent, VoiceLiveTestClient } from './testing/voice-live-client.ts'

const gateways = useLocalGateways('What can you remember?')

const weather = {
  type: 'function',
  name: 'get_weather',
  description: 'The weather in a city.',
  parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
} as const

/** Says something in writing. */
async function say({ session }: VoiceLiveTestClient, text: string): Promise<void> {
  await session.addConversationItem({
    type: 'message',
    role: 'user',
    content: [{ type: 'input_text', text }],
  } as never)
}

/** Asks in writing and waits for the end of the answer. */
async function ask(client: VoiceLiveTestClient, text: string) {
  await say(client, text)
  await client.session.sendEvent({ type: 'response.create' })
  return (await client.log.next('response.done')).response
}

type Response = Awaited<ReturnType<typeof ask>>

/** The words of the only message of a response. */
function wordsOf({ output = [] }: Response): string {
  const item = output[0]
  if (item?.type !== 'message' || !('content' in item)) throw new Error(`No message: ${item?.type}`)
  const [part] = item.content as { readonly transcript?: string; readonly text?: string }[]
  return part?.transcript ?? part?.text ?? ''
}

/** The sound of a response. */
function soundOf({ log }: VoiceLiveTestClient, responseId: string | undefined): readonly Uint8Array[] {
  return log.events.flatMap((event) =>
    event.type === 'response.audio.delta' && event.responseId === responseId ? [event.delta] : [],
  )
}

/** Types of the events of a response and of its items, in order; neighbouring deltas count once. */
function outlineOf({ log }: VoiceLiveTestClient, responseId: string | undefined): readonly string[] {
  const items = new Set(
    log.events.flatMap((event) =>
      event.type === 'response.output_item.added' && event.responseId === responseId ? [event.item?.id] : [],
    ),
  )
  return log.events
    .filter((event) => isOf(event, responseId, items))
    .map(({ type }) => (type.endsWith('.delta') ? 'deltas' : type))
    .filter((type, index, all) => type !== 'deltas' || all[index - 1] !== 'deltas')
}

function isOf(
  event: VoiceLiveEvent,
  responseId: string | undefined,
  items: ReadonlySet<string | undefined>,
): boolean {
  if ('responseId' in event) return event.responseId === responseId
  if (event.type === 'response.created' || event.type === 'response.done') {
    return event.response.id === responseId
  }
  return event.type === 'conversation.item.created' && items.has(event.item?.id)
}

const spokenOutline = [
  'response.created',
  'response.output_item.added',
  'conversation.item.created',
  'response.content_part.added',
  'deltas',
  'response.audio.done',
  'response.audio_transcript.done',
  'response.content_part.done',
  'response.output_item.done',
  'response.done',
]

describe('@azure/ai-voicelive on the local backend', () => {
  it('gets its settings back in its own words, and hears what is not as it asked', async () => {
    await using client = await connectVoiceLive({ url: gateways.embedded, conversation: 'conv_vl_echo' })
    const updated = await updateVoiceLive(client, {
      modalities: ['text', 'audio'],
      instructions: 'Be brief.',
      voice: { type: 'azure-standard', name: 'en-US-AvaMultilingualNeural' },
      turnDetection: { type: 'azure_semantic_vad', silenceDurationInMs: 400 },
      inputAudioTranscription: { model: 'azure-speech', phraseList: ['Parley'] },
      temperature: 0.7,
    })
    expect(updated).toMatchObject({
      session: {
        modalities: expect.arrayContaining(['text', 'audio']),
        instructions: 'Be brief.',
        inputAudioFormat: 'pcm16',
        outputAudioFormat: 'pcm16',
      },
    })
    const warned = client.log.events.filter(({ type }) => type === 'warning')
    expect(warned).toContainEqual(
      expect.objectContaining({ warning: expect.objectContaining({ param: 'session.voice' }) }),
    )
    expect(client.errors).toEqual([])
    expect((await ask(client, 'What is seven times six?')).status).toBe('completed')
  })

  it('may be spoken to from the handler of its first event', async () => {
    for (let attempt = 1; attempt <= 8; attempt += 1) {
      const client = new VoiceLiveClient(`${gateways.embedded}?backend=local`, { key: 'none' } as never)
      const session = client.createSession('any')
      const answered = Promise.withResolvers<void>()
      session.subscribe({
        onSessionCreated: async () => {
          await session.sendEvent({ type: 'response.create' }).catch(answered.reject)
        },
        onResponseDone: async () => answered.resolve(),
      })
      await session.connect()
      await answered.promise
      await session.dispose()
    }
  })

  it('holds a written and a spoken answer to the documented order', async () => {
    await using client = await connectVoiceLive({ url: gateways.embedded, conversation: 'conv_vl_text' })
    await updateVoiceLive(client, { modalities: ['text'] })
    const written = await ask(client, 'What is seven times six?')
    expect(wordsOf(written)).toContain('42')
    expect(outlineOf(client, written.id)).toEqual(
      spokenOutline
        .map((type) => (type === 'response.audio.done' ? 'response.text.done' : type))
        .filter((type) => type !== 'response.audio_transcript.done'),
    )
    await updateVoiceLive(client, { modalities: ['text', 'audio'] })
    const spoken = await ask(client, 'What is seven times five?')
    expect(wordsOf(spoken)).toContain('35')
    expect(outlineOf(client, spoken.id)).toEqual(spokenOutline)
    expect(client.errors).toEqual([])
  })

  it('hears a spoken question and answers with sound that says the transcript', async () => {
    await using client = await connectVoiceLive({ url: gateways.embedded, conversation: 'conv_vl_spoken' })
    await updateVoiceLive(client, { inputAudioTranscription: { model: 'whisper-1' } })
    await atSpeakingPace(gateways.question, (frame) => void client.session.sendAudio(frame))
    const started = await client.log.next('input_audio_buffer.speech_started')
    const heard = await client.log.next('conversation.item.input_audio_transcription.completed')
    const { response } = await client.log.next('response.done')
    expect(heard).toMatchObject({
      itemId: started.itemId,
      transcript: expect.stringMatching(/what can you remember/i),
    })
    expect(outlineOf(client, response.id)).toEqual(spokenOutline)
    const said = wordsOf(response)
    expect(shareHeard(said, await gateways.hear(soundOf(client, response.id)))).toBeGreaterThan(0.8)
    expect(client.errors).toEqual([])
  })

  it.each(['embedded', 'withModel'] as const)(
    'is asked for a tool and says its result (%s)',
    async (which) => {
      await using client = await connectVoiceLive({ url: gateways[which], conversation: 'conv_vl_tool' })
      await updateVoiceLive(client, { tools: [weather] })
      const asking = await ask(client, 'What is the weather in Paris?')
      const call = asking.output?.[0]
      expect(call).toMatchObject({
        type: 'function_call',
        name: 'get_weather',
        callId: expect.any(String),
        arguments: expect.stringMatching(/"city":\s*"Paris"/),
      })
      const callId = (call as { readonly callId?: string } | undefined)?.callId ?? ''
      await client.session.addConversationItem({
        type: 'function_call_output',
        callId,
        output: 'sunny and warm',
      })
      await client.session.sendEvent({ type: 'response.create' })
      const { response } = await client.log.next('response.done')
      expect(wordsOf(response)).toMatch(/sunny and warm/i)
      expect(await gateways.hear(soundOf(client, response.id))).toMatch(/sunny/i)
      expect(client.errors).toEqual([])
    },
  )

  it('interrupts an answer by speaking, and the store knows what was heard', async () => {
    const target = { url: gateways.withModel, conversation: 'conv_vl_cut' }
    await using client = await connectVoiceLive(target)
    await updateVoiceLive(client, { turnDetection: { type: 'server_vad' } })
    await say(client, endlessQuestion)
    await client.session.sendEvent({ type: 'response.create' })
    const { itemId } = await client.log.next('response.audio.delta')
    const playingSince = performance.now()
    const speaking = atSpeakingPace(gateways.question, (frame) => void client.session.sendAudio(frame))
    await client.log.next('input_audio_buffer.speech_started')
    await client.session.sendEvent({
      type: 'conversation.item.truncate',
      itemId,
      contentIndex: 0,
      audioEndInMs: Math.floor(performance.now() - playingSince),
    })
    const { response } = await client.log.next('response.done')
    expect(response).toMatchObject({ status: 'cancelled', statusDetails: { reason: 'turn_detected' } })
    expect(await client.log.next('conversation.item.truncated')).toMatchObject({ itemId })
    await speaking
    expect((await client.log.next('response.done')).response.status).toBe('completed')
    expect((await storedItem(target, itemId))?.heard?.transcript).toMatch(/^Once\b(?!.*apples)/)
    expect(client.errors).toEqual([])
  })

  it('is told what it did wrong by its own names, and the session goes on', async () => {
    await using client = await connectVoiceLive({ url: gateways.embedded, conversation: 'conv_vl_errors' })
    await client.session.sendEvent({ type: 'no.such.event', eventId: 'e1' } as never)
    await client.session.updateSession({ maxResponseOutputTokens: -1 })
    await client.log.next('error')
    await client.log.next('error')
    expect(client.errors).toMatchObject([
      { error: { code: expect.any(String), eventId: 'e1' } },
      { error: { code: 'invalid_value', param: 'session.max_response_output_tokens' } },
    ])
    expect(wordsOf(await ask(client, 'What is seven times six?'))).toContain('42')
  })
})

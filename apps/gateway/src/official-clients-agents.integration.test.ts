import { tool } from '@openai/agents-realtime'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { expectWellFormed, outlineOf, outlines } from './testing/event-order.ts'
import { useLocalGateways } from './testing/local-gateways.ts'
import { connectAgents } from './testing/official-clients.ts'
import type { AgentsClient } from './testing/official-clients.ts'
import { shareHeard } from './testing/recognised-text.ts'
import { endlessQuestion } from './testing/scripted-chat.ts'
import { atSpeakingPace } from './testing/spoken-text.ts'
import { storedItem } from './testing/stored-item.ts'

const gateways = useLocalGateways('What can you remember?')

/** Asks in writing and waits for the end of the answer. */
async function ask({ session, log }: AgentsClient, text: string) {
  session.sendMessage(text)
  return (await log.next('response.done')).response
}

/** What the assistant said last, as the session's own history holds it. */
function lastSaid({ session }: AgentsClient): string {
  const item = session.history.findLast((entry) => entry.type === 'message' && entry.role === 'assistant')
  if (item?.type !== 'message' || item.role !== 'assistant') return ''
  return item.content
    .map((part) => (part.type === 'output_audio' ? (part.transcript ?? '') : part.text))
    .join('')
}

describe('@openai/agents-realtime on the local backend', () => {
  it('connects with its own settings and gets what the backend has of them', async () => {
    using client = await connectAgents({ url: gateways.embedded, conversation: 'conv_connect' })
    const { session } = client.log.events.findLast(({ type }) => type === 'session.updated') as never
    expect(session).toMatchObject({
      instructions: expect.stringContaining('Be brief.'),
      // The local backend traces nothing: left out with a warning.
      tracing: null,
      audio: {
        input: {
          turn_detection: { type: 'semantic_vad', create_response: true, interrupt_response: true },
          transcription: { model: 'gpt-4o-mini-transcribe' },
        },
      },
    })
    expect(client.errors).toEqual([])
  })

  it('holds a written and a spoken answer to the documented order', async () => {
    const target = { url: gateways.embedded, conversation: 'conv_text' }
    {
      using client = await connectAgents(target, { config: { outputModalities: ['text'] } })
      const written = await ask(client, 'What is seven times six?')
      expect(outlineOf(client.log.events, written.id ?? '')).toEqual(outlines.text)
      expect(lastSaid(client)).toContain('42')
      expectWellFormed(client.log.events)
      expect(client.errors).toEqual([])
    }
    using client = await connectAgents({ ...target, conversation: 'conv_sound' })
    const spoken = await ask(client, 'What is seven times five?')
    expect(outlineOf(client.log.events, spoken.id ?? '')).toEqual(outlines.audio)
    expect(lastSaid(client)).toContain('35')
    expectWellFormed(client.log.events)
    expect(client.errors).toEqual([])
  })

  it('hears a spoken question and answers with sound that says the transcript', async () => {
    using client = await connectAgents({ url: gateways.embedded, conversation: 'conv_spoken' })
    await atSpeakingPace(gateways.question, (frame) => client.session.sendAudio(frame.buffer))
    const { response } = await client.log.next('response.done')
    const heard = await client.log.next('conversation.item.input_audio_transcription.completed')
    expect(heard.transcript).toMatch(/what can you remember/i)
    expect(outlineOf(client.log.events, response.id ?? '')).toEqual(outlines.audio)
    expectWellFormed(client.log.events)
    expect(shareHeard(lastSaid(client), await gateways.hear(client.audio))).toBeGreaterThan(0.8)
    // The transcript reaches the history by an item the SDK asks for itself.
    await client.log.next('conversation.item.retrieved')
    expect(client.session.history[0]).toMatchObject({ content: [{ transcript: heard.transcript }] })
    expect(client.errors).toEqual([])
  })

  it.each(['embedded', 'withModel'] as const)('runs its tool and says the result (%s)', async (which) => {
    const asked: string[] = []
    const weather = tool({
      name: 'get_weather',
      description: 'The weather in a city.',
      parameters: z.object({ city: z.string() }),
      execute({ city }) {
        asked.push(city)
        return 'sunny and warm'
      },
    })
    const target = { url: gateways[which], conversation: 'conv_tool' }
    using client = await connectAgents(target, { tools: [weather] })
    const calling = await ask(client, 'What is the weather in Paris?')
    expect(outlineOf(client.log.events, calling.id ?? '')).toEqual(outlines.call)
    const { response } = await client.log.next('response.done')
    expect(asked).toEqual(['Paris'])
    expect(outlineOf(client.log.events, response.id ?? '')).toEqual(outlines.audio)
    expect(lastSaid(client)).toMatch(/sunny and warm/i)
    expect(await gateways.hear(client.audio)).toMatch(/sunny/i)
    expectWellFormed(client.log.events)
    expect(client.errors).toEqual([])
  })

  it.each([
    {
      what: 'while it is being made',
      which: 'withModel',
      say: endlessQuestion,
      status: 'cancelled',
      heard: /^Once\b(?!.*apples)/,
    },
    {
      what: 'while it plays',
      which: 'embedded',
      say: 'Count to thirty.',
      status: 'completed',
      heard: /^1\b(?!.*30)/,
    },
  ] as const)('cuts an answer by itself $what, and goes on', async ({ which, say, status, heard }) => {
    const target = { url: gateways[which], conversation: 'conv_cut' }
    using client = await connectAgents(target)
    client.session.sendMessage(say)
    const { item_id } = await client.log.next('response.output_audio.delta')
    const made = status === 'completed' ? await client.log.next('response.done') : undefined
    await atSpeakingPace(gateways.question, (frame) => client.session.sendAudio(frame.buffer))
    const { response } = made ?? (await client.log.next('response.done'))
    expect(response.status).toBe(status)
    if (status === 'cancelled') expect(response.status_details?.reason).toBe('turn_detected')
    const cut = await client.log.next('conversation.item.truncated')
    expect(cut).toMatchObject({ item_id, parley: { heard_transcript: expect.stringMatching(heard) } })
    expect((await client.log.next('response.done')).response.status).toBe('completed')
    const kept = (await storedItem(target, item_id))?.heard?.transcript
    expect(kept).toMatch(heard)
    expect(client.session.history).toContainEqual(
      expect.objectContaining({ itemId: item_id, content: [expect.objectContaining({ transcript: kept })] }),
    )
    expect((await ask(client, 'Hello again')).status).toBe('completed')
    expectWellFormed(client.log.events)
    expect(client.errors).toEqual([])
  })

  it('stops an answer at a word of the program, and goes on', async () => {
    using client = await connectAgents({ url: gateways.withModel, conversation: 'conv_stop' })
    client.session.sendMessage(endlessQuestion)
    const { item_id } = await client.log.next('response.output_audio.delta')
    client.session.interrupt()
    const { response } = await client.log.next('response.done')
    expect(response).toMatchObject({ status: 'cancelled', status_details: { reason: 'client_cancelled' } })
    expect(await client.log.next('conversation.item.truncated')).toMatchObject({ item_id })
    expect((await ask(client, 'Hello again')).status).toBe('completed')
    expectWellFormed(client.log.events)
    expect(client.errors).toEqual([])
  })

  it('reports what was wrong, queues a second request, and goes on', async () => {
    using client = await connectAgents({ url: gateways.embedded, conversation: 'conv_errors' })
    const { transport } = client.session
    transport.sendEvent({ type: 'no.such.event', event_id: 'e1' })
    transport.sendEvent({
      type: 'session.update',
      event_id: 'e2',
      session: { type: 'realtime', max_output_tokens: -1 },
    })
    await client.log.next('error')
    await client.log.next('error')
    expect(client.errors).toMatchObject([
      { error: { code: 'invalid_value', param: 'type', event_id: 'e1' } },
      { error: { code: 'invalid_value', param: 'session.max_output_tokens', event_id: 'e2' } },
    ])
    client.session.sendMessage('Count to thirty.')
    client.session.sendMessage('What is seven times six?')
    await client.log.next('response.done')
    await client.log.next('response.done')
    expect(lastSaid(client)).toContain('42')
    expect(client.errors).toHaveLength(2)
  })
})

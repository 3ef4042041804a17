import type { Law } from '@parley/audio/testing'
import { expect } from 'vitest'
import type { AssistantMessageItem } from '../../events/items.ts'
import { takesItems } from '../../providers/capabilities.ts'
import { talkTo, userSays, type BackendTalk } from './backend-talk.ts'
import { speechOf, silenceOf } from './sounds.ts'
import { isShown, scriptedLaw, type ProviderUnderTest } from './under-test.ts'

const pcm = { type: 'audio/pcm', rate: 24_000 } as const

/** A picture of one pixel. */
const image =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

/** What a provider declares of conversations works, and what it does not declare is not there. */
export const conversationLaws: readonly Law<ProviderUnderTest>[] = [
  scriptedLaw('has exactly the turn detection it declares', async ({ provider }, subject) => {
    await using talk = await talkTo(provider)
    for (const type of ['server_vad', 'semantic_vad'] as const) {
      const declared = provider.capabilities.turnDetection.includes(type)
      if (!isShown(subject, `turnDetection.${type}`, declared)) continue
      // One update after the other.
      // oxlint-disable-next-line no-await-in-loop
      const { session } = await talk.update({ audio: { input: { turn_detection: { type } } } })
      const detection = session?.type === 'realtime' ? session.audio?.input?.turn_detection : undefined
      expect(detection?.type === type, type).toBe(declared)
    }
  }),

  scriptedLaw('answers a spoken turn by itself', async ({ provider, upstream }) => {
    if (provider.capabilities.turnDetection.length === 0) return
    await using talk = await talkTo(provider)
    await talk.update({ audio: { input: { turn_detection: { type: 'server_vad' } } } })
    speak(talk)
    await talk.next('input_audio_buffer.speech_started')
    await talk.next('input_audio_buffer.speech_stopped')
    await talk.next('response.done')
    expect(upstream.violations).toEqual([])
  }),

  scriptedLaw('leaves the turns to the client when it is told to', async ({ provider }) => {
    if (!provider.capabilities.manualTurns) return
    await using talk = await talkTo(provider)
    await talk.update({ audio: { input: { turn_detection: null } } })
    speak(talk)
    talk.send({ type: 'input_audio_buffer.commit' })
    await talk.next('input_audio_buffer.committed')
    expect((await talk.ask(undefined)).text).toBe('I heard you.')
    const types = talk.events.map(({ type }) => type)
    expect(types.filter((type) => type === 'response.created')).toHaveLength(1)
    expect(types).not.toContain('input_audio_buffer.speech_started')
  }),

  scriptedLaw('hears a turn without answering it when it is told to', async ({ provider }) => {
    if (!provider.capabilities.turnsWithoutResponse) return
    await using talk = await talkTo(provider)
    const turnDetection = { type: 'server_vad', create_response: false } as const
    await talk.update({ audio: { input: { turn_detection: turnDetection } } })
    speak(talk)
    await talk.next('input_audio_buffer.committed')
    expect((await talk.ask(undefined)).text).toBe('I heard you.')
    expect(talk.events.filter(({ type }) => type === 'response.created')).toHaveLength(1)
  }),

  scriptedLaw('stops an answer where interruption is native', async ({ provider }) => {
    if (provider.capabilities.interruption !== 'native') return
    await using talk = await talkTo(provider)
    talk.add(userSays('count to 500'))
    talk.send({ type: 'response.create' })
    await talk.next('response.output_audio.delta')
    talk.send({ type: 'response.cancel' })
    expect((await talk.next('response.done')).response.status).toBe('cancelled')
  }),

  scriptedLaw('answers in each modality it declares', async ({ provider }) => {
    for (const modality of provider.capabilities.outputModalities) {
      // One conversation after the other.
      // oxlint-disable-next-line no-await-in-loop
      await using talk = await talkTo(provider)
      // oxlint-disable-next-line no-await-in-loop
      await talk.update({ output_modalities: [modality] })
      // oxlint-disable-next-line no-await-in-loop
      expect((await talk.ask('hi')).text).toBe('You said: hi.')
      const types = new Set(talk.events.map(({ type }) => type))
      expect([types.has('response.output_audio.delta'), types.has('response.output_text.delta')]).toEqual([
        modality === 'audio',
        modality === 'text',
      ])
    }
  }),

  scriptedLaw('sees images exactly where it declares them', async ({ provider }, subject) => {
    const declared = provider.capabilities.inputModalities.includes('image')
    if (!isShown(subject, 'inputModalities.image', declared)) return
    await using talk = await talkTo(provider)
    let seen: string | undefined
    try {
      talk.add({ type: 'message', role: 'user', content: [{ type: 'input_image', image_url: image }] })
      const event = await talk.next('conversation.item.added', 'error')
      seen = event.type === 'error' ? undefined : (await talk.ask(undefined)).text
    } catch {
      seen = undefined
    }
    expect(seen === 'I see an image.').toBe(declared)
  }),

  scriptedLaw('forgets the unheard part of an answer where truncation is native', async ({ provider }) => {
    if (provider.capabilities.truncation !== 'native') return
    await using talk = await talkTo(provider)
    await talk.ask('remember me')
    const item = talk.events.find((event) => event.type === 'response.output_item.added')
    talk.send({
      type: 'conversation.item.truncate',
      item_id: item?.item.id ?? '',
      content_index: 0,
      audio_end_ms: 50,
    })
    await talk.next('conversation.item.truncated')
    expect((await talk.ask('what did I say')).text).toBe('You said before: remember me.')
  }),

  scriptedLaw('forgets a deleted item where deletion is native', async ({ provider }) => {
    if (provider.capabilities.itemDeletion !== 'native') return
    await using talk = await talkTo(provider)
    talk.add({ ...userSays('a secret'), id: 'item_secret' })
    talk.add(userSays('no secret'))
    talk.send({ type: 'conversation.item.delete', item_id: 'item_secret' })
    await talk.next('conversation.item.deleted')
    expect((await talk.ask('what did I say')).text).toBe('You said before: no secret.')
  }),

  scriptedLaw('knows the history it is given, in order', async ({ provider, upstream }) => {
    if (!takesItems(provider.capabilities)) return
    await using talk = await talkTo(provider)
    talk.add(userSays('first'))
    talk.add(assistantSays('an answer'))
    talk.add(userSays('second'))
    expect((await talk.ask('what did I say')).text).toBe('You said before: first | second || an answer.')
    expect(upstream.violations).toEqual([])
  }),

  scriptedLaw('calls functions exactly where it declares them', async ({ provider }, subject) => {
    const declared = provider.capabilities.tools.includes('function')
    if (!isShown(subject, 'tools.function', declared)) return
    await using talk = await talkTo(provider)
    await talk.update({
      tools: [{ type: 'function', name: 'lookup', parameters: { type: 'object', properties: {} } }],
    })
    const { response } = await talk.ask('call lookup')
    const call = (response?.output ?? []).find((item) => item.type === 'function_call')
    expect(call !== undefined).toBe(declared)
    if (call === undefined) return
    talk.add({ type: 'function_call_output', call_id: call.call_id ?? '', output: 'found' })
    expect((await talk.ask(undefined)).text).toBe('The tool said: found.')
  }),

  scriptedLaw('takes MCP servers exactly where it declares them', async ({ provider }, subject) => {
    const declared = provider.capabilities.tools.includes('mcp')
    if (!isShown(subject, 'tools.mcp', declared)) return
    await using talk = await talkTo(provider)
    const { session } = await talk.update({
      tools: [{ type: 'mcp', server_label: 'docs', server_url: 'https://mcp.example.test' }],
    })
    const tools = session?.type === 'realtime' ? (session.tools ?? []) : []
    expect(tools.some(({ type }) => type === 'mcp')).toBe(declared)
  }),

  scriptedLaw('writes down what the user says where it declares it', async ({ provider }, subject) => {
    if (provider.capabilities.inputTranscription !== 'native') return
    await using talk = await talkTo(provider)
    const transcription = { model: subject.transcriptionModel }
    const { refused } = await talk.update({ audio: { input: { transcription } } })
    expect(refused).toBeUndefined()
    speak(talk)
    const written = await talk.next('conversation.item.input_audio_transcription.completed')
    expect(written.transcript).toBe('hello upstream')
  }),

  scriptedLaw(
    'opens sessions that only write down, exactly where it declares them',
    async ({ provider }, subject) => {
      const declared = provider.capabilities.transcriptionSessions
      if (!isShown(subject, 'transcriptionSessions', declared)) return
      await using talk = await talkTo(provider, { intent: 'transcription' })
      const { session } = await talk.next('session.created')
      expect(session.type === 'transcription').toBe(declared)
      if (!declared) return
      talk.send({
        type: 'session.update',
        session: {
          type: 'transcription',
          audio: { input: { transcription: { model: subject.transcriptionModel } } },
        },
      })
      await talk.next('session.updated')
      speak(talk)
      await talk.next('conversation.item.input_audio_transcription.completed')
      expect(talk.events.map(({ type }) => type)).not.toContain('response.created')
    },
  ),

  scriptedLaw('answers beside the conversation where it declares it', async ({ provider }) => {
    if (!provider.capabilities.outOfBandResponses) return
    await using talk = await talkTo(provider)
    const beside = { conversation: 'none', metadata: { topic: 'aside' } }
    const { response } = await talk.ask('a remark', beside)
    expect(response).toMatchObject({ status: 'completed', metadata: { topic: 'aside' } })
    expect(response?.conversation_id ?? null).toBeNull()
    expect((await talk.ask('what did I say')).text).toBe('You said before: a remark.')
  }),

  scriptedLaw('takes other instructions for one response where it declares it', async ({ provider }) => {
    if (!provider.capabilities.responseOverrides) return
    await using talk = await talkTo(provider)
    expect((await talk.ask('hi', { instructions: 'Answer in German.' })).text).toBe('Das ist Deutsch.')
    expect((await talk.ask('hi again')).text).toBe('You said: hi again.')
  }),
]

function speak(talk: BackendTalk): void {
  for (let part = 0; part < 4; part++) talk.append(speechOf(pcm, 100))
  for (let part = 0; part < 10; part++) talk.append(silenceOf(pcm, 100))
}

function assistantSays(text: string): AssistantMessageItem {
  return { type: 'message', role: 'assistant', content: [{ type: 'output_text', text }] }
}

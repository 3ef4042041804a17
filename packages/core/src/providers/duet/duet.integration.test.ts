import { describeLaws } from '@parley/audio/testing'
import { describe, expect, it } from 'vitest'
import { fakeStages } from '../../testing/fake-stages.ts'
import { talkTo, userSays } from '../../testing/provider-laws/backend-talk.ts'
import { providerLaws, type ProviderUnderTest } from '../../testing/provider-laws.ts'
import { realtimeUpstream, type Upstream } from '../../testing/upstream/upstream.ts'
import { azureOpenai, type AzureOpenaiOptions } from '../azure-openai/azure-openai.ts'
import type { ConnectLimits } from '../connect-limits.ts'
import { openai } from '../openai/openai.ts'
import type { Provider } from '../provider.ts'
import { voiceLiveByom } from '../voice-live/byom.ts'
import { voiceLive } from '../voice-live/voice-live.ts'
import { duet, type DuetVoice } from './duet.ts'

const key = 'sk-mind-secret'
const voiceKey = 'voice-secret'

type Wire = Parameters<typeof realtimeUpstream>[0]
type Dial = (url: string, connect: Partial<ConnectLimits>) => Provider

const minds: Readonly<Record<string, readonly [Wire, Dial, transcriptionModel: string]>> = {
  openai: [
    'openai',
    (url, connect) => openai({ apiKey: key, baseUrl: `${url}/v1`, connect }),
    'gpt-4o-transcribe',
  ],
  'azure-openai': ['azure-openai', (url, connect) => azureMind(url, connect), 'gpt-4o-transcribe'],
  'azure-openai by its preview': [
    'azure-openai-preview',
    (url, connect) => azureMind(url, connect, { preview: { apiVersion: '2025-04-01-preview' } }),
    'gpt-4o-transcribe',
  ],
  'voice-live': [
    'voice-live',
    (url, connect) => voiceLive({ endpoint: url, credential: { key }, connect }),
    'whisper-1',
  ],
}

function azureMind(
  url: string,
  connect: Partial<ConnectLimits>,
  options: Partial<AzureOpenaiOptions> = {},
): Provider {
  const deployments = { deployment: 'gpt-realtime-2.1', transcriptionDeployment: 'my-transcribe' }
  return azureOpenai({ endpoint: url, credential: { key }, ...deployments, connect, ...options })
}

/** What the stand-in of Azure has deployed; the others do not ask. */
const deployed = { deployments: ['gpt-realtime-2.1'], transcriptionDeployments: ['my-transcribe'] }

const speak = (url: string): Provider =>
  voiceLive({ endpoint: url, credential: { key: voiceKey }, model: 'gpt-4.1' })

function duetOf(mind: Provider, voice: DuetVoice): Provider {
  let count = 0
  return duet({
    name: 'duet',
    mind: { provider: mind },
    voice,
    now: () => performance.now(),
    newId: (prefix) => `${prefix}_duet${++count}`,
  })
}

/** Laws that look at one wire for what a duet has two of. What they show is shown below, and by the unit tests. */
const ofOneWire: readonly string[] = [
  // It has no dialect of its own.
  'begins with session.created and loses nothing that came before it',
  // It speaks whole sentences, and the line drops after two words.
  'ends with an error when the line drops in mid-answer, after what was said',
  // The mind is asked for its voice, and the sound comes from elsewhere.
  'speaks with each voice it declares',
  // They go to either leg.
  'knows exactly the session extensions it declares',
  'knows exactly the response extensions it declares',
]
const laws = providerLaws.filter(({ name }) => !ofOneWire.includes(name))

function underTest(mind: string): ProviderUnderTest {
  const [wire, dial, transcriptionModel] = minds[mind] ?? missing()
  return {
    key,
    transcriptionModel,
    undocumented: ['voiceLock'],
    async open({ connect = {}, ...script } = {}) {
      const upstream = await realtimeUpstream(wire, { key, ...deployed, ...script })
      const voice = await realtimeUpstream('voice-live', { key: voiceKey, deltaIntervalMs: 0 })
      const provider = duetOf(dial(upstream.url, connect), { provider: speak(voice.url) })
      return {
        provider,
        upstream,
        async [Symbol.asyncDispose]() {
          await Promise.all([upstream[Symbol.asyncDispose](), voice[Symbol.asyncDispose]()])
        },
      }
    },
  }
}

function missing(): never {
  throw new Error('There is no such mind.')
}

for (const mind of Object.keys(minds)) describeLaws(`a duet with ${mind} as mind`, laws, underTest(mind))

it('leaves out laws that there are', () => {
  expect(laws).toHaveLength(providerLaws.length - ofOneWire.length)
})

interface Duet extends AsyncDisposable {
  readonly mind: Upstream
  readonly voice: Upstream
  readonly provider: Provider
}

async function openDuet(speaking: Dial = speak, deltaIntervalMs = 0): Promise<Duet> {
  const mind = await realtimeUpstream('openai', { key, deltaIntervalMs })
  const voice = await realtimeUpstream('voice-live', { key: voiceKey, deltaIntervalMs })
  const thinking = openai({ apiKey: key, baseUrl: `${mind.url}/v1` })
  return {
    mind,
    voice,
    provider: duetOf(thinking, { provider: speaking(voice.url, {}) }),
    async [Symbol.asyncDispose]() {
      await Promise.all([mind[Symbol.asyncDispose](), voice[Symbol.asyncDispose]()])
    },
  }
}

const typesOf = ({ received }: Upstream): readonly unknown[] =>
  received.map((event) => (event as { type: unknown }).type) // the stand-in checked that it is an event

describe('a duet of OpenAI and Voice Live', () => {
  it('thinks at one and speaks at the other, with a voice of Azure', async () => {
    await using legs = await openDuet()
    await using talk = await talkTo(legs.provider)
    expect((await talk.ask('hi')).text).toBe('You said: hi.')
    const sound = talk.events.filter(({ type }) => type === 'response.output_audio.delta')
    expect(sound.length).toBeGreaterThan(0)
    expect(typesOf(legs.voice)).toEqual(['session.update', 'response.create'])
    expect(legs.voice.received[1]).toMatchObject({
      response: {
        pre_generated_assistant_message: {
          type: 'message',
          role: 'assistant',
          content: [{ type: 'text', text: 'You said: hi.' }],
        },
      },
    })
    expect(legs.voice.received[0]).toMatchObject({
      session: {
        turn_detection: null,
        voice: { type: 'azure-standard', name: 'en-US-AvaMultilingualNeural' },
      },
    })
    expect([legs.mind.violations, legs.voice.violations]).toEqual([[], []])
  })

  it('sends what is said of the voice to the voice', async () => {
    await using legs = await openDuet()
    await using talk = await talkTo(legs.provider)
    const voice = { type: 'azure-standard', name: 'de-DE-SeraphinaMultilingualNeural' }
    const { session } = await talk.update({
      instructions: 'Answer in German.',
      audio: { output: { voice: voice.name, format: { type: 'audio/pcmu' } } },
      extensions: { voice, output_audio_timestamp_types: ['word'] },
    })
    expect(session).toMatchObject({
      instructions: 'Answer in German.',
      audio: { output: { format: { type: 'audio/pcmu' } } },
      extensions: { voice },
    })
    expect(legs.voice.received.at(-1)).toMatchObject({
      session: { voice, output_audio_format: 'g711_ulaw', output_audio_timestamp_types: ['word'] },
    })
    expect((await talk.ask('in German')).text).toBe('Das ist Deutsch.')
    const words = talk.events.flatMap((event) => (event.type === 'extension' ? [event.event] : []))
    const answer = talk.events.find((event) => event.type === 'response.output_item.added')
    expect(words.filter(({ type }) => type === 'response.audio_timestamp.delta')).toHaveLength(3)
    expect(new Set(words.map(({ item_id: id }) => id))).toEqual(new Set([answer?.item.id]))
    expect([legs.mind.violations, legs.voice.violations]).toEqual([[], []])
  })

  it('holds spoken turns, is interrupted, and the mind knows only what was heard', async () => {
    await using legs = await openDuet(speak, 3)
    await using talk = await talkTo(legs.provider)
    talk.add(userSays('count to 80'))
    talk.send({ type: 'response.create' })
    await talk.next('response.output_audio.delta')
    talk.send({ type: 'response.cancel' })
    expect((await talk.next('response.done')).response.status).toBe('cancelled')
    const item = talk.events.find((event) => event.type === 'response.output_item.added')?.item
    const cut = { item_id: item?.id ?? '', content_index: 0, audio_end_ms: 400 }
    talk.send({ type: 'conversation.item.truncate', ...cut, parley: { heard_transcript: 'one two' } })
    expect(await talk.next('conversation.item.truncated')).toMatchObject(cut)
    expect((await talk.ask('what did I say')).text).toBe('You said before: count to 80 || one two.')
    expect([legs.mind.violations, legs.voice.violations]).toEqual([[], []])
  })

  it('has its lost voice back before the next answer', async () => {
    await using legs = await openDuet()
    await using talk = await talkTo(legs.provider)
    await talk.ask('hi')
    legs.voice.dropAll()
    expect((await talk.ask('again')).text).toBe('You said: again.')
    expect(legs.voice.connections).toHaveLength(2)
    expect(talk.events.filter(({ type }) => type === 'warning')).toEqual([])
    const last = talk.events.findLast((event) => event.type === 'response.done')
    expect(last?.response.output_modalities).toEqual(['audio'])
  })

  it('goes on as text with a warning when its voice stays away', async () => {
    await using legs = await openDuet()
    await using talk = await talkTo(legs.provider)
    await talk.ask('hi')
    await legs.voice[Symbol.asyncDispose]()
    expect((await talk.ask('again')).text).toBe('You said: again.')
    expect(talk.events.filter(({ type }) => type === 'warning')).toHaveLength(1)
    await talk.ask('once more')
    expect(talk.events.filter(({ type }) => type === 'response.output_text.done')).toHaveLength(1)
  })

  it('calls tools', async () => {
    await using legs = await openDuet()
    await using talk = await talkTo(legs.provider)
    await talk.update({ tools: [{ type: 'function', name: 'look', parameters: { type: 'object' } }] })
    await talk.ask('call look')
    const call = talk.events.find((event) => event.type === 'response.function_call_arguments.done')
    talk.add({ type: 'function_call_output', call_id: call?.call_id ?? '', output: 'sunny' })
    expect((await talk.ask(undefined)).text).toBe('The tool said: sunny.')
    expect([legs.mind.violations, legs.voice.violations]).toEqual([[], []])
  })

  it('has a voice with a model of your own just as well', async () => {
    await using legs = await openDuet((url) =>
      voiceLiveByom({
        endpoint: url,
        credential: { key: voiceKey },
        profile: 'byom-azure-openai-chat-completion',
        deployment: 'my-gpt',
      }),
    )
    await using talk = await talkTo(legs.provider)
    expect((await talk.ask('hi')).text).toBe('You said: hi.')
    expect(legs.voice.connections[0]?.query).toMatchObject({ profile: 'byom-azure-openai-chat-completion' })
    expect(legs.voice.violations).toEqual([])
  })

  it('is refused with a version of Voice Live that does not speak given text', () => {
    const old = voiceLive({ endpoint: 'http://127.0.0.1', credential: { key }, apiVersion: '2025-10-01' })
    const mind = openai({ apiKey: key })
    expect(() => duetOf(mind, { provider: old })).toThrow('api-version 2026-01-01-preview')
  })
})

describe('a duet of OpenAI and an engine', () => {
  it('speaks with the engine', async () => {
    await using mind = await realtimeUpstream('openai', { key, deltaIntervalMs: 0 })
    const { tts } = fakeStages({
      tts: (speech) => {
        speech.sound(300)
        speech.end()
      },
    })
    await using talk = await talkTo(duetOf(openai({ apiKey: key, baseUrl: `${mind.url}/v1` }), { tts }))
    expect((await talk.ask('hi')).text).toBe('You said: hi.')
    const bytes = talk.events.reduce(
      (sum, event) => sum + (event.type === 'response.output_audio.delta' ? event.delta.byteLength : 0),
      0,
    )
    expect(bytes).toBeCloseTo(14_400, -2)
    expect(mind.violations).toEqual([])
  })
})

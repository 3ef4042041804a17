import {
  KnownAnimationOutputType,
  KnownAzureVoiceType,
  KnownContentPartType,
  KnownEouThresholdLevel,
  KnownItemType,
  KnownModality,
  KnownOutputAudioFormat,
  KnownReasoningEffort,
  KnownSessionIncludeOption,
  KnownTurnDetectionType,
} from '@azure/ai-voicelive'
import { describeLaws } from '@parley/audio/testing'
import { describe, expect, it } from 'vitest'
import { dialectLaws } from '../../testing/dialect-laws.ts'
import { serverWireEvents } from '../../testing/sample-events.ts'
import { voiceLiveClientSamples, voiceLiveServerSamples } from '../../testing/voice-live-samples.ts'
import {
  readFromClient,
  readFromServer,
  refusal,
  writtenToClient,
  writtenToServer,
} from '../../testing/wire-exchange.ts'
import { openaiGa } from '../openai-ga/index.ts'
import { voiceLive } from './index.ts'

describeLaws('Voice Live', dialectLaws, () => ({
  dialect: voiceLive,
  clientEvents: voiceLiveClientSamples,
  serverEvents: voiceLiveServerSamples,
}))

const update = (session: object) => ({ type: 'session.update', session })
const read = (session: object) => readFromClient(voiceLive, update(session))

describe('a client of Voice Live', () => {
  it.each([
    ['azure-standard', { name: 'en-US-AvaMultilingualNeural', style: 'cheerful', rate: '1.2' }],
    ['azure-custom', { name: 'mine', endpoint_id: 'endpoint_1' }],
    ['azure-personal', { name: 'me', model: 'DragonLatestNeural' }],
    ['azure-realtime-native', { name: 'ava' }],
    ['openai', { name: 'marin' }],
  ])('chooses a voice of type %s: GA has its name, the extension all of it', (type, fields) => {
    const voice = { type, ...fields }
    expect(read({ voice })).toEqual([
      update({ type: 'realtime', audio: { output: { voice: fields.name } }, extensions: { voice } }),
    ])
  })

  it.each(['azure_semantic_vad', 'azure_semantic_vad_en', 'azure_semantic_vad_multilingual'])(
    'chooses %s: GA has what server_vad shares, the extension all of it',
    (type) => {
      const detection = {
        type,
        threshold: 0.3,
        remove_filler_words: true,
        end_of_utterance_detection: { model: 'smart_end_of_turn_detection', timeout_ms: 500 },
      }
      expect(read({ turn_detection: detection })).toEqual([
        update({
          type: 'realtime',
          audio: { input: { turn_detection: { type: 'server_vad', threshold: 0.3 } } },
          extensions: { turn_detection: detection },
        }),
      ])
    },
  )

  it('chooses server_vad with fields GA lacks: GA has it without them, the extension all of it', () => {
    const detection = { type: 'server_vad', silence_duration_ms: 300, auto_truncate: true }
    expect(read({ turn_detection: detection })).toEqual([
      update({
        type: 'realtime',
        audio: { input: { turn_detection: { type: 'server_vad', silence_duration_ms: 300 } } },
        extensions: { turn_detection: detection },
      }),
    ])
  })

  it('switches turn detection off as Azure does', () => {
    expect(read({ turn_detection: { type: 'none' } })).toEqual(read({ turn_detection: null }))
  })

  it.each([
    [{ input_audio_format: 'pcm16' }, { input: { format: { type: 'audio/pcm', rate: 24_000 } } }],
    [{ input_audio_sampling_rate: 8000 }, { input: { format: { type: 'audio/pcm', rate: 8000 } } }],
    [
      { input_audio_sampling_rate: 16_000, input_audio_format: 'pcm16' },
      { input: { format: { type: 'audio/pcm', rate: 16_000 } } },
    ],
    [{ input_audio_format: 'g711_ulaw' }, { input: { format: { type: 'audio/pcmu' } } }],
    [{ output_audio_format: 'pcm16-8000hz' }, { output: { format: { type: 'audio/pcm', rate: 8000 } } }],
    [{ output_audio_format: 'pcm16_16000hz' }, { output: { format: { type: 'audio/pcm', rate: 16_000 } } }],
  ])('sets %j', (session, audio) => {
    expect(read(session)).toEqual([update({ type: 'realtime', audio })])
  })

  it('keeps settings nobody knows yet', () => {
    expect(read({ setting_of_next_year: 1 })).toEqual([
      update({ type: 'realtime', extensions: { setting_of_next_year: 1 } }),
    ])
  })

  it('says the address of an image the old way', () => {
    const image = { type: 'input_image', url: 'data:image/png;base64,AA==' }
    const create = {
      type: 'conversation.item.create',
      item: { type: 'message', role: 'user', content: [image] },
    }
    expect(readFromClient(voiceLive, create)).toMatchObject([
      { item: { content: [{ type: 'input_image', image_url: image.url }] } },
    ])
  })

  it('keeps a response out of the conversation by not committing it', () => {
    expect(readFromClient(voiceLive, { type: 'response.create', response: { commit: false } })).toEqual([
      { type: 'response.create', response: { conversation: 'none', extensions: { commit: false } } },
    ])
  })

  it.each([
    [update({ voice: 7 }), 'session.voice'],
    [update({ voice: { type: 'azure-standard', name: 7 } }), 'session.voice.name'],
    [update({ voice: { type: 'robot' } }), 'session.voice.type'],
    [
      update({ turn_detection: { type: 'azure_semantic_vad', threshold: 3 } }),
      'session.turn_detection.threshold',
    ],
    [update({ input_audio_sampling_rate: 44_100 }), 'session.input_audio_sampling_rate'],
    [update({ modalities: ['smell'] }), 'session.modalities[0]'],
    [update({ reasoning_effort: 'some' }), 'session.reasoning_effort'],
    [update({ tools: [{ type: 'robot' }] }), 'session.tools[0].type'],
    [
      update({
        input_audio_echo_cancellation: {
          type: 'server_echo_cancellation',
          reference_source: 'client',
          channels: 1,
        },
      }),
      'session.input_audio_echo_cancellation.channels',
    ],
    [{ type: 'response.create', response: { max_output_tokens: 0 } }, 'response.max_output_tokens'],
  ])('is told what is wrong with %j under its own names', (event, param) => {
    expect(refusal(voiceLive, event)).toEqual(['invalid_value', param])
  })

  it('is told what it left out', () => {
    expect(refusal(voiceLive, update({ voice: { type: 'azure-custom', name: 'mine' } }))).toEqual([
      'missing_required_parameter',
      'session.voice.endpoint_id',
    ])
  })

  it('gets only events it knows, whatever the session says', () => {
    const events = serverWireEvents.flatMap((event) => openaiGa.connector().decode(JSON.stringify(event)))
    const known = new Set(voiceLiveServerSamples.map(({ type }) => type))
    const written = writtenToClient(voiceLive, events)
    expect(
      written.map((event) => Reflect.get(Object(event), 'type')).filter((type) => !known.has(type)),
    ).toEqual([])
  })

  it('gets usage with the details of what was cached, which its SDK reads without looking', () => {
    const usage = { input_token_details: { cached_tokens: 5 } }
    const written = writtenToClient(voiceLive, [
      { type: 'response.done', event_id: 'e', response: { usage } },
    ])
    const cached = { text_tokens: 0, audio_tokens: 0 }
    expect(written).toMatchObject([
      { response: { usage: { input_token_details: { cached_tokens: 5, cached_tokens_details: cached } } } },
    ])
  })

  it('says the context of a response as the documents or as the SDK does', () => {
    const items = [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'a' }] }]
    for (const key of ['input', 'input_items']) {
      const create = { type: 'response.create', response: { [key]: items } }
      expect(readFromClient(voiceLive, create)).toMatchObject([{ response: { input: items } }])
    }
  })

  it('gets the voice of another backend as a name, and that of Azure as an object', () => {
    const created = (voice: string) =>
      writtenToClient(voiceLive, [
        { type: 'response.created', event_id: 'e', response: { audio: { output: { voice } } } },
      ])
    expect(created('slt')).toMatchObject([{ response: { voice: 'slt' } }])
    expect(created('en-US-Ava:DragonHDLatestNeural')).toMatchObject([
      { response: { voice: { type: 'azure-standard', name: 'en-US-Ava:DragonHDLatestNeural' } } },
    ])
  })
})

describe('a backend of Voice Live', () => {
  it('gets a voice of Azure that a GA client names as an object, and 8 kHz with G.711', () => {
    const audio = {
      input: { format: { type: 'audio/pcmu' } },
      output: { voice: 'zh-CN-shaanxi-XiaoniNeural' },
    } as const
    expect(
      writtenToServer(voiceLive, [{ type: 'session.update', session: { type: 'realtime', audio } }]),
    ).toEqual([
      update({
        voice: { type: 'azure-standard', name: 'zh-CN-shaanxi-XiaoniNeural' },
        input_audio_format: 'g711_ulaw',
        input_audio_sampling_rate: 8000,
      }),
    ])
  })

  it('ends a response whose items Parley does not all know', () => {
    const search = { id: 'item_5', type: 'web_search_call' }
    const answer = {
      id: 'item_2',
      type: 'message',
      role: 'assistant',
      content: [{ type: 'text', text: 'a' }],
    }
    const [done] = readFromServer(voiceLive, [
      { type: 'response.done', event_id: 'e', response: { id: 'r', output: [search, answer] } },
    ])
    expect(done).toMatchObject({
      type: 'response.done',
      response: {
        output: [{ id: 'item_2', content: [{ type: 'output_text' }] }],
        extensions: { output: [search, answer] },
      },
    })
  })

  it.each(['conversation.item.created', 'response.output_item.added', 'response.output_item.done'])(
    'passes on %s with an item Parley does not know',
    (type) => {
      const event = { type, event_id: 'e', item: { type: 'file_search_call', id: 'item_5' } }
      expect(readFromServer(voiceLive, [event])).toEqual([
        { type: 'extension', dialect: 'voice-live', event },
      ])
    },
  )

  it('says its voice as a string in GA', () => {
    const voice = { type: 'azure-standard', name: 'en-US-AvaMultilingualNeural' }
    const events = readFromServer(voiceLive, [
      { type: 'response.created', event_id: 'e', response: { voice } },
    ])
    expect(writtenToClient(openaiGa, events)).toMatchObject([
      { response: { audio: { output: { voice: voice.name } } } },
    ])
  })
})

describe('the values of the official SDK', () => {
  it.each<[string, object, (value: string) => object]>([
    ['modalities', KnownModality, (value) => ({ modalities: [value] })],
    ['output formats', KnownOutputAudioFormat, (value) => ({ output_audio_format: value })],
    ['efforts', KnownReasoningEffort, (value) => ({ reasoning_effort: value })],
    ['further values', KnownSessionIncludeOption, (value) => ({ include: [value] })],
    ['animations', KnownAnimationOutputType, (value) => ({ animation: { outputs: [value] } })],
    ['kinds of turn detection', KnownTurnDetectionType, (type) => ({ turn_detection: { type } })],
    [
      'kinds of voices',
      KnownAzureVoiceType,
      (type) => ({ voice: { type, name: 'a', model: 'b', endpoint_id: 'c' } }),
    ],
    [
      'levels of end-of-utterance detection',
      KnownEouThresholdLevel,
      (level) => ({
        turn_detection: {
          type: 'server_vad',
          end_of_utterance_detection: { model: 'semantic_detection_v1', threshold_level: level },
        },
      }),
    ],
  ])('are all read: %s', (_, values, session) => {
    for (const value of Object.values(values)) {
      expect([value, ...refusal(voiceLive, update(session(String(value))))]).toEqual([value, 'accepted'])
    }
  })

  it('are the types of items and of content', () => {
    expect(Object.values(KnownItemType).toSorted()).toEqual([
      'file_search_call',
      'function_call',
      'function_call_output',
      'mcp_approval_request',
      'mcp_approval_response',
      'mcp_call',
      'mcp_list_tools',
      'message',
      'web_search_call',
    ])
    expect(Object.values(KnownContentPartType).toSorted()).toEqual([
      'audio',
      'input_audio',
      'input_image',
      'input_text',
      'text',
    ])
  })
})

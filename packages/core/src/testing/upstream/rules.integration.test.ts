import { describe, expect, it } from 'vitest'
import { objectOf } from './json.ts'
import { answer, doors, openScene, sound } from './raw-scene.ts'
import type { WireName, WireObject } from './wire.ts'

interface Broken {
  readonly code: string
  readonly param: unknown
  readonly noted: boolean
}

interface Try {
  readonly wire: WireName
  readonly door?: string
  /** A spoken answer was given before. */
  readonly spoken?: boolean
}

/** What a service says to one event, and whether the stand-in holds it against the client. */
async function refused(to: Try, event: unknown): Promise<Broken> {
  await using scene = await openScene(to.wire, to.door === undefined ? {} : { door: to.door })
  const { client, upstream } = scene
  await client.next('session.created')
  if (to.spoken === true) await answer(client, 'hi')
  client.send(event)
  const error = objectOf((await client.next('error'))['error'])
  return { code: String(error['code']), param: error['param'], noted: upstream.violations.length > 0 }
}

const update = (session: WireObject) => ({ type: 'session.update', session })
const ga = (session: WireObject) => update({ type: 'realtime', ...session })
const input = (fields: WireObject) => ga({ audio: { input: fields } })
const create = (item: WireObject, more: WireObject = {}) => ({
  type: 'conversation.item.create',
  item,
  ...more,
})
const says = (content: readonly unknown[], more: WireObject = {}) =>
  create({ type: 'message', role: 'user', content, ...more })
const respond = (response: WireObject) => ({ type: 'response.create', response })
const image = 'data:image/png;base64,AAAA'

type Row = readonly [rule: string, event: unknown, code: string, param: unknown]

const gaRows: readonly Row[] = [
  ['an event without type', {}, 'invalid_event', null],
  ['text that is no JSON', 'hello', 'invalid_event', null],
  ['an unknown event', { type: 'session.dance' }, 'invalid_value', 'type'],
  ['an unknown field of an event', { type: 'response.cancel', now: true }, 'unknown_parameter', 'now'],
  ['no session type', update({ instructions: '' }), 'missing_required_parameter', 'session.type'],
  ['an unknown session field', ga({ colour: 1 }), 'unknown_parameter', 'session.colour'],
  ['temperature', ga({ temperature: 0.8 }), 'unknown_parameter', 'session.temperature'],
  ['modalities', ga({ modalities: ['text'] }), 'unknown_parameter', 'session.modalities'],
  ['a flat voice', ga({ voice: 'alloy' }), 'unknown_parameter', 'session.voice'],
  ['extensions', ga({ extensions: {} }), 'unknown_parameter', 'session.extensions'],
  [
    'both modalities',
    ga({ output_modalities: ['text', 'audio'] }),
    'invalid_value',
    'session.output_modalities',
  ],
  [
    'an unknown voice',
    ga({ audio: { output: { voice: 'parrot' } } }),
    'invalid_value',
    'session.audio.output.voice',
  ],
  [
    'a voice of Azure',
    ga({ audio: { output: { voice: 'en-US-AvaNeural' } } }),
    'invalid_value',
    'session.audio.output.voice',
  ],
  ['too much speed', ga({ audio: { output: { speed: 2 } } }), 'invalid_value', 'session.audio.output.speed'],
  [
    'another rate',
    input({ format: { type: 'audio/pcm', rate: 16_000 } }),
    'invalid_value',
    'session.audio.input.format.rate',
  ],
  [
    'a rate of G.711',
    input({ format: { type: 'audio/pcmu', rate: 8000 } }),
    'unknown_parameter',
    'session.audio.input.format.rate',
  ],
  [
    'turn detection of Azure',
    input({ turn_detection: { type: 'azure_semantic_vad' } }),
    'invalid_value',
    'session.audio.input.turn_detection.type',
  ],
  [
    'a field of Azure in turn detection',
    input({ turn_detection: { type: 'server_vad', remove_filler_words: true } }),
    'unknown_parameter',
    'session.audio.input.turn_detection.remove_filler_words',
  ],
  [
    'a threshold over one',
    input({ turn_detection: { type: 'server_vad', threshold: 2 } }),
    'invalid_value',
    'session.audio.input.turn_detection.threshold',
  ],
  [
    'a short idle time-out',
    input({ turn_detection: { type: 'server_vad', idle_timeout_ms: 100 } }),
    'invalid_value',
    'session.audio.input.turn_detection.idle_timeout_ms',
  ],
  [
    'deep noise suppression',
    input({ noise_reduction: { type: 'azure_deep_noise_suppression' } }),
    'invalid_value',
    'session.audio.input.noise_reduction.type',
  ],
  ['too many tokens', ga({ max_output_tokens: 5000 }), 'invalid_value', 'session.max_output_tokens'],
  ['no tokens', ga({ max_output_tokens: 0 }), 'invalid_value', 'session.max_output_tokens'],
  ['a bare tool choice', ga({ tool_choice: 'look_up' }), 'invalid_value', 'session.tool_choice'],
  [
    'a tool without name',
    ga({ tools: [{ type: 'function' }] }),
    'missing_required_parameter',
    'session.tools[0].name',
  ],
  ['another model', ga({ model: 'gpt-realtime' }), 'invalid_value', 'session.model'],
  ['another session type', update({ type: 'transcription' }), 'invalid_value', 'session.type'],
  ['sound that is no base64', { type: 'input_audio_buffer.append', audio: '?' }, 'invalid_value', 'audio'],
  ['half a sample', { type: 'input_audio_buffer.append', audio: 'AAAA' }, 'invalid_value', 'audio'],
  [
    'a long item id',
    says([{ type: 'input_text', text: '' }], { id: 'x'.repeat(33) }),
    'invalid_value',
    'item.id',
  ],
  [
    'sound of an assistant',
    create({ type: 'message', role: 'assistant', content: [{ type: 'output_audio', audio: 'AAAA' }] }),
    'invalid_value',
    'item.content[0].type',
  ],
  [
    'flat text of an assistant',
    create({ type: 'message', role: 'assistant', content: [{ type: 'text', text: 'hi' }] }),
    'invalid_value',
    'item.content[0].type',
  ],
  [
    'an image by another name',
    says([{ type: 'input_image', url: image }]),
    'missing_required_parameter',
    'item.content[0].image_url',
  ],
  [
    'an unknown previous item',
    create(
      { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'hi' }] },
      { previous_item_id: 'item_none' },
    ),
    'invalid_value',
    'previous_item_id',
  ],
  [
    'an output without call',
    create({ type: 'function_call_output', call_id: 'call_none', output: '' }),
    'invalid_tool_call_id',
    'item.call_id',
  ],
  [
    'approval of nothing',
    create({ type: 'mcp_approval_response', approval_request_id: 'mcpr_none', approve: true }),
    'invalid_value',
    'item.approval_request_id',
  ],
  ['temperature of a response', respond({ temperature: 1 }), 'unknown_parameter', 'response.temperature'],
  [
    'a pre-generated message',
    respond({ pre_generated_assistant_message: {} }),
    'unknown_parameter',
    'response.pre_generated_assistant_message',
  ],
  ['another conversation', respond({ conversation: 'conv_1' }), 'invalid_value', 'response.conversation'],
  [
    'a reference to nothing',
    respond({ input: [{ type: 'item_reference', id: 'item_none' }] }),
    'invalid_value',
    'response.input',
  ],
  ['long metadata', respond({ metadata: { a: 'x'.repeat(513) } }), 'invalid_value', 'response.metadata.a'],
]

describe('GA refuses, and holds against the client,', () => {
  it.each(gaRows)('%s', async (_, event, code, param) => {
    expect(await refused({ wire: 'openai' }, event)).toEqual({ code, param, noted: true })
  })

  it('a second answer beside the first', async () => {
    await using scene = await openScene('openai', { deltaIntervalMs: 5 })
    const { client, upstream } = scene
    client.send({ type: 'response.create' })
    client.send({ type: 'response.create' })
    const error = objectOf((await client.next('error'))['error'])
    expect(error['code']).toBe('conversation_already_has_active_response')
    expect(upstream.violations).toHaveLength(1)
  })

  it('another voice after sound, with the whole update', async () => {
    const event = ga({ instructions: 'New.', audio: { output: { voice: 'cedar' } } })
    await using scene = await openScene('openai')
    const { client, upstream } = scene
    await answer(client, 'hi')
    client.send(event)
    expect(objectOf((await client.next('error'))['error'])).toMatchObject({
      code: 'cannot_update_voice',
      param: 'session.audio.output.voice',
    })
    client.send(ga({}))
    const updated = objectOf((await client.next('session.updated'))['session'])
    expect(updated['instructions']).not.toBe('New.')
    expect(upstream.violations).toHaveLength(1)
  })

  it('sound before the first update is in force', async () => {
    await using scene = await openScene('openai')
    const { client, upstream } = scene
    client.send(ga({}))
    sound(client, 1)
    await client.next('session.updated')
    sound(client, 1)
    client.send({ type: 'input_audio_buffer.clear' })
    await client.next('input_audio_buffer.cleared')
    expect(upstream.violations).toEqual(['input_audio_buffer.append: before the first session.updated'])
  })

  it('reasoning of a model that does not', async () => {
    const to: Try = { wire: 'openai', door: '/v1/realtime?model=gpt-realtime-1.5' }
    expect(await refused(to, ga({ reasoning: { effort: 'low' } }))).toEqual({
      code: 'invalid_value',
      param: 'session.reasoning',
      noted: true,
    })
  })

  it('an answer in a transcription session', async () => {
    const to: Try = { wire: 'openai', door: '/v1/realtime?intent=transcription' }
    expect((await refused(to, { type: 'response.create' })).code).toBe('invalid_value')
  })

  it('turn detection beside a model that writes whole turns', async () => {
    const event = input({
      transcription: { model: 'gpt-realtime-whisper' },
      turn_detection: { type: 'server_vad' },
    })
    expect(await refused({ wire: 'openai' }, event)).toMatchObject({
      code: 'invalid_value',
      param: 'session.audio.input.turn_detection',
    })
  })

  it('a change of tracing', async () => {
    await using scene = await openScene('openai')
    const { client } = scene
    client.send(ga({ tracing: 'auto' }))
    await client.next('session.updated')
    client.send(ga({ tracing: null }))
    expect(objectOf((await client.next('error'))['error'])['param']).toBe('session.tracing')
  })
})

describe('GA refuses what happens to correct clients too:', () => {
  it.each<Row>([
    ['a cancel too late', { type: 'response.cancel' }, 'response_cancel_not_active', null],
    ['a commit too early', { type: 'input_audio_buffer.commit' }, 'input_audio_buffer_commit_empty', null],
    [
      'a truncate of a deleted item',
      { type: 'conversation.item.truncate', item_id: 'item_none', content_index: 0, audio_end_ms: 0 },
      'item_truncate_invalid_item_id',
      'item_id',
    ],
    [
      'a second delete',
      { type: 'conversation.item.delete', item_id: 'item_none' },
      'item_delete_invalid_item_id',
      'item_id',
    ],
    [
      'a retrieve of a deleted item',
      { type: 'conversation.item.retrieve', item_id: 'item_none' },
      'item_retrieve_invalid_item_id',
      'item_id',
    ],
  ])('%s', async (_, event, code, param) => {
    expect(await refused({ wire: 'openai' }, event)).toEqual({ code, param, noted: false })
  })
})

describe('Azure OpenAI refuses', () => {
  it.each<Row>([
    ['tracing', ga({ tracing: 'auto' }), 'unknown_parameter', 'session.tracing'],
    ['a stored prompt', ga({ prompt: { id: 'pmpt_1' } }), 'unknown_parameter', 'session.prompt'],
    [
      'an id of a model where a deployment belongs',
      input({ transcription: { model: 'whisper-1' } }),
      'invalid_value',
      'session.audio.input.transcription.model',
    ],
  ])('%s', async (_, event, code, param) => {
    expect(await refused({ wire: 'azure-openai' }, event)).toEqual({ code, param, noted: true })
  })

  it.each<Row>([
    ['a session type', ga({}), 'unknown_parameter', 'session.type'],
    ['nested audio', update({ audio: {} }), 'unknown_parameter', 'session.audio'],
    ['sound without text', update({ modalities: ['audio'] }), 'invalid_value', 'session.modalities'],
    ['a voice of GA', update({ voice: 'marin' }), 'invalid_value', 'session.voice'],
    ['a low temperature', update({ temperature: 0.1 }), 'invalid_value', 'session.temperature'],
    [
      'an object as tool choice',
      update({ tool_choice: { type: 'function', name: 'a' } }),
      'invalid_value',
      'session.tool_choice',
    ],
    [
      'MCP',
      update({ tools: [{ type: 'mcp', server_label: 'a', server_url: 'https://a.test' }] }),
      'invalid_value',
      'session.tools[0].type',
    ],
    ['images', says([{ type: 'input_image', image_url: image }]), 'invalid_value', 'item.content[0].type'],
    [
      'nested text of an assistant',
      create({ type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'hi' }] }),
      'invalid_value',
      'item.content[0].type',
    ],
    [
      'an idle time-out',
      update({ turn_detection: { type: 'server_vad', idle_timeout_ms: 6000 } }),
      'unknown_parameter',
      'session.turn_detection.idle_timeout_ms',
    ],
  ])('on the preview path %s', async (_, event, code, param) => {
    expect(await refused({ wire: 'azure-openai-preview' }, event)).toEqual({ code, param, noted: true })
  })
})

describe('Voice Live refuses', () => {
  const cascaded = '/voice-live/realtime?api-version=2026-07-15&model=gpt-4.1'
  const agent = '/voice-live/realtime?api-version=2026-07-15&agent-name=a&agent-project-name=p'
  const old = '/voice-live/realtime?api-version=2025-10-01&model=gpt-realtime'
  const phi = '/voice-live/realtime?api-version=2026-07-15&model=phi4-mm-realtime'
  const mcp = { tools: [{ type: 'mcp', server_label: 'a', server_url: 'https://a.test' }] }
  const echo = (fields: WireObject) =>
    update({ input_audio_echo_cancellation: { type: 'server_echo_cancellation', ...fields } })
  const verbatim = (content: readonly unknown[]) =>
    respond({ pre_generated_assistant_message: { type: 'message', role: 'assistant', content } })
  const interim = { interim_response: { type: 'static_interim_response', texts: ['Hm.'] } }

  it.each<readonly [string, unknown, string, unknown, string?]>([
    ['a session type', ga({}), 'unknown_parameter', 'session.type'],
    [
      'a name of Azure without its kind',
      update({ voice: 'en-US-AvaNeural' }),
      'invalid_value',
      'session.voice',
    ],
    [
      'a name that is no voice',
      update({ voice: { type: 'azure-standard', name: 'ava' } }),
      'invalid_value',
      'session.voice.name',
    ],
    [
      'a custom voice without endpoint',
      update({ voice: { type: 'azure-custom', name: 'mine' } }),
      'missing_required_parameter',
      'session.voice.endpoint_id',
    ],
    [
      'a voice of OpenAI in a cascade',
      update({ voice: 'alloy' }),
      'invalid_value',
      'session.voice',
      cascaded,
    ],
    [
      'a voice of azure-realtime elsewhere',
      update({ voice: { type: 'azure-realtime-native', name: 'ava' } }),
      'invalid_value',
      'session.voice',
    ],
    [
      'semantic_vad in a cascade',
      update({ turn_detection: { type: 'semantic_vad' } }),
      'invalid_value',
      'session.turn_detection.type',
      cascaded,
    ],
    [
      'languages of the English detector',
      update({ turn_detection: { type: 'azure_semantic_vad_en', languages: ['en'] } }),
      'unknown_parameter',
      'session.turn_detection.languages',
    ],
    [
      'truncation without interruption',
      update({ turn_detection: { type: 'server_vad', auto_truncate: true, interrupt_response: false } }),
      'invalid_value',
      'session.turn_detection.auto_truncate',
    ],
    [
      'the preview’s end of turn',
      update({
        turn_detection: {
          type: 'server_vad',
          end_of_utterance_detection: { model: 'smart_end_of_turn_detection' },
        },
      }),
      'invalid_value',
      'session.turn_detection.end_of_utterance_detection.model',
    ],
    [
      'two channels of the server',
      echo({ channels: 2 }),
      'invalid_ec_channels_requires_client',
      'session.input_audio_echo_cancellation.channels',
    ],
    [
      'one channel of the client',
      echo({ reference_source: 'client', channels: 1 }),
      'invalid_ec_reference_channels',
      'session.input_audio_echo_cancellation.channels',
    ],
    [
      'G.711 at 24 kHz',
      update({ input_audio_format: 'g711_ulaw' }),
      'invalid_value',
      'session.input_audio_sampling_rate',
    ],
    [
      'an odd rate',
      update({ input_audio_sampling_rate: 44_100 }),
      'invalid_value',
      'session.input_audio_sampling_rate',
    ],
    [
      'phrases for another recogniser',
      update({ input_audio_transcription: { model: 'whisper-1', phrase_list: ['a'] } }),
      'invalid_value',
      'session.input_audio_transcription.phrase_list',
    ],
    [
      'a recogniser of OpenAI in a cascade',
      update({ input_audio_transcription: { model: 'whisper-1' } }),
      'invalid_value',
      'session.input_audio_transcription.model',
      cascaded,
    ],
    ['interim responses of a realtime model', update(interim), 'invalid_value', 'session.interim_response'],
    [
      'reasoning of a model that does not',
      update({ reasoning_effort: 'low' }),
      'invalid_value',
      'session.reasoning_effort',
      cascaded,
    ],
    ['MCP at phi', update(mcp), 'invalid_value', 'session.tools', phi],
    ['MCP at an old version', update(mcp), 'invalid_value', 'session.tools[0].type', old],
    [
      'a pre-generated message at an old version',
      verbatim([{ type: 'text', text: 'a' }]),
      'unknown_parameter',
      'response.pre_generated_assistant_message',
      old,
    ],
    [
      'a pre-generated message in two parts',
      verbatim([
        { type: 'text', text: 'a' },
        { type: 'text', text: 'b' },
      ]),
      'invalid_value',
      'response.pre_generated_assistant_message.content',
    ],
    [
      'input_text at an old version',
      { type: 'input_text.delta', id: 'a', delta: 'b' },
      'invalid_value',
      'type',
      old,
    ],
    [
      'image_url at an old version',
      says([{ type: 'input_image', image_url: image }]),
      'missing_required_parameter',
      'item.content[0].url',
      old,
    ],
    [
      'url at a new version',
      says([{ type: 'input_image', url: image }]),
      'missing_required_parameter',
      'item.content[0].image_url',
    ],
    [
      'instructions beside an agent',
      update({ instructions: 'Be brief.' }),
      'invalid_value',
      'session.instructions',
      agent,
    ],
    ['tools beside an agent', update({ tools: [] }), 'invalid_value', 'session.tools', agent],
    [
      'input for an agent where there is none',
      respond({ invoke_input: {} }),
      'invalid_value',
      'response.invoke_input',
    ],
    [
      'an avatar that is not set up',
      { type: 'session.avatar.connect', client_sdp: 'AAAA' },
      'invalid_value',
      'client_sdp',
    ],
    ['an output buffer without avatar', { type: 'output_audio_buffer.clear' }, 'invalid_value', 'type'],
    ['the end of a text that never began', { type: 'input_text.done', id: 'a' }, 'invalid_value', 'id'],
  ])('%s', async (_, event, code, param, door = doors['voice-live']) => {
    expect(await refused({ wire: 'voice-live', door: String(door) }, event)).toEqual({
      code,
      param,
      noted: true,
    })
  })

  it('takes every Azure voice by its name', async () => {
    await using scene = await openScene('voice-live')
    const names = [
      'en-US-AvaMultilingualNeural',
      'zh-CN-liaoning-XiaobeiNeural',
      'sr-Latn-RS-NicholasNeural',
      'de-DE-Florian:DragonHDLatestNeural',
      'en-US-Harper:MAI-Voice-2-Flash',
    ]
    for (const name of names) scene.client.send(update({ voice: { type: 'azure-standard', name } }))
    for (const name of names) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other, as they were sent
      const session = objectOf((await scene.client.next('session.updated'))['session'])
      expect(session['voice']).toEqual({ type: 'azure-standard', name })
    }
    expect(scene.upstream.violations).toEqual([])
  })

  it('warns of phrases that its model does not heed', async () => {
    await using scene = await openScene('voice-live')
    scene.client.send(
      update({ input_audio_transcription: { model: 'azure-speech', phrase_list: ['Parley'] } }),
    )
    const warning = objectOf((await scene.client.next('warning'))['warning'])
    expect(warning['param']).toBe('session.input_audio_transcription.phrase_list')
    expect(scene.upstream.violations).toEqual([])
  })
})

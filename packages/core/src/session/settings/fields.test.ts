import { describe, expect, it } from 'vitest'
import type { ClientEvent } from '../../events/client-events.ts'
import type { RealtimeSessionConfig } from '../../events/session-config.ts'
import type { Capabilities } from '../../providers/capabilities.ts'
import { openTestSession, toldBackend, toldClient, updated } from '../../testing/session-fixture.ts'

const update = (session: Partial<RealtimeSessionConfig>): ClientEvent => ({
  type: 'session.update',
  session: { type: 'realtime', ...session },
})

function take(event: ClientEvent, capabilities: Partial<Capabilities> = {}) {
  const outputs = openTestSession({ capabilities }).client(event)
  return {
    told: toldClient(outputs).map((each) => {
      if (each.type === 'warning') return `warning ${each.warning.param}`
      return each.type === 'error' ? `${each.error.code} ${each.error.param}` : each.type
    }),
    sent: toldBackend(outputs),
  }
}

const reduction = { type: 'near_field' as const }

describe('session fields the backend does not know', () => {
  const bare: Partial<Capabilities> = { sessionFields: ['instructions'] }
  const cases: readonly (readonly [
    string,
    Partial<RealtimeSessionConfig>,
    Partial<RealtimeSessionConfig>,
  ])[] = [
    ['tracing', { tracing: 'auto' }, {}],
    ['prompt', { prompt: { id: 'p' } }, {}],
    ['truncation', { truncation: 'disabled' }, {}],
    ['reasoning', { reasoning: { effort: 'low' } }, {}],
    ['include', { include: ['item.input_audio_transcription.logprobs'] }, {}],
    ['max_output_tokens', { max_output_tokens: 9 }, {}],
    ['parallel_tool_calls', { parallel_tool_calls: false }, {}],
    ['tool_choice', { tool_choice: 'none' }, {}],
    [
      'audio.input.noise_reduction',
      { audio: { input: { noise_reduction: reduction } } },
      { audio: { input: {} } },
    ],
    [
      'audio.input.turn_detection.idle_timeout_ms',
      { audio: { input: { turn_detection: { type: 'server_vad', idle_timeout_ms: 6_000 } } } },
      { audio: { input: { turn_detection: { type: 'server_vad' } } } },
    ],
    ['audio.output.speed', { audio: { output: { speed: 1.2 } } }, { audio: { output: {} } }],
  ]

  it.each(cases)('%s is left out with a warning', (name, asked, left) => {
    expect(take(update({ ...asked, instructions: 'x' }), bare)).toEqual({
      told: [`warning session.${name}`],
      sent: [update({ ...left, instructions: 'x' })],
    })
  })

  it('instructions are left out where an agent brings its own', () => {
    const asked = update({ instructions: 'x', tools: [] })
    expect(take(asked, { sessionFields: [] })).toEqual({
      told: ['warning session.instructions'],
      sent: [update({ tools: [] })],
    })
  })

  it.each(cases)('%s passes where it is known', (_name, asked) => {
    const known = take(update(asked), {
      sessionFields: cases.map(([name]) => name as Capabilities['sessionFields'][number]),
    })
    expect(known).toEqual({ told: [], sent: [update(asked)] })
  })

  it('are left out in silence when they ask for nothing', () => {
    const asked = update({
      tracing: null,
      prompt: null,
      truncation: 'auto',
      include: [],
      max_output_tokens: 'inf',
      tool_choice: 'auto',
      parallel_tool_calls: true,
      audio: { output: { speed: 1 }, input: { noise_reduction: null } },
    })
    expect(take(asked, bare)).toEqual({
      told: [],
      sent: [update({ audio: { output: {}, input: {} } })],
    })
  })

  it('are left out of a response as well', () => {
    const asked: ClientEvent = {
      type: 'response.create',
      response: { instructions: 'x', prompt: { id: 'p' }, max_output_tokens: 5 },
    }
    expect(take(asked, bare)).toEqual({
      told: ['warning response.prompt', 'warning response.max_output_tokens'],
      sent: [{ type: 'response.create', response: { instructions: 'x' } }],
    })
  })
})

describe('extensions', () => {
  const extended = (extensions: RealtimeSessionConfig['extensions']): ClientEvent => update({ extensions })

  it('pass where the backend has them', () => {
    const event = extended({ temperature: 0.8, avatar: { character: 'lisa' } })
    expect(take(event, { sessionExtensions: ['temperature', 'avatar'] })).toEqual({ told: [], sent: [event] })
  })

  it('are left out with a warning, refused or left out in silence by their rule', () => {
    expect(take(extended({ temperature: 0.8 }))).toEqual({
      told: ['warning session.extensions.temperature'],
      sent: [update({})],
    })
    expect(take(extended({ avatar: { character: 'lisa' } }))).toEqual({
      told: ['unsupported session.extensions.avatar'],
      sent: [],
    })
    expect(take(extended({ voice: { type: 'azure-standard', name: 'ada' } }))).toEqual({
      told: [],
      sent: [update({})],
    })
    expect(take(extended({ animation: null, avatar: null }))).toEqual({ told: [], sent: [update({})] })
  })

  it('that nobody has heard of are left out with a warning', () => {
    expect(take(extended({ shoe_size: 44 })).told).toEqual(['warning session.extensions.shoe_size'])
  })

  it("leave the GA turn detection beside Azure's", () => {
    const turn_detection = { type: 'server_vad' as const, silence_duration_ms: 400 }
    const asked = update({
      audio: { input: { turn_detection } },
      extensions: { turn_detection: { type: 'azure_semantic_vad', silence_duration_ms: 400 } },
    })
    expect(take(asked)).toEqual({
      told: ['warning session.extensions.turn_detection'],
      sent: [update({ audio: { input: { turn_detection } } })],
    })
  })

  it('of a response follow their own rules', () => {
    const create = (extensions: Record<string, unknown>): ClientEvent => ({
      type: 'response.create',
      response: { extensions },
    })
    expect(take(create({ temperature: 1 }))).toEqual({
      told: ['warning response.extensions.temperature'],
      sent: [{ type: 'response.create', response: {} }],
    })
    expect(take(create({ pre_generated_assistant_message: { content: [] } })).told).toEqual([
      'unsupported response.extensions.pre_generated_assistant_message',
    ])
  })
})

describe('voices', () => {
  const speak = (voice: string): ClientEvent => update({ audio: { output: { voice } } })
  const ava = 'en-US-Ava:DragonHDLatestNeural'

  it('of Azure are found by name where the backend takes voice objects', () => {
    const capabilities = { sessionExtensions: ['voice'], otherVoices: true } as const
    expect(take(speak(ava), capabilities).sent).toEqual([
      update({
        audio: { output: { voice: ava } },
        extensions: { voice: { type: 'azure-standard', name: ava } },
      }),
    ])
    const listed = { ...capabilities, voices: [{ name: 'marin', languages: [] }] }
    expect(take(speak('marin'), listed).sent).toEqual([speak('marin')])
  })

  it('named whole by the client stay as they are', () => {
    const voice = { type: 'azure-custom', name: ava, endpoint_id: 'e' }
    const event = update({ audio: { output: { voice: ava } }, extensions: { voice } })
    expect(take(event, { sessionExtensions: ['voice'], otherVoices: true }).sent).toEqual([event])
  })

  it('that are not listed pass only where there are more than the list', () => {
    expect(take(speak('zoe'), { otherVoices: true }).sent).toEqual([speak('zoe')])
    expect(take(speak('zoe')).told).toEqual(['invalid_value session.audio.output.voice'])
  })

  it("of OpenAI stand for the backend's own where only Azure's are known", () => {
    const azure: Partial<Capabilities> = { voices: [], otherVoices: true, sessionExtensions: ['voice'] }
    expect(take(speak('alloy'), azure)).toEqual({ told: [], sent: [update({ audio: { output: {} } })] })
    const both = { ...azure, voices: [{ name: 'alloy', languages: [] }] }
    expect(take(speak('alloy'), both).sent).toEqual([speak('alloy')])
  })

  it("of Azure are replaced by the backend's own where it has none of them, and the client is told", () => {
    const event = update({
      audio: { output: { voice: ava } },
      extensions: { voice: { type: 'azure-standard', name: ava } },
    })
    const { sent, told } = take(event)
    expect(told).toEqual(['warning session.audio.output.voice'])
    expect(sent).toEqual([update({ audio: { output: {} } })])
    const listed = {
      otherVoices: true,
      voices: [{ name: 'en-US-AndrewMultilingualNeural', languages: ['en'] }],
    }
    expect(take(speak(ava), listed)).toMatchObject({ sent: [speak(ava)], told: [] })
  })
})

describe('what cannot be supplied is refused by name', () => {
  const detection = (turn_detection: { type: 'server_vad'; create_response?: boolean } | null): ClientEvent =>
    update({ audio: { input: { turn_detection } } })
  const cases: readonly (readonly [string, ClientEvent, Partial<Capabilities>, string])[] = [
    [
      'push to talk',
      detection(null),
      { manualTurns: false },
      'unsupported session.audio.input.turn_detection',
    ],
    [
      'turns without a response',
      detection({ type: 'server_vad', create_response: false }),
      { turnsWithoutResponse: false },
      'unsupported session.audio.input.turn_detection',
    ],
    [
      'a response out of band',
      { type: 'response.create', response: { conversation: 'none' } },
      { outOfBandResponses: false },
      'unsupported response.conversation',
    ],
    [
      'instructions of one response',
      { type: 'response.create', response: { metadata: { a: 'b' }, instructions: 'x' } },
      { responseOverrides: false },
      'unsupported response.instructions',
    ],
    [
      'a choice of a function that is not offered',
      update({ tool_choice: { type: 'function', name: 'fly' }, tools: [{ type: 'function', name: 'walk' }] }),
      {},
      'invalid_value session.tool_choice',
    ],
    [
      'the same in a response',
      { type: 'response.create', response: { tool_choice: { type: 'function', name: 'fly' } } },
      {},
      'invalid_value response.tool_choice',
    ],
  ]
  it.each(cases)('%s', (_name, event, capabilities, expected) => {
    expect(take(event, capabilities)).toEqual({ told: [expected], sent: [] })
    expect(take(event).told.filter((each) => each.startsWith('unsupported'))).toEqual([])
  })

  it('nothing that only repeats the session, which is left out', () => {
    const event: ClientEvent = {
      type: 'response.create',
      response: { metadata: { a: 'b' }, output_modalities: ['audio'] },
    }
    expect(take(event, { responseOverrides: false })).toEqual({
      told: [],
      sent: [{ type: 'response.create', response: { metadata: { a: 'b' } } }],
    })
  })

  it('a change of what the backend fixes at the beginning', () => {
    const session = openTestSession({ capabilities: { updatable: ['instructions'] } })
    session.client({ type: 'response.create' })
    const change = update({ audio: { output: { voice: 'bob' } } })
    expect(toldClient(session.client(change))).toMatchObject([
      { error: { code: 'unsupported', param: 'session.audio.output.voice' } },
    ])
    const same = update({ instructions: 'new', audio: { output: { voice: 'ada' } } })
    expect(toldBackend(session.client(same))).toEqual([same])
  })

  it('no turn detection that is supplied and named again', () => {
    const session = openTestSession({ capabilities: { updatable: [] } })
    const semantic = update({ audio: { input: { turn_detection: { type: 'semantic_vad' } } } })
    session.client(semantic)
    session.provider(updated())
    session.client({ type: 'response.create' })
    expect(toldBackend(session.client(semantic))).toHaveLength(1)
  })

  it('a tool that was offered before may be chosen', () => {
    const session = openTestSession()
    session.client(update({ tools: [{ type: 'function', name: 'walk' }] }))
    expect(
      toldBackend(session.client(update({ tool_choice: { type: 'function', name: 'walk' } }))),
    ).toHaveLength(1)
  })
})

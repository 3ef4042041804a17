import { describe, expect, it } from 'vitest'
import { RealtimeError } from '../../errors.ts'
import type { RealtimeSessionConfig } from '../../events/session-config.ts'
import { leftOut } from './left-out.ts'
import { traitsOf } from './model-traits.ts'
import { defaultSession, mergedSession, setupChange, toSetup, type SetupOptions } from './setup.ts'

const options: SetupOptions = { model: 'models/gemini-3.8-live', traits: traitsOf('models/gemini-3.8-live') }
const start = defaultSession('sess_1', 'gemini-3.8-live')

const config = (session: Partial<RealtimeSessionConfig>): RealtimeSessionConfig => ({
  type: 'realtime',
  ...session,
})
const input = (audio: NonNullable<RealtimeSessionConfig['audio']>['input']): RealtimeSessionConfig =>
  config({ audio: { input: audio } })
const setupOf = (session: RealtimeSessionConfig) => toSetup(mergedSession(start, session), [], options)

describe('a setup', () => {
  it('of a session without settings listens, writes down, resumes and compresses', () => {
    expect(setupOf(config({}))).toEqual({
      model: 'models/gemini-3.8-live',
      generationConfig: { responseModalities: ['AUDIO'] },
      realtimeInputConfig: {
        automaticActivityDetection: {},
        activityHandling: 'START_OF_ACTIVITY_INTERRUPTS',
      },
      inputAudioTranscription: {},
      outputAudioTranscription: {},
      sessionResumption: {},
      contextWindowCompression: { slidingWindow: {} },
    })
  })

  it.each<[string, RealtimeSessionConfig, object]>([
    [
      'instructions',
      config({ instructions: 'Be kind.' }),
      { systemInstruction: { parts: [{ text: 'Be kind.' }] } },
    ],
    [
      'a voice',
      config({ audio: { output: { voice: 'Kore' } } }),
      { generationConfig: { speechConfig: { voiceConfig: { prebuiltVoiceConfig: { voiceName: 'Kore' } } } } },
    ],
    ['a limit of tokens', config({ max_output_tokens: 200 }), { generationConfig: { maxOutputTokens: 200 } }],
    [
      'a temperature',
      config({ extensions: { temperature: 0.5 } }),
      { generationConfig: { temperature: 0.5 } },
    ],
    [
      'a tool',
      config({
        tools: [{ type: 'function', name: 'f', description: 'does', parameters: { type: 'object' } }],
      }),
      {
        tools: [
          {
            functionDeclarations: [
              {
                name: 'f',
                description: 'does',
                parametersJsonSchema: { type: 'object' },
                behavior: 'BLOCKING',
              },
            ],
          },
        ],
      },
    ],
    [
      'push to talk',
      input({ turn_detection: null }),
      { realtimeInputConfig: { automaticActivityDetection: { disabled: true } } },
    ],
    [
      'settings of turn detection',
      input({
        turn_detection: {
          type: 'server_vad',
          threshold: 0.7,
          prefix_padding_ms: 100,
          silence_duration_ms: 800,
        },
      }),
      {
        realtimeInputConfig: {
          automaticActivityDetection: {
            startOfSpeechSensitivity: 'START_SENSITIVITY_LOW',
            prefixPaddingMs: 100,
            silenceDurationMs: 800,
          },
        },
      },
    ],
    [
      'turn detection that hears everything',
      input({ turn_detection: { type: 'server_vad', threshold: 0.2 } }),
      {
        realtimeInputConfig: {
          automaticActivityDetection: { startOfSpeechSensitivity: 'START_SENSITIVITY_HIGH' },
        },
      },
    ],
    [
      'answers that are not interrupted',
      input({ turn_detection: { type: 'server_vad', interrupt_response: false } }),
      { realtimeInputConfig: { activityHandling: 'NO_INTERRUPTION' } },
    ],
    [
      'a language and keywords',
      input({ transcription: { language: 'de', keywords: ['Parley'] } }),
      { inputAudioTranscription: { languageCodes: ['de'], customVocabulary: ['Parley'] } },
    ],
  ])('has %s', (_, session, expected) => {
    expect(setupOf(session)).toMatchObject(expected)
  })

  it('holds system messages with the instructions', () => {
    const session = mergedSession(start, config({ instructions: 'Be kind.' }))
    expect(toSetup(session, ['Be brief.'], options).systemInstruction).toEqual({
      parts: [{ text: 'Be kind.' }, { text: 'Be brief.' }],
    })
  })

  it('declares no behaviour to models where every function blocks', () => {
    const traits = traitsOf('gemini-3.1-flash-live-preview')
    const session = mergedSession(start, config({ tools: [{ type: 'function', name: 'f' }] }))
    expect(toSetup(session, [], { ...options, traits }).tools).toEqual([
      { functionDeclarations: [{ name: 'f' }] },
    ])
  })
})

describe('an update', () => {
  it.each<[string, RealtimeSessionConfig, string]>([
    [
      'turns without an answer',
      input({ turn_detection: { type: 'server_vad', create_response: false } }),
      'session.audio.input.turn_detection.create_response',
    ],
    [
      'semantic turn detection',
      input({ turn_detection: { type: 'semantic_vad' } }),
      'session.audio.input.turn_detection.type',
    ],
    ['G.711', input({ format: { type: 'audio/pcmu' } }), 'session.audio.input.format'],
    [
      'another rate of speech',
      config({ audio: { output: { format: { type: 'audio/pcm', rate: 16_000 } } } }),
      'session.audio.output.format.rate',
    ],
    ['an MCP server', config({ tools: [{ type: 'mcp', server_label: 'x' }] }), 'session.tools[0].type'],
  ])('with %s is refused', (_, session, param) => {
    const refused = (): unknown => mergedSession(start, session)
    expect(refused).toThrow(RealtimeError)
    expect(refused).toThrow(expect.objectContaining({ code: 'unsupported', param }))
  })

  it('says what it leaves out, and does not show it as in force', () => {
    const session = config({
      tracing: 'auto',
      tool_choice: 'required',
      parallel_tool_calls: false,
      reasoning: { effort: 'low' },
      audio: {
        input: {
          noise_reduction: { type: 'near_field' },
          turn_detection: { type: 'server_vad', idle_timeout_ms: 6000 },
        },
        output: { speed: 1.2 },
      },
    })
    expect(leftOut(session)).toEqual([
      'session.audio.input.noise_reduction',
      'session.audio.input.turn_detection.idle_timeout_ms',
      'session.audio.output.speed',
      'session.tool_choice',
      'session.parallel_tool_calls',
      'session.reasoning',
      'session.tracing',
    ])
    expect(mergedSession(start, session)).toMatchObject({
      tool_choice: 'auto',
      audio: { input: { noise_reduction: null, turn_detection: { type: 'server_vad' } } },
    })
    expect(JSON.stringify(mergedSession(start, session))).not.toMatch(/speed|idle|reasoning|tracing|parallel/)
  })
})

describe('the way from one setup to another', () => {
  const before = setupOf(config({ instructions: 'a' }))

  it.each<[string, RealtimeSessionConfig, object]>([
    ['the same', config({ instructions: 'a', output_modalities: ['text'] }), { kind: 'none' }],
    [
      'other instructions',
      config({ instructions: 'b' }),
      { kind: 'message', update: { systemInstruction: { parts: [{ text: 'b' }] } } },
    ],
    [
      'tools',
      config({ instructions: 'a', tools: [{ type: 'function', name: 'f' }] }),
      {
        kind: 'message',
        update: { tools: { tools: [{ functionDeclarations: [{ name: 'f', behavior: 'BLOCKING' }] }] } },
      },
    ],
    ['a voice', config({ instructions: 'b', audio: { output: { voice: 'Kore' } } }), { kind: 'connection' }],
  ])('with %s', (_, session, expected) => {
    expect(setupChange(before, setupOf(session), options.traits)).toEqual(expected)
  })

  it('is a new connection where the model takes no updates', () => {
    const after = setupOf(config({ instructions: 'b' }))
    expect(setupChange(before, after, traitsOf('gemini-2.5-flash'))).toEqual({ kind: 'connection' })
  })
})

import { describe, expect, it } from 'vitest'
import type { SessionExtensions } from '../../events/extensions.ts'
import { defaultSession, mergedSession, mergedTranscription, responseSettings } from './session-settings.ts'
import { turnDetectionOf } from './turn-detection.ts'

const session = defaultSession({ id: 'sess_1', model: 'local', voice: 'ann', transcriptionModel: 'ear' })

describe('mergedSession', () => {
  it('keeps what the update does not name', () => {
    const updated = mergedSession(session, {
      type: 'realtime',
      instructions: 'Be brief.',
      audio: { input: { turn_detection: { type: 'server_vad', silence_duration_ms: 300 } } },
    })
    expect(updated).toMatchObject({
      instructions: 'Be brief.',
      audio: {
        input: {
          transcription: { model: 'ear' },
          turn_detection: { threshold: 0.5, silence_duration_ms: 300, create_response: true },
        },
        output: { voice: 'ann' },
      },
    })
  })

  it('switches turn detection and transcription off with null', () => {
    const updated = mergedSession(session, {
      type: 'realtime',
      audio: { input: { turn_detection: null, transcription: null } },
    })
    expect(turnDetectionOf(updated)).toBeUndefined()
    expect(updated.audio?.input?.transcription).toBeNull()
  })

  it('keeps the model, which is fixed once connected', () => {
    expect(mergedSession(session, { type: 'realtime', model: 'other' }).model).toBe('local')
  })

  it('refuses other formats', () => {
    const pcmu = { type: 'audio/pcmu' } as const
    expect(() => mergedSession(session, { type: 'realtime', audio: { input: { format: pcmu } } })).toThrow(
      'audio/pcm',
    )
    expect(() => mergedSession(session, { type: 'realtime', audio: { output: { format: pcmu } } })).toThrow(
      'audio/pcm',
    )
  })

  it('fills in what semantic turn detection leaves open', () => {
    const turn_detection = { type: 'semantic_vad', eagerness: 'high' } as const
    const merged = mergedSession(session, { type: 'realtime', audio: { input: { turn_detection } } })
    expect(merged.audio?.input?.turn_detection).toEqual({
      type: 'semantic_vad',
      eagerness: 'high',
      create_response: true,
      interrupt_response: true,
    })
    expect(turnDetectionOf(merged)).toMatchObject({ silenceMs: 2000, semantic: { minSilenceMs: 160 } })
  })

  it.each([
    [
      'a conversation',
      (extensions: SessionExtensions) => mergedSession(session, { type: 'realtime', extensions }),
    ],
    [
      'a transcription',
      (extensions: SessionExtensions) => mergedTranscription(session, { type: 'transcription', extensions }),
    ],
  ])('refuses the reference of an echo in %s, and a bad time in plain words', (_, merge) => {
    const type = 'server_echo_cancellation'
    expect(() => merge({ input_audio_echo_cancellation: { type, reference_source: 'client' } })).toThrow(
      expect.objectContaining({ code: 'unsupported', param: expect.stringMatching(/reference_source$/) }),
    )
    expect(() => merge({ turn_detection: { type: 'azure_semantic_vad', speech_duration_ms: -1 } })).toThrow(
      /^This turn detection cannot be: minSpeechMs must/,
    )
  })

  it.each([
    [{ type: 'function', name: 'listen' }, 'invalid_value'],
    [{ type: 'mcp', server_label: 'files' }, 'unsupported'],
  ] as const)('refuses the choice %j among other tools', (tool_choice, code) => {
    const tools = [{ type: 'function' as const, name: 'look' }]
    expect(() => mergedSession(session, { type: 'realtime', tools, tool_choice })).toThrow(
      expect.objectContaining({ code, param: 'session.tool_choice' }),
    )
  })
})

describe('responseSettings', () => {
  it('takes the session, and the overrides of one response over it', () => {
    const configured = mergedSession(session, {
      type: 'realtime',
      instructions: 'Be brief.',
      tools: [{ type: 'function', name: 'look', parameters: { type: 'object' } }],
      max_output_tokens: 50,
    })
    expect(responseSettings(configured, 'ann')).toMatchObject({
      instructions: 'Be brief.',
      tools: [{ name: 'look' }],
      toolChoice: 'auto',
      modality: 'audio',
      voice: 'ann',
      maxOutputTokens: 50,
      outOfBand: false,
    })
    expect(
      responseSettings(configured, 'ann', {
        instructions: '',
        tools: [{ type: 'function', name: 'listen' }],
        tool_choice: { type: 'function', name: 'listen' },
        output_modalities: ['text'],
        max_output_tokens: 'inf',
        conversation: 'none',
        metadata: { a: 'b' },
        audio: { output: { voice: 'bert' } },
      }),
    ).toMatchObject({
      instructions: '',
      tools: [{ name: 'listen' }],
      toolChoice: { name: 'listen' },
      modality: 'text',
      voice: 'bert',
      maxOutputTokens: undefined,
      outOfBand: true,
      metadata: { a: 'b' },
    })
  })

  it('refuses to call a tool that this response does not offer', () => {
    const tools = [{ type: 'function' as const, name: 'look' }]
    const configured = mergedSession(session, { type: 'realtime', tools })
    const tool_choice = { type: 'function', name: 'look' } as const
    expect(responseSettings(configured, 'ann', { tool_choice }).toolChoice).toEqual({ name: 'look' })
    expect(() => responseSettings(configured, 'ann', { tool_choice, tools: [] })).toThrow(
      expect.objectContaining({ code: 'invalid_value', param: 'response.tool_choice' }),
    )
  })

  it('takes the temperature of the response before that of the session', () => {
    const configured = mergedSession(session, { type: 'realtime', extensions: { temperature: 0.7 } })
    expect(responseSettings(configured, 'ann').temperature).toBe(0.7)
    expect(responseSettings(configured, 'ann', { extensions: { temperature: 0 } }).temperature).toBe(0)
  })
})

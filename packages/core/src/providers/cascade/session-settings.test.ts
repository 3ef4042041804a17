import { describe, expect, it } from 'vitest'
import { defaultSession, mergedSession, responseSettings, turnDetectionOf } from './session-settings.ts'

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

  it('refuses other formats, other turn detection and transcription sessions', () => {
    const pcmu = { type: 'audio/pcmu' } as const
    expect(() => mergedSession(session, { type: 'realtime', audio: { input: { format: pcmu } } })).toThrow(
      'audio/pcm',
    )
    expect(() => mergedSession(session, { type: 'realtime', audio: { output: { format: pcmu } } })).toThrow(
      'audio/pcm',
    )
    const semantic = { turn_detection: { type: 'semantic_vad' } } as const
    expect(() => mergedSession(session, { type: 'realtime', audio: { input: semantic } })).toThrow(
      'server_vad',
    )
    expect(() => mergedSession(session, { type: 'transcription' })).toThrow('transcription')
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
        tools: [],
        tool_choice: { type: 'function', name: 'look' },
        output_modalities: ['text'],
        max_output_tokens: 'inf',
        conversation: 'none',
        metadata: { a: 'b' },
        audio: { output: { voice: 'bert' } },
      }),
    ).toMatchObject({
      instructions: '',
      tools: [],
      toolChoice: { name: 'look' },
      modality: 'text',
      voice: 'bert',
      maxOutputTokens: undefined,
      outOfBand: true,
      metadata: { a: 'b' },
    })
  })
})

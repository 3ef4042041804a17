import { describe, expect, it } from 'vitest'
import { sessionUpdate } from './session-update.ts'
import { defaultSettings, parseSettings, withBackend } from './settings.ts'

const defaults = defaultSettings('de')

describe('another main backend', () => {
  const chosen = { ...defaults, backend: 'local', failover: ['openai', 'house'], voice: 'slt' }

  it('keeps who goes on where it fails', () => {
    expect(withBackend(chosen, 'local', 'gemini')).toMatchObject({
      backend: 'gemini',
      failover: ['openai', 'house'],
      voice: '',
    })
  })

  it('gives its place in the list to the one before, which a recording cannot take', () => {
    expect(withBackend(chosen, 'local', 'house').failover).toEqual(['openai', 'local'])
    expect(withBackend(chosen, 'replay', 'house').failover).toEqual(['openai'])
    expect(withBackend({ ...chosen, failover: ['house', 'local'] }, 'local', 'house').failover).toEqual([
      'local',
    ])
  })
})

describe('settings', () => {
  it('come back as they were stored', () => {
    const chosen = {
      ...defaults,
      voice: 'slt',
      turnMode: 'push-to-talk',
      silenceMs: 800,
      failover: ['openai', 'local'],
      contextStrategy: 'recent',
      contextTokens: 4000,
      person: 'Ada',
    } as const
    expect(parseSettings(JSON.stringify(chosen), defaults)).toEqual(chosen)
  })

  it('keep neither a recording nor the wish for sound from one visit to the next', () => {
    const chosen = { ...defaults, record: 'audio', keepAudio: true }
    expect(parseSettings(JSON.stringify(chosen), defaults)).toEqual(defaults)
  })

  it.each([
    'not json',
    '7',
    'null',
    '{"silenceMs":1,"turnMode":"x","voice":7,"contextTokens":5,"failover":"local"}',
  ])('fall back to the defaults for %s', (stored) => {
    expect(parseSettings(stored, defaults)).toEqual(defaults)
  })

  it('become a session update with the silence, or without turn detection for a talk key', () => {
    const options = { audible: true, before: undefined }
    expect(sessionUpdate(defaults, options)).toMatchObject({
      session: {
        output_modalities: ['audio'],
        audio: {
          input: {
            turn_detection: { type: 'server_vad', silence_duration_ms: 400 },
            transcription: { language: 'de' },
          },
        },
      },
    })
    expect(sessionUpdate({ ...defaults, turnMode: 'push-to-talk' }, options)).toMatchObject({
      session: { audio: { input: { turn_detection: null } } },
    })
  })

  it('leave instructions to the backend until some were given, and can take them back', () => {
    const options = { audible: true, before: undefined }
    expect(sessionUpdate(defaults, options)).not.toHaveProperty('session.instructions')
    expect(
      sessionUpdate(defaults, { ...options, before: { ...defaults, instructions: 'Be brief.' } }),
    ).toHaveProperty('session.instructions', '')
  })
})

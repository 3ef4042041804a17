import { turnSettings } from '@parley/audio/turns'
import { describe, expect, it } from 'vitest'
import { defaultLabSettings, turnModes, type LabSettings } from './lab-settings.ts'
import { inPlayground } from './playground-settings.ts'
import { formOf, formsOf, sessionUpdateOf, turnDetectionOf, unsentSettings } from './session-json.ts'

const settings: LabSettings = {
  ...defaultLabSettings,
  enterThreshold: 0.6,
  prefixPaddingMs: 200,
  silenceMs: 640,
  minSpeechMs: 70,
  eagerness: 'high',
  timeoutMs: 2000,
  sureLevel: 'high',
}

describe('sessionUpdateOf', () => {
  it('writes a fixed silence as OpenAI has it', () => {
    expect(sessionUpdateOf(settings, 'openai')).toEqual({
      type: 'session.update',
      session: {
        type: 'realtime',
        audio: {
          input: {
            turn_detection: {
              type: 'server_vad',
              threshold: 0.6,
              prefix_padding_ms: 200,
              silence_duration_ms: 640,
            },
          },
        },
      },
    })
  })

  it('writes the shortest speech beside a fixed silence for Voice Live, which has a field for it', () => {
    expect(sessionUpdateOf(settings, 'voice-live')).toEqual({
      type: 'session.update',
      session: {
        turn_detection: {
          type: 'server_vad',
          threshold: 0.6,
          prefix_padding_ms: 200,
          silence_duration_ms: 640,
          speech_duration_ms: 70,
        },
      },
    })
  })

  it('writes semantic detection as Voice Live has it', () => {
    expect(sessionUpdateOf({ ...settings, mode: 'azure_semantic_vad' }, 'voice-live')).toMatchObject({
      type: 'session.update',
      session: {
        turn_detection: {
          type: 'azure_semantic_vad',
          speech_duration_ms: 70,
          end_of_utterance_detection: { threshold_level: 'high', timeout_ms: 2000 },
        },
      },
    })
  })

  it('offers OpenAI nothing that it does not know', () => {
    expect(formsOf({ ...settings, mode: 'azure_semantic_vad' })).toEqual(['voice-live'])
    expect(formsOf({ ...settings, mode: 'semantic_vad' })).toEqual(['openai', 'voice-live'])
    expect(formOf({ ...settings, mode: 'azure_semantic_vad' }, 'openai')).toBe('voice-live')
    expect(formOf({ ...settings, mode: 'semantic_vad' }, 'voice-live')).toBe('voice-live')
  })

  it.each(turnModes.flatMap((mode) => formsOf({ ...settings, mode }).map((form) => [mode, form] as const)))(
    'leaves out of %s for %s only what it says it leaves out',
    (mode, form) => {
      const before = turnSettings(turnDetectionOf({ ...settings, mode }, form))
      const changed = {
        enterThreshold: 0.7,
        leaveThreshold: 0.1,
        minSpeechMs: 310,
        prefixPaddingMs: 10,
        tailMs: 7,
        silenceMs: 900,
        pauseMs: 5,
        timeoutMs: 4000,
      } as const
      const shown =
        mode === 'semantic_vad' ? ['silenceMs', 'timeoutMs'] : mode === 'server_vad' ? ['timeoutMs'] : []
      for (const name of [
        'enterThreshold',
        'leaveThreshold',
        'minSpeechMs',
        'prefixPaddingMs',
        'tailMs',
        'silenceMs',
        'pauseMs',
        'timeoutMs',
      ] as const) {
        if (shown.includes(name)) continue
        const after = turnSettings(turnDetectionOf({ ...settings, mode, [name]: changed[name] }, form))
        const isSent = JSON.stringify(after) !== JSON.stringify(before)
        expect(isSent, name).toBe(!unsentSettings({ ...settings, mode }, form).includes(name))
      }
    },
  )
})

describe('inPlayground', () => {
  it('takes the nearest silence that the playground offers', () => {
    expect(inPlayground({ ...settings, silenceMs: 3000 })).toEqual({ turnMode: 'vad', silenceMs: 800 })
    expect(inPlayground({ ...settings, silenceMs: 340 })).toEqual({ turnMode: 'vad', silenceMs: 300 })
  })

  it('takes eagerness as it is, and nothing of Azure', () => {
    expect(inPlayground({ ...settings, mode: 'semantic_vad' })).toEqual({
      turnMode: 'semantic',
      eagerness: 'high',
    })
    expect(inPlayground({ ...settings, mode: 'azure_semantic_vad' })).toBeUndefined()
  })
})

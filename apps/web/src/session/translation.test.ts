import { describe, expect, it } from 'vitest'
import { fitSettings } from './fit-settings.ts'
import { sessionUpdate } from './session-update.ts'
import { defaultSettings } from './settings.ts'
import { capabilitiesWith } from './testing/capabilities.ts'
import { swapped, translationNeeds } from './translation.ts'

const german = { language: 'de', translateTo: 'en' }
const settings = { ...defaultSettings('de'), purpose: 'translation' as const, translateTo: 'en' }
const embedded = { dialect: undefined, models: [] }

describe('live translation', () => {
  it('tells the session whom it interprets, which language it hears, and in which voice', () => {
    const capabilities = capabilitiesWith({
      voices: [
        { name: 'pico', languages: ['de-DE', 'en-US'] },
        { name: 'slt', languages: ['en-US'] },
      ],
    })
    const update = sessionUpdate(fitSettings(settings, capabilities), { audible: true, before: undefined })
    expect(update).toMatchObject({
      session: {
        instructions: expect.stringContaining('from German into English'),
        audio: { input: { transcription: { language: 'de' } }, output: { voice: 'slt' } },
      },
    })
  })

  it('keeps a chosen voice that speaks the language, or that only the backend knows', () => {
    const capabilities = capabilitiesWith({ voices: [{ name: 'slt', languages: ['en-US'] }] })
    const voiceOf = (voice: string) => fitSettings({ ...settings, voice }, capabilities).voice
    expect(voiceOf('en-US-AvaNeural')).toBe('en-US-AvaNeural')
    expect(voiceOf('slt')).toBe('slt')
    const mute = capabilitiesWith({ voices: [{ name: 'slt', languages: ['fr-FR'] }] })
    expect(fitSettings({ ...settings, voice: 'slt' }, mute).voice).toBe('')
  })

  it('can begin on a backend with a model that hears the one language and speaks the other', () => {
    expect(translationNeeds(german, capabilitiesWith({}))).toEqual([])
  })

  it('says what the local backend lacks: a language model and the German downloads', () => {
    const languages = [
      { code: 'en', recognition: 'ready', speech: 'ready', downloads: [] },
      { code: 'de', recognition: 'download', speech: 'download', downloads: ['whisper-base', 'pico-de'] },
    ] as const
    const local = capabilitiesWith({ ...embedded, languages })
    expect(translationNeeds(german, local)).toEqual([
      { kind: 'language-model' },
      { kind: 'recognition-download', language: 'de' },
    ])
    expect(translationNeeds({ language: 'en', translateTo: 'de' }, local)).toEqual([
      { kind: 'language-model' },
      { kind: 'speech-download', language: 'de' },
    ])
  })

  it('cannot begin on an agent, which keeps its own instructions', () => {
    const agent = capabilitiesWith({ updatable: ['voice'], models: [] })
    expect(translationNeeds(german, agent)).toEqual([{ kind: 'own-instructions' }])
  })

  it('takes a server that does not tell its languages at its word, and a voice without any as able', () => {
    const untold = capabilitiesWith({ languages: [], voices: [{ name: 'marin', languages: [] }] })
    expect(translationNeeds(german, untold)).toEqual([])
    expect(fitSettings({ ...settings, voice: 'marin' }, untold).voice).toBe('marin')
    expect(fitSettings(settings, untold).voice).toBe('')
  })

  it('says which language a backend does not know at all', () => {
    expect(translationNeeds({ language: 'is', translateTo: 'is' }, capabilitiesWith({}))).toEqual([
      { kind: 'same-language' },
      { kind: 'no-recognition', language: 'is' },
      { kind: 'no-speech', language: 'is' },
    ])
  })

  it('turns around with a voice of the other language', () => {
    expect(swapped(german)).toEqual({ language: 'en', translateTo: 'de', voice: '', voiceStyle: '' })
  })
})

import type { ModelState } from '@parley/core/providers/cascade'
import { describe, expect, it } from 'vitest'
import { localLanguages } from './local-languages.ts'

const picoGerman: ModelState = {
  entry: {
    id: 'pico-de-de',
    title: 'German voice',
    purpose: 'speech',
    languages: ['de'],
    licence: 'Apache-2.0',
    source: 'https://example.com',
    totalBytes: 1,
    files: [],
  },
  status: 'absent',
  doneBytes: 0,
  totalBytes: 1,
  error: undefined,
}
const english = { name: 'slt', languages: ['en-US', 'en'] }
const german = { name: 'pico-de-de', languages: ['de-DE', 'de'] }
const need = (language: string) => (language === 'en' ? ('ready' as const) : { download: 'whisper-base' })

describe('localLanguages', () => {
  it('says what works now and what each other language needs', () => {
    expect(localLanguages({ need, voices: [english], models: [picoGerman], offline: false })).toEqual([
      { code: 'en', recognition: 'ready', speech: 'ready', downloads: [] },
      { code: 'de', recognition: 'download', speech: 'download', downloads: ['whisper-base', 'pico-de-de'] },
    ])
  })

  it('asks for no voice where there is one', () => {
    const languages = localLanguages({
      need,
      voices: [english, german],
      models: [picoGerman],
      offline: false,
    })
    expect(languages[1]).toEqual({
      code: 'de',
      recognition: 'download',
      speech: 'ready',
      downloads: ['whisper-base'],
    })
  })

  it('promises no download where downloads are switched off', () => {
    const languages = localLanguages({ need, voices: [english], models: [picoGerman], offline: true })
    expect(languages[1]).toEqual({ code: 'de', recognition: 'none', speech: 'none', downloads: [] })
  })

  it('says so when a language cannot be recognised at all', () => {
    const languages = localLanguages({ need: () => undefined, voices: [english], models: [], offline: false })
    expect(languages).toEqual([{ code: 'en', recognition: 'none', speech: 'ready', downloads: [] }])
  })
})

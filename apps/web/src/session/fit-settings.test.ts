import type { Capabilities } from '@parley/core'
import { describe, expect, it } from 'vitest'
import { abilitiesOf, changeable } from './abilities.ts'
import { fitGateway, fitSettings } from './fit-settings.ts'
import { needsNewSession, sessionUpdate } from './session-update.ts'
import { defaultSettings, type Settings } from './settings.ts'
import { capabilitiesWith } from './testing/capabilities.ts'

const wishes: Settings = {
  ...defaultSettings('en'),
  model: 'large',
  voice: 'en-US-AvaNeural',
  voiceStyle: 'cheerful',
  turnMode: 'semantic',
  speed: 1.25,
  temperature: 0.8,
}
const rich = capabilitiesWith({
  models: ['small', 'large'],
  turnDetection: ['server_vad', 'semantic_vad'],
  sessionFields: ['audio.output.speed'],
  sessionExtensions: ['temperature', 'voice'],
})

describe('the backends that go on', () => {
  const known = ['local', 'openai', 'gemini']
  const wish = { ...wishes, backend: '', failover: ['gone', 'local', 'openai'] }

  it('are those there are, behind the one that answers by its name', () => {
    expect(fitGateway(wish, { chosen: 'openai', known, people: true })).toMatchObject({
      backend: 'openai',
      failover: ['local'],
    })
  })

  it('name nobody to a gateway that remembers nobody', () => {
    const ada = { ...wish, person: 'Ada' }
    expect(fitGateway(ada, { chosen: 'openai', known, people: true }).person).toBe('Ada')
    expect(fitGateway(ada, { chosen: 'openai', known, people: false }).person).toBe('')
  })

  it('leave the choice to the gateway where there are none', () => {
    const alone = fitGateway({ ...wish, failover: ['openai'] }, { chosen: 'openai', known, people: true })
    expect(alone).toMatchObject({ backend: '', failover: [] })
  })

  it.each([
    { failover: ['openai', 'local'] },
    { contextStrategy: 'recent' },
    { contextTokens: 2000 },
    { keepAudio: true },
    { person: 'Ada' },
  ] as const)('and what is remembered take a new session: %o', (change) => {
    expect(needsNewSession(wish, { ...wish, ...change }, undefined)).toBe(true)
    expect(needsNewSession(wish, { ...wish, failover: [...wish.failover] }, undefined)).toBe(false)
  })
})

describe('settings on a backend', () => {
  it('stay as they are where it knows all of them', () => {
    expect(fitSettings(wishes, rich)).toEqual(wishes)
    expect(sessionUpdate(wishes, { audible: true, before: undefined })).toMatchObject({
      session: {
        audio: {
          input: { turn_detection: { type: 'semantic_vad', eagerness: 'auto' } },
          output: { voice: 'en-US-AvaNeural', speed: 1.25 },
        },
        extensions: {
          temperature: 0.8,
          voice: { type: 'azure-standard', name: 'en-US-AvaNeural', style: 'cheerful' },
        },
      },
    })
  })

  it('go back to the default where it does not know them, so that nothing is sent to be refused', () => {
    const fitted = fitSettings(wishes, capabilitiesWith({}))
    expect(fitted).toMatchObject({ model: '', voiceStyle: '', turnMode: 'vad', speed: 1 })
    const update = sessionUpdate(fitted, { audible: true, before: undefined })
    expect(update).not.toHaveProperty('session.extensions')
    expect(update).not.toHaveProperty('session.audio.output.speed')
  })

  it('leave an agent the instructions it was made with', () => {
    const settings = { ...wishes, instructions: 'Be brief.' }
    expect(fitSettings(settings, capabilitiesWith({ updatable: ['voice'] })).instructions).toBe('')
    expect(fitSettings(settings, rich).instructions).toBe('Be brief.')
  })

  it.each<[Partial<Capabilities>, Settings['turnMode']]>([
    [{ manualTurns: false }, 'vad'],
    [{ manualTurns: false, turnDetection: [] }, 'push-to-talk'],
    [{ manualTurns: true }, 'push-to-talk'],
  ])('keep the talk key only where somebody heeds it: %o', (capabilities, turnMode) => {
    const settings = { ...wishes, turnMode: 'push-to-talk' as const }
    expect(fitSettings(settings, capabilitiesWith(capabilities)).turnMode).toBe(turnMode)
  })

  it('take the speed back to 1 within a session', () => {
    const options = { audible: true, before: wishes }
    expect(sessionUpdate({ ...wishes, speed: 1 }, options)).toHaveProperty('session.audio.output.speed', 1)
  })
})

describe('a change of settings', () => {
  const before = { ...wishes, turnMode: 'vad' as const }
  it.each<[string, Partial<Settings>, Capabilities['updatable'], boolean]>([
    ['another backend', { backend: 'openai' }, ['voice'], true],
    ['another model', { model: 'small' }, ['voice'], true],
    ['a voice that may change', { voice: 'other' }, ['voice'], false],
    ['a voice that may not change', { voice: 'other' }, [], true],
    ['a longer silence that may change', { silenceMs: 800 }, ['turn_detection'], false],
    ['a longer silence that may not change', { silenceMs: 800 }, ['voice'], true],
    ['instructions that may not change', { instructions: 'Be brief.' }, ['voice'], true],
    ['no temperature any more', { temperature: undefined }, ['voice'], true],
  ])('takes a new session for %s only when it must', (_, change, updatable, isNew) => {
    expect(needsNewSession(before, { ...before, ...change }, updatable)).toBe(isNew)
  })
})

describe('the abilities of a backend', () => {
  it('tell what it does itself, what Parley does for it, and what cannot be had', () => {
    const poor = capabilitiesWith({
      turnDetection: [],
      manualTurns: false,
      interruption: 'none',
      truncation: 'none',
      inputTranscription: 'none',
      historySeeding: 'none',
      tools: [],
    })
    expect(abilitiesOf(poor)).toMatchObject({
      handsFree: 'supplied',
      pushToTalk: 'supplied',
      interruption: 'supplied',
      transcription: 'supplied',
      history: 'none',
      functions: 'none',
    })
    expect(abilitiesOf(rich)).toMatchObject({
      handsFree: 'native',
      semanticTurns: 'native',
      voiceChange: 'native',
    })
  })

  it('count no change of a voice that its first sound fixes', () => {
    const locked = capabilitiesWith({ voiceLock: 'first-sound' })
    expect(abilitiesOf(locked).voiceChange).toBe('none')
    expect(needsNewSession(wishes, { ...wishes, voice: 'other' }, changeable(locked))).toBe(true)
  })
})

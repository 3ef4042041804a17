import { describe, expect, it } from 'vitest'
import { changedLabSettings, defaultLabSettings, labRanges, parseLabSettings } from './lab-settings.ts'

describe('settings of the lab', () => {
  it('come back as they were kept', () => {
    const settings = changedLabSettings(defaultLabSettings, {
      mode: 'azure_semantic_vad',
      sureLevel: 'high',
      silenceMs: 730,
      detector: 'energy',
    })
    expect(parseLabSettings(JSON.stringify(settings))).toEqual(settings)
  })

  it('ignore what does not fit', () => {
    const stored = { silenceMs: 1e9, enterThreshold: 'high', mode: 'telepathy', minSpeechMs: 120, other: 1 }
    expect(parseLabSettings(JSON.stringify(stored))).toEqual({ ...defaultLabSettings, minSpeechMs: 120 })
    for (const text of [null, '', 'no JSON', '[]', '7'])
      expect(parseLabSettings(text)).toEqual(defaultLabSettings)
  })

  it('keep the leave threshold at most at the enter threshold, as the hand moves either', () => {
    expect(changedLabSettings(defaultLabSettings, { enterThreshold: 0.2 }).leaveThreshold).toBe(0.2)
    expect(changedLabSettings(defaultLabSettings, { leaveThreshold: 0.8 }).enterThreshold).toBe(0.8)
  })

  it('begin within the ranges of their sliders', () => {
    for (const [name, { min, max }] of Object.entries(labRanges)) {
      const value = Number(new Map(Object.entries(defaultLabSettings)).get(name))
      expect(value, name).toBeGreaterThanOrEqual(min)
      expect(value, name).toBeLessThanOrEqual(max)
    }
  })
})

import { describe, expect, it } from 'vitest'
import { describeLane } from './describe-lane.ts'
import { parseLane } from './lane.ts'

describe('what a lane is, for people', () => {
  it.each([
    ['local', '', ''],
    ['local/small', 'small', 'small'],
    ['fast=local?silence_ms=200', 'local, silence 200 ms', 'local, Stille 200 ms'],
    ['local?voice=slt&silence_ms=1500', 'voice slt, silence 1,500 ms', 'Stimme slt, Stille 1.500 ms'],
    [
      'a=openai/gpt-realtime?turn_detection=semantic_vad',
      'openai, gpt-realtime, turn detection semantic_vad',
      'openai, gpt-realtime, Zugende semantic_vad',
    ],
    ['local?eagerness=low&speed=1.25', 'speed 1.25, eagerness low', 'Tempo 1,25, Eifer low'],
  ])('%s is "%s", "%s"', (text, en, de) => {
    expect(describeLane(parseLane(text), 'en')).toBe(en)
    expect(describeLane(parseLane(text), 'de')).toBe(de)
  })

  it('shortens instructions and puts them on one line', () => {
    const session = { instructions: `Be brief.\n${'And kind. '.repeat(20)}` }
    const text = describeLane({ label: 'local', backend: 'local', model: '', session }, 'en')
    expect(text).toMatch(/^instructions “Be brief\. And kind\. .*…”$/)
    expect(text.length).toBeLessThan(70)
  })

  it('names a setting that a text of a lane has no key for', () => {
    const session = { audio: { input: { noise_reduction: { type: 'near_field' as const } } } }
    expect(describeLane({ label: 'l', backend: 'local', model: '', session }, 'en')).toBe(
      'local, audio.input.noise_reduction.type "near_field"',
    )
  })
})

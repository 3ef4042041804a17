import { describe, expect, it } from 'vitest'
import { compareRequest } from './options.ts'

describe('compareRequest', () => {
  it('is one pass of the local backend through the first shipped scenario when nothing is given', () => {
    expect(compareRequest({ audio: true })).toMatchObject({
      lanes: [{ label: 'local' }],
      scenarios: ['question-and-answer'],
      repeats: 1,
      order: 'in turn',
      json: undefined,
      audio: true,
    })
  })

  it('reads lanes between commas and from several options', () => {
    const { lanes } = compareRequest({ audio: true, backends: ['local,fast=local?silence_ms=200', 'openai'] })
    expect(lanes.map(({ label }) => label)).toEqual(['local', 'fast', 'openai'])
  })

  it('writes JSON to standard output unless a file is named', () => {
    expect(compareRequest({ audio: true, json: true }).json).toBe('-')
    expect(compareRequest({ audio: true, json: 'a.json' }).json).toBe('a.json')
  })

  it.each([
    [{ backends: ['local,local'] }, 'Two lanes are called "local"'],
    [{ order: 'random' }, 'together or in-turn'],
    [{ repeat: '2.5' }, 'whole number'],
    [{ language: 'fr' }, 'en or de'],
    [{ failIf: ['nope.first_audio.p95 > 1'] }, 'unknown lane "nope"'],
    [{ record: 'here', gateway: 'http://127.0.0.1:1' }, 'cannot go with --gateway'],
  ])('refuses %o', (given, words) => {
    expect(() => compareRequest({ audio: true, ...given })).toThrow(words)
  })
})

import { describe, expect, it } from 'vitest'
import { parseParity } from './parity.ts'

const cell = { scenario: 'text', provider: 'local', dialect: 'openai-ga', result: 'native', note: '' }

describe('the parity table', () => {
  it('is empty before the suite has run', () => {
    const empty = { generatedAt: null, scenarios: [], providers: [], dialects: [], cells: [] }
    expect(parseParity({})).toEqual(empty)
    expect(parseParity(null)).toEqual(empty)
  })

  it('is as the suite wrote it', () => {
    const written = {
      generatedAt: '2026-11-23',
      scenarios: [{ id: 'text', title: 'Text turn' }],
      providers: ['local'],
      dialects: ['openai-ga'],
      cells: [cell],
    }
    expect(parseParity(written)).toEqual(written)
  })

  it('takes no result that nobody knows', () => {
    expect(() => parseParity({ cells: [{ ...cell, result: 'maybe' }] })).toThrow('maybe')
  })
})

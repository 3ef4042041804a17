import { describe, expect, it } from 'vitest'
import { fileName } from './save-export.ts'

const comparison = {
  id: 'cmp_1',
  title: '„Grüß Gott!“ / C:\\x',
  createdAt: Date.UTC(2026, 10, 23),
  scenario: undefined,
  lanes: [],
  repeats: 1,
  order: 'together',
  status: 'completed',
  runs: [],
} as const

describe('fileName', () => {
  it('is one that every file system takes', () => {
    expect(fileName(comparison)).toBe('parley-gru-gott-c-x-2026-11-23')
  })

  it('is one where a title has no letter', () => {
    expect(fileName({ ...comparison, title: '。。。' })).toBe('parley-comparison-2026-11-23')
  })
})

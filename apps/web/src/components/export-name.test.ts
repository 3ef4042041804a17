import { describe, expect, it } from 'vitest'
import { exportName } from './export-name.ts'

const at = new Date(2026, 10, 3, 23, 59).getTime()

describe('the name of an exported conversation', () => {
  it('is its first words and its day', () => {
    expect(exportName('What is my name, and where do I live?', at)).toBe(
      'What is my name and where 2026-11-03',
    )
  })

  it('holds nothing that a file system would take for a path', () => {
    expect(exportName('../Ölbaum: "a/b"?', at)).toBe('Ölbaum a b 2026-11-03')
  })

  it('is short where the words are long, and says what it is where there are none', () => {
    expect(exportName('x'.repeat(200), at)).toHaveLength(60 + ' 2026-11-03'.length)
    expect(exportName('?!', at)).toBe('Parley 2026-11-03')
  })
})

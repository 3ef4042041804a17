import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { nameRecordings, recordingName } from './recordings.ts'

describe('nameRecordings', () => {
  it('names cassettes by scenario, lane and repeat, and overwrites none', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-recordings-'))
    const lines = '{"t":0,"from":"client"}\n{"t":1,"from":"recorder","events":1}\n'
    for (const id of ['cassette_a', 'cassette_b']) {
      writeFileSync(join(folder, `${id}.ndjson`), `{"format":"parley.cassette/1","id":"${id}"}\n${lines}`)
    }
    const pass = { scenario: { name: 'sums', title: 'Sums' }, lane: 'fast', repeat: 1 }
    const names = await nameRecordings(folder, [
      { ...pass, id: 'cassette_a' },
      { ...pass, id: 'cassette_b' },
      { ...pass, id: 'cassette_gone' },
    ])
    expect(names).toEqual(['sums-fast-2', 'sums-fast-2-2', 'cassette_gone'])
    expect(readdirSync(folder).toSorted()).toEqual(['sums-fast-2-2.ndjson', 'sums-fast-2.ndjson'])
    const text = readFileSync(join(folder, 'sums-fast-2.ndjson'), 'utf8')
    expect(JSON.parse(text.split('\n', 1)[0] ?? '')).toEqual({
      format: 'parley.cassette/1',
      id: 'sums-fast-2',
      title: 'Sums, fast, repeat 2',
    })
    expect(text.slice(text.indexOf('\n') + 1)).toBe(lines)
  })
})

describe('recordingName', () => {
  it.each([
    [['Über uns & mehr', 'a', '1'], 'ber-uns-mehr-a-1'],
    [['日本', 'a', '1', ''], 'scenario-a-1'],
    [['x'.repeat(90), 'lane', '12'], `${'x'.repeat(56)}-lane-12`],
  ])('makes %j safe for a file', (parts, name) => {
    expect(recordingName(parts)).toBe(name)
  })
})

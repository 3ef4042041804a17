import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { writeResults } from './write-results.ts'

it('writes the other files when one of them cannot be written, and says which', async () => {
  const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  const folder = mkdtempSync(join(tmpdir(), 'parley-results-'))
  const failures = await writeResults({
    comparisons: [],
    judged: [],
    json: folder,
    csv: join(folder, 'out.csv'),
    report: join(folder, 'out.html'),
    language: 'en',
    audio: false,
  })
  expect(failures.map(({ message }) => message)).toEqual([
    expect.stringMatching(`^${folder} cannot be written: EISDIR`),
  ])
  expect(['out.csv', 'out.html'].map((name) => existsSync(join(folder, name)))).toEqual([true, true])
  written.mockRestore()
})

import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkOutputPaths } from './output-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'parley-outputs-'))
writeFileSync(join(folder, 'file'), '')

describe('checkOutputPaths', () => {
  it.each([
    { path: join(folder, 'none', 'a.html'), words: `its folder ${join(folder, 'none')} is not there` },
    { path: folder, words: 'it is a folder' },
    { path: join(folder, 'file', 'a.html'), words: `${join(folder, 'file')} is no folder` },
  ])('names the option and why nothing can be written: $words', async ({ path, words }) => {
    const failure = expect(checkOutputPaths([{ option: '--report', path, kind: 'file' }])).rejects
    await failure.toMatchObject({ exitCode: 2, message: `--report: ${path} cannot be written: ${words}.` })
  })

  it('refuses a folder that cannot be made because a file is in its place', async () => {
    const path = join(folder, 'file', 'cassettes')
    await expect(checkOutputPaths([{ option: '--record', path, kind: 'folder' }])).rejects.toThrow(
      `--record: ${path} cannot be written: ${join(folder, 'file')} is no folder.`,
    )
  })

  it('refuses two options with the same file, since one would overwrite the other', async () => {
    const path = join(folder, 'out')
    const outputs = ['--json', '--csv'].map((option) => ({ option, path, kind: 'file' as const }))
    await expect(checkOutputPaths(outputs)).rejects.toThrow(`--json and --csv are the same file, ${path}.`)
  })

  it('takes new files, files to overwrite, standard output and folders that are still to be made', async () => {
    await checkOutputPaths([
      { option: '--report', path: join(folder, 'new.html'), kind: 'file' },
      { option: '--csv', path: join(folder, 'file'), kind: 'file' },
      { option: '--json', path: '-', kind: 'file' },
      { option: '--out', path: undefined, kind: 'file' },
      { option: '--record', path: join(folder, 'deep', 'cassettes'), kind: 'folder' },
    ])
  })
})

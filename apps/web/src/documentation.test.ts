import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { documentationFile } from './documentation.ts'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-docs-'))
  await mkdir(join(folder, 'out', 'voices'), { recursive: true })
  await writeFile(join(folder, 'secret.txt'), 'secret')
  await writeFile(join(folder, 'out', 'index.html'), 'start')
  await writeFile(join(folder, 'out', 'voices', 'index.html'), 'voices')
  await writeFile(join(folder, 'out', 'page.css'), 'css')
  await writeFile(join(folder, 'out', 'wasm.en.pagefind'), 'wasm')
  await writeFile(join(folder, 'out', '__next.!KGVu.$d$name.txt'), 'parts')
})
afterAll(() => rm(folder, { recursive: true }))

async function read(...path: readonly string[]) {
  const file = await documentationFile(path, join(folder, 'out'))
  return file && { type: file.type, text: new TextDecoder().decode(file.bytes) }
}

describe('the documentation', () => {
  it('gives a page by its folder and other files by their names', async () => {
    expect(await read()).toEqual({ type: 'text/html; charset=utf-8', text: 'start' })
    expect(await read('voices')).toEqual({ type: 'text/html; charset=utf-8', text: 'voices' })
    expect(await read('page.css')).toEqual({ type: 'text/css; charset=utf-8', text: 'css' })
    expect(await read('wasm.en.pagefind')).toEqual({ type: 'application/wasm', text: 'wasm' })
    const parts = { type: 'text/plain; charset=utf-8', text: 'parts' }
    expect(await read('__next.!KGVu.$d$name.txt')).toEqual(parts)
    expect(await read('__next.!KGVu.%24d%24name.txt')).toEqual(parts)
  })

  it.each([['..', 'secret.txt'], ['%2e%2e', 'secret.txt'], ['..%2fsecret.txt'], ['absent'], ['page.sh']])(
    'gives nothing for %s',
    async (...path) => {
      expect(await read(...path)).toBeUndefined()
    },
  )
})

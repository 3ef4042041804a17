import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { snippetFiles, snippetFolder } from './reference-text.ts'

const stack = new AsyncDisposableStack()
let port: string

beforeAll(async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'parley-snippets-'))
  stack.defer(() => rm(dataDir, { recursive: true, force: true }))
  const main = resolve(import.meta.dirname, '../../gateway/src/main.ts')
  const gateway = spawn(process.execPath, [main], {
    env: { NODE_ENV: 'production', PARLEY_PORT: '0', PARLEY_DATA_DIR: dataDir, PARLEY_LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(gateway, 'exit')
  stack.defer(async () => {
    gateway.kill('SIGTERM')
    await exited
  })
  for await (const line of createInterface({ input: gateway.stdout })) {
    port = new URL(line.replace(/^gateway: /, '')).port
    break
  }
})
afterAll(() => stack.disposeAsync())

describe('the code of the connection page', () => {
  it.for(snippetFiles.filter((name) => name !== 'phone-bridge.ts'))(
    '%s gets an answer as it stands',
    async (name, { onTestFinished }) => {
      const text = await readFile(join(snippetFolder, name), 'utf8')
      // Only the port is another one. The copy is beside the original, where its packages are found.
      const copy = join(snippetFolder, `run-${name}`)
      await writeFile(copy, text.replaceAll('8787', port))
      onTestFinished(() => rm(copy))
      const client = spawn(process.execPath, [copy], { stdio: ['ignore', 'pipe', 'pipe'] })
      onTestFinished(() => void client.kill('SIGKILL'))
      let said = ''
      let failed = ''
      client.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
      client.stderr.on('data', (chunk: Buffer) => (failed += chunk.toString()))
      await once(client, 'exit')
      expect(failed).toBe('')
      expect(said).toContain('Parley is')
    },
  )
})

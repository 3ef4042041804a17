import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { snippetFiles, snippetFolder } from './reference-text.ts'
import { startGateway, type RunningProgram } from './running-programs.ts'

let gateway: RunningProgram

beforeAll(async () => {
  gateway = await startGateway()
})
afterAll(() => gateway[Symbol.asyncDispose]())

describe('the code of the connection page', () => {
  it.for(snippetFiles.filter((name) => name !== 'phone-bridge.ts'))(
    '%s gets an answer as it stands',
    async (name, { onTestFinished }) => {
      const text = await readFile(join(snippetFolder, name), 'utf8')
      // Only the port is another one. The copy is beside the original, where its packages are found.
      const copy = join(snippetFolder, `run-${name}`)
      await writeFile(copy, text.replaceAll('8787', new URL(gateway.address).port))
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

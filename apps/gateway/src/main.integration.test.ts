import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, expect, it } from 'vitest'
import { rawWebSocket } from './testing/raw-web-socket.ts'
import { spokenText } from './testing/spoken-text.ts'
import { connect, userText } from './testing/test-client.ts'

const main = join(import.meta.dirname, 'main.ts')

/** The gateway as its own process; disposing it kills it. */
class GatewayProcess implements AsyncDisposable {
  readonly child: ChildProcess
  readonly exited: Promise<number | null>
  stdout = ''
  stderr = ''

  constructor(settings: Record<string, string>) {
    this.child = spawn(process.execPath, [main], { env: { PARLEY_PORT: '0', ...settings } })
    this.child.stdout?.on('data', (chunk: Buffer) => (this.stdout += chunk.toString()))
    this.child.stderr?.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()))
    this.exited = once(this.child, 'close').then(([code]) => code as number | null)
  }

  /** The address it prints when it answers. */
  async url(): Promise<string> {
    const lines = createInterface({ input: this.child.stdout! })
    const line = await Promise.race([once(lines, 'line').then(([text]) => String(text)), this.exited])
    lines.close()
    const url = /^gateway: (https?:\/\/\S+)$/.exec(String(line))?.[1]
    if (url === undefined) throw new Error(`No address, but ${line}: ${this.stderr}`)
    return url
  }

  /** Resolves when a line of the log has been written that holds `text`. */
  async logged(text: string): Promise<void> {
    while (!this.stderr.includes(text)) await once(this.child.stderr!, 'data')
  }

  async [Symbol.asyncDispose]() {
    this.child.kill('SIGKILL')
    await this.exited
  }
}

function dataDir(): string {
  return mkdtempSync(join(tmpdir(), 'parley-main-'))
}

describe('starting', () => {
  it('prints one line when it answers, and nothing else on standard output', async () => {
    await using gateway = new GatewayProcess({ PARLEY_DATA_DIR: dataDir() })
    const url = await gateway.url()
    expect((await fetch(`${url}/healthz`)).status).toBe(200)
    using client = await connect(`${url}/v1/realtime`)
    await client.next('session.created')
    gateway.child.kill('SIGTERM')
    expect(await gateway.exited).toBe(0)
    expect(gateway.stdout).toBe(`gateway: ${url}\n`)
  })

  it('names every bad setting and ends with 1, without a stack trace', async () => {
    await using gateway = new GatewayProcess({
      PARLEY_PORT: 'x',
      PARLEY_HOST: '0.0.0.0',
      PARLEY_STORE: 'floppy',
    })
    expect(await gateway.exited).toBe(1)
    expect(gateway.stderr).toMatch(/PARLEY_PORT.*\n.*PARLEY_STORE.*\n.*PARLEY_KEY/)
    expect(gateway.stderr).not.toContain('    at ')
    expect(gateway.stdout).toBe('')
  })

  it('says so when the port it was given is in use', async () => {
    const other = createServer()
    await once(other.listen(0, '127.0.0.1'), 'listening')
    const { port } = other.address() as AddressInfo
    await using gateway = new GatewayProcess({ PARLEY_DATA_DIR: dataDir(), PARLEY_PORT: String(port) })
    expect(await gateway.exited).toBe(1)
    expect(gateway.stderr).toContain('PARLEY_PORT')
    other.close()
  })

  it('says so when the default backend is none it has', async () => {
    await using gateway = new GatewayProcess({ PARLEY_DATA_DIR: dataDir(), PARLEY_DEFAULT_BACKEND: 'lokal' })
    expect(await gateway.exited).toBe(1)
    expect(gateway.stderr).toContain('PARLEY_DEFAULT_BACKEND')
  })

  it('names the nearest setting for a misspelt one and starts all the same', async () => {
    await using gateway = new GatewayProcess({ PARLEY_STORE: 'memory', PARLEY_LOGLEVEL: 'debug' })
    await gateway.url()
    expect(gateway.stderr).toContain('Did you mean PARLEY_LOG_LEVEL?')
  })
})

describe('the local backend', () => {
  it('is ready and answers although the recogniser it was set to cannot be downloaded', async () => {
    await using gateway = new GatewayProcess({
      PARLEY_DATA_DIR: dataDir(),
      PARLEY_STT: 'whisper-base',
      PARLEY_OFFLINE: '1',
    })
    const url = await gateway.url()
    await Promise.all([gateway.logged('could not be fetched'), gateway.logged('engines are ready')])
    expect((await fetch(`${url}/readyz`)).status).toBe(200)
    using client = await connect(`${url}/v1/realtime?model=local`)
    await client.next('session.created')
    client.send(userText('What is Parley?'))
    client.send({ type: 'response.create' })
    expect(await client.next('response.output_audio.delta')).toBeDefined()
    expect(await client.next('response.done')).toMatchObject({ response: { status: 'completed' } })
  })
})

describe('a spoken turn', () => {
  it('is recognised, answered with sound and remembered', async () => {
    await using gateway = new GatewayProcess({ PARLEY_DATA_DIR: dataDir() })
    const url = await gateway.url()
    using client = await connect(`${url}/v1/realtime?conversation=conv_spoken`)
    await client.next('session.created')
    for (const audio of await spokenText('What can you remember?')) {
      client.send({ type: 'input_audio_buffer.append', audio })
    }
    await client.next('input_audio_buffer.speech_stopped')
    const heard = await client.next('conversation.item.input_audio_transcription.completed')
    expect(heard['transcript']).toMatch(/remember/i)
    expect(await client.next('response.output_audio.delta')).toBeDefined()
    expect(await client.next('response.done')).toMatchObject({ response: { status: 'completed' } })
    const stored = await (await fetch(`${url}/v1/conversations/conv_spoken/export?format=markdown`)).text()
    expect(stored).toMatch(/\*\*User\*\*.*remember/i)
    expect(stored).toMatch(/\*\*Assistant\*\*/)
  })
})

describe('ending', () => {
  it('tells its sessions on SIGTERM, closes them with 1001 and ends with 0', async () => {
    await using gateway = new GatewayProcess({ PARLEY_DATA_DIR: dataDir() })
    using client = await connect(`${await gateway.url()}/v1/realtime`)
    await client.next('session.created')
    gateway.child.kill('SIGTERM')
    expect(await client.next('error')).toMatchObject({ error: { code: 'session_expired' } })
    expect(await client.closed).toMatchObject({ code: 1001 })
    expect(await gateway.exited).toBe(0)
  })

  it('ends with 0 within the drain time when a client does not answer', async () => {
    await using gateway = new GatewayProcess({ PARLEY_STORE: 'memory', PARLEY_DRAIN_TIMEOUT_MS: '50' })
    const socket = await rawWebSocket(Number(new URL(await gateway.url()).port))
    gateway.child.kill('SIGTERM')
    expect(await gateway.exited).toBe(0)
    expect(gateway.stderr).toContain('drain took too long')
    socket.destroy()
  })

  it('ends at once on a second signal', async () => {
    await using gateway = new GatewayProcess({ PARLEY_STORE: 'memory', PARLEY_DRAIN_TIMEOUT_MS: '600000' })
    const socket = await rawWebSocket(Number(new URL(await gateway.url()).port))
    gateway.child.kill('SIGTERM')
    for await (const line of createInterface({ input: gateway.child.stderr! }))
      if (line.includes('draining')) break
    gateway.child.kill('SIGTERM')
    expect(await gateway.exited).toBe(1)
    socket.destroy()
  })
})

describe('a killed gateway', () => {
  it('has kept what it acknowledged', async () => {
    const settings = { PARLEY_DATA_DIR: dataDir() }
    const text = 'My name is Ada.'
    {
      await using gateway = new GatewayProcess(settings)
      using client = await connect(`${await gateway.url()}/v1/realtime?conversation=conv_kept`)
      await client.next('session.created')
      client.send(userText(text))
      await client.next('conversation.item.done')
    }
    await using again = new GatewayProcess(settings)
    const response = await fetch(`${await again.url()}/v1/conversations/conv_kept`)
    expect(JSON.stringify(await response.json())).toContain(text)
  })
})

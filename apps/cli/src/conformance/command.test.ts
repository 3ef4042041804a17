import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { Command } from 'commander'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { WebSocketServer } from 'ws'
import type { WebSocket } from 'ws'
import { exitCodes } from '../command-failure.ts'
import { registerConformance } from './index.ts'

afterEach(() => {
  vi.restoreAllMocks()
  process.exitCode = undefined
})

describe('parley conformance', () => {
  it('lists the clauses of a group that a dialect has', async () => {
    const shown = await run('--list', '--only', 'connect', '--dialect', 'voice-live')
    expect(shown).toContain('connect.flat-session-shape')
    expect(shown).not.toContain('connect.session-shape')
    expect(shown).not.toContain('items.added')
    expect(shown).toContain('6 clauses for voice-live')
  })

  it.each([
    ['an id that no clause has', ['--list', '--only', 'conect']],
    ['no address', ['--only', 'connect']],
    ['an address that is none', ['host']],
  ])('takes %s for a mistake', async (_what, words) => {
    await expect(run(...words)).rejects.toMatchObject({ exitCode: exitCodes.usage })
  })

  it('gives no score to a server that hangs up, and repeats what it said', async () => {
    await using server = await serve((socket) => {
      socket.send('{"type":"error","error":{"message":"Not in this shape."}}')
      socket.close(4000, 'gone')
    })
    await expect(run(server.url)).rejects.toMatchObject({
      exitCode: exitCodes.couldNotRun,
      message: expect.stringMatching(/closed with 4000 gone.*Not in this shape/),
    })
  })

  it('fails for a server that breaks what must hold, and says so as JSON', async () => {
    await using server = await serve((socket) => socket.send('{"type":"session.created","session":{}}'))
    const shown = await run(server.url, '--only', 'connect.first-event,connect.session-id', '--json')
    expect(JSON.parse(shown)).toMatchObject({
      passed: false,
      verdicts: [
        { id: 'connect.first-event', status: 'passed' },
        { id: 'connect.session-id', status: 'failed', expected: 'session.id as text', found: 'nothing' },
      ],
    })
    expect(process.exitCode).toBe(exitCodes.failed)
  })
})

/** What the command writes to standard output. */
async function run(...words: readonly string[]): Promise<string> {
  const written: string[] = []
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0)
  const program = new Command('parley').exitOverride()
  registerConformance(program)
  await program.parseAsync(['conformance', ...words], { from: 'user' })
  return written.join('')
}

async function serve(greet: (socket: WebSocket) => void): Promise<{ url: string } & AsyncDisposable> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  server.on('connection', greet)
  await once(server, 'listening')
  // A listening TCP server has an address with a port.
  const { port } = server.address() as AddressInfo
  return {
    url: `ws://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      for (const client of server.clients) client.terminate()
      server.close()
      await once(server, 'close')
    },
  }
}

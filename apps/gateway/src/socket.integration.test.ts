import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { connect as connectTcp } from 'node:net'
import { describe, expect, it } from 'vitest'
import { startGateway } from './testing/gateway-under-test.ts'
import { rawWebSocket } from './testing/raw-web-socket.ts'
import { scriptedProvider } from './testing/scripted-provider.ts'
import { connect, userText } from './testing/test-client.ts'

/** Sends bytes over a bare connection and gives everything that comes back until it ends. */
async function exchange(port: number, request: string): Promise<string> {
  const socket = connectTcp(port, '127.0.0.1')
  const chunks: Buffer[] = []
  socket.on('data', (chunk) => chunks.push(chunk))
  socket.on('error', () => undefined)
  socket.write(request)
  await once(socket, 'close')
  return Buffer.concat(chunks).toString()
}

describe('a session lives on', () => {
  it.each([
    ['null', 'null'],
    ['no JSON', '{"type":'],
    ['an array', '[]'],
    ['a number', '1'],
    ['an object without a type', '{}'],
    ['an empty message', ''],
    ['binary', new Uint8Array([0, 1, 2, 255])],
    ['an unknown event', '{"type":"no.such.event"}'],
  ])('after a message that is %s, which is answered with an error', async (_what, message) => {
    await using gateway = await startGateway()
    using client = await connect(`${gateway.url}/v1/realtime`)
    await client.next('session.created')
    client.send(message)
    expect(await client.next('error')).toMatchObject({
      event_id: expect.any(String),
      error: { type: 'invalid_request_error' },
    })
    client.send(userText('still here'))
    expect(await client.next('conversation.item.done')).toBeDefined()
  })

  it('after an append as large as the protocol allows', async () => {
    await using gateway = await startGateway()
    using client = await connect(`${gateway.url}/v1/realtime`)
    await client.next('session.created')
    const audio = Buffer.alloc(15 * 1024 * 1024 * 0.75).toString('base64')
    client.send({ type: 'input_audio_buffer.append', audio })
    client.send(userText('still here'))
    expect(await client.next('conversation.item.done')).toBeDefined()
  })
})

describe('one bad peer is dropped and the others go on', () => {
  it('when its message is larger than 16 MiB', async () => {
    await using gateway = await startGateway()
    using bad = await connect(`${gateway.url}/v1/realtime`)
    using good = await connect(`${gateway.url}/v1/realtime`)
    await good.next('session.created')
    bad.send('x'.repeat(16 * 1024 * 1024 + 1))
    expect(await bad.closed).toMatchObject({ code: 1009 })
    good.send(userText('still here'))
    expect(await good.next('conversation.item.done')).toBeDefined()
  })

  it('when it stops reading', async () => {
    const chunk = Buffer.alloc(64 * 1024).toString('base64')
    const flooded = Promise.withResolvers<void>()
    const backend = scriptedProvider({
      name: 'scripted',
      onText: (text, send) => {
        if (text !== 'flood') return
        send({ type: 'response.created', event_id: 'e', response: { id: 'resp_f', conversation_id: 'c' } })
        const place = { response_id: 'resp_f', item_id: 'item_f', output_index: 0, content_index: 0 }
        for (let count = 0; count < 500; count += 1) {
          send({ type: 'response.output_text.delta', event_id: `e${count}`, ...place, delta: chunk })
        }
        flooded.resolve()
      },
    })
    await using gateway = await startGateway({
      backends: new Map([['scripted', backend]]),
      limits: { closeTimeoutMs: 50 },
    })
    using good = await connect(`${gateway.url}/v1/realtime`)
    using slow = await connect(`${gateway.url}/v1/realtime?conversation=conv_slow`)
    await slow.next('session.created')
    slow.socket.pause()
    slow.send(userText('flood'))
    await flooded.promise
    expect(await gateway.whenLogged('session ended')).toMatchObject({ conversation: 'conv_slow' })
    good.send(userText('still here'))
    expect(await good.next('conversation.item.done')).toBeDefined()
  })

  it('when it answers no pings', async () => {
    await using gateway = await startGateway({ limits: { pingIntervalMs: 20 } })
    using good = await connect(`${gateway.url}/v1/realtime`)
    const dead = await rawWebSocket(gateway.port)
    dead.resume()
    await once(dead, 'close')
    good.send(userText('still here'))
    expect(await good.next('conversation.item.done')).toBeDefined()
  })

  it('when it breaks the protocol', async () => {
    await using gateway = await startGateway()
    const bad = await rawWebSocket(gateway.port)
    bad.resume()
    bad.write(Buffer.from([0xff, 0xff, 0xff, 0xff]))
    await once(bad, 'close')
    using good = await connect(`${gateway.url}/v1/realtime`)
    await good.next('session.created')
  })

  it('when it resets its connection in mid-session', async () => {
    await using gateway = await startGateway()
    const bad = await rawWebSocket(gateway.port)
    bad.resetAndDestroy()
    using good = await connect(`${gateway.url}/v1/realtime`)
    await good.next('session.created')
  })
})

describe('slow handshakes', () => {
  const limits = { headersTimeoutMs: 50, connectionsCheckMs: 10 }

  it('are cleared when the headers never end, and when nothing is ever sent', async () => {
    await using gateway = await startGateway({ limits })
    const slow = Array.from({ length: 100 }, () =>
      exchange(gateway.port, 'GET /v1/realtime HTTP/1.1\r\nHost: x\r\n'),
    )
    const silent = Array.from({ length: 100 }, () => exchange(gateway.port, ''))
    const answers = await Promise.all([...slow, ...silent])
    expect(answers.filter((answer) => answer.includes('408')).length).toBeGreaterThanOrEqual(100)
  })
})

describe('requests that are no WebSocket handshake', () => {
  const head = 'GET /v1/realtime HTTP/1.1\r\nHost: 127.0.0.1\r\n'
  const upgrade = `${head}Connection: Upgrade\r\nUpgrade: websocket\r\n`

  it.each([
    ['a plain request', `${head}Connection: close\r\n\r\n`],
    ['an upgrade to something else', `${head}Connection: Upgrade, close\r\nUpgrade: h2c\r\n\r\n`],
    [
      'an upgrade header without the connection header',
      `${head}Connection: close\r\nUpgrade: websocket\r\n\r\n`,
    ],
  ])('get 426 for %s', async (_what, request) => {
    await using gateway = await startGateway()
    const answer = await exchange(gateway.port, request)
    expect(answer).toMatch(/^HTTP\/1.1 426 /)
    expect(answer.toLowerCase()).toContain('upgrade: websocket')
    expect(answer).toContain('"code":"unsupported"')
  })

  it.each([
    ['without a key', 'Sec-WebSocket-Version: 13\r\n\r\n', 400],
    ['with a bad key', 'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: abc\r\n\r\n', 400],
    [
      'of another version',
      'Sec-WebSocket-Version: 12\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
      400,
    ],
  ])('get an answer to a handshake %s', async (_what, rest, status) => {
    await using gateway = await startGateway()
    expect(await exchange(gateway.port, upgrade + rest)).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
  })

  it.each(['//', '/%', '/\\', '/v1/realtime%00', '*'])('survive the request target %s', async (target) => {
    await using gateway = await startGateway()
    const request = upgrade.replace('/v1/realtime', target)
    const rest = 'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n'
    expect(await exchange(gateway.port, request + rest)).toMatch(/^HTTP\/1.1 4\d\d /)
    expect((await fetch(`${gateway.url}/healthz`)).status).toBe(200)
  })

  it('survive a host that is none', async () => {
    await using gateway = await startGateway()
    const rest = 'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n'
    const answer = await exchange(gateway.port, upgrade.replace('127.0.0.1', 'a b:c') + rest)
    expect(answer).toMatch(/^HTTP\/1.1 400 /)
    expect((await fetch(`${gateway.url}/healthz`)).status).toBe(200)
  })
})

describe('TLS', () => {
  const [cert, key] = ['cert', 'key'].map((part) =>
    readFileSync(new URL(`testing/__fixtures__/localhost-${part}.pem`, import.meta.url), 'utf8'),
  ) as [string, string]

  it('drops a peer that never finishes its handshake', async () => {
    await using gateway = await startGateway({
      listen: { tls: { cert, key } },
      limits: { headersTimeoutMs: 50 },
    })
    expect(await exchange(gateway.port, '')).toBe('')
  })

  it('serves both protocols with a certificate', async () => {
    await using gateway = await startGateway({ listen: { tls: { cert, key } } })
    expect(gateway.url).toMatch(/^https:/)
    using client = await connect(`${gateway.url}/v1/realtime`, ['realtime'], { ca: cert })
    await client.next('session.created')
    const refused = connect(`${gateway.url}/v1/realtime?model=a/b`, [], { ca: cert })
    await expect(refused).rejects.toMatchObject({ status: 404 })
  })
})

describe('listening', () => {
  it('takes the next free port when the usual one is in use, and only then', async () => {
    await using first = await startGateway()
    await using second = await startGateway({ listen: { port: first.port, orNext: true } })
    expect(second.port).toBeGreaterThan(first.port)
    await expect(startGateway({ listen: { port: first.port } })).rejects.toMatchObject({ code: 'EADDRINUSE' })
  })

  it('frees its port when closed, with sockets open', async () => {
    const gateway = await startGateway()
    using client = await connect(`${gateway.url}/v1/realtime`)
    await gateway.listener.close()
    await client.closed
    await using again = await startGateway({ listen: { port: gateway.port } })
    expect(again.port).toBe(gateway.port)
  })
})

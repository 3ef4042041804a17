import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { createInterface } from 'node:readline'
import { bytesToBase64 } from '@parley/audio'
import { describe, expect, it } from 'vitest'
import type { WireEvent } from './testing/event-log.ts'
import { dataDir, GatewayProcess } from './testing/gateway-process.ts'
import { rawWebSocket } from './testing/raw-web-socket.ts'
import { spokenText } from './testing/spoken-text.ts'
import { connect, userText } from './testing/test-client.ts'

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
    for (const frame of await spokenText('What can you remember?')) {
      client.send({ type: 'input_audio_buffer.append', audio: bytesToBase64(frame) })
    }
    await client.next('input_audio_buffer.speech_stopped')
    const heard = await client.next('conversation.item.input_audio_transcription.completed')
    expect(heard['transcript']).toMatch(/remember/i)
    expect(await client.next('response.output_audio.delta')).toBeDefined()
    expect(await client.next('response.done')).toMatchObject({ response: { status: 'completed' } })
    const stored = await (await fetch(`${url}/v1/conversations/conv_spoken/export?format=markdown`)).text()
    expect(stored).toMatch(/\*\*You\*\*.*remember/i)
    expect(stored).toMatch(/\*\*Parley\*\*/)
  })
})

describe('ending', () => {
  it('lets its sessions leave on SIGTERM with close code 1012, and ends with 0', async () => {
    await using gateway = new GatewayProcess({ PARLEY_DATA_DIR: dataDir() })
    using client = await connect(`${await gateway.url()}/v1/realtime`)
    await client.next('session.created')
    gateway.child.kill('SIGTERM')
    expect(await client.closed).toEqual({ code: 1012, reason: 'restart' })
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

  it('says until its sessions have left that it is shutting down, and takes no new ones', async () => {
    await using gateway = new GatewayProcess({ PARLEY_STORE: 'memory', PARLEY_DRAIN_TIMEOUT_MS: '600000' })
    const url = await gateway.url()
    const socket = await rawWebSocket(Number(new URL(url).port))
    gateway.child.kill('SIGTERM')
    await gateway.logged('draining')
    const ready = await fetch(`${url}/readyz`)
    expect([ready.status, await ready.json()]).toMatchObject([
      503,
      { missing: expect.arrayContaining([{ name: 'gateway', reason: 'is shutting down' }]) },
    ])
    const message = 'The gateway is shutting down.'
    for (const query of ['', '?resume=new', `?resume=rt_${'x'.repeat(43)}&after=0`]) {
      // oxlint-disable-next-line no-await-in-loop
      await expect(connect(`${url}/v1/realtime${query}`)).rejects.toMatchObject({
        status: 503,
        body: { error: { code: 'backend_unavailable', message } },
      })
    }
    socket.destroy()
    expect(await gateway.exited).toBe(0)
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
  it('has kept what it acknowledged, and its next run goes on from there', async () => {
    const settings = { PARLEY_DATA_DIR: dataDir() }
    const acknowledged: unknown[] = []
    {
      await using gateway = new GatewayProcess(settings)
      using client = await connect(`${await gateway.url()}/v1/realtime?conversation=conv_kept`)
      await client.next('session.created')
      client.send(userText('My name is Ada.'))
      client.send({ type: 'response.create', response: { output_modalities: ['text'] } })
      await client.next('response.done')
      client.send(userText('Count to one hundred.'))
      client.send({ type: 'response.create' })
      await client.next('response.output_audio.delta')
      gateway.child.kill('SIGKILL')
      await client.closed
      acknowledged.push(...itemsDone(client.events))
    }
    await using again = new GatewayProcess(settings)
    const url = await again.url()
    const stored = await (await fetch(`${url}/v1/conversations/conv_kept`)).json()
    expect(acknowledged.length).toBeGreaterThanOrEqual(3)
    expect(stored).toMatchObject({ items: acknowledged.map((item) => ({ item })) })
    using client = await connect(`${url}/v1/realtime?conversation=conv_kept`)
    await client.next('session.created')
    client.send(userText('What is my name?'))
    client.send({ type: 'response.create', response: { output_modalities: ['text'] } })
    expect(await client.next('response.output_text.done')).toMatchObject({
      text: expect.stringContaining('Ada'),
    })
  })

  function itemsDone(events: readonly WireEvent[]): readonly unknown[] {
    return events.flatMap(({ type, item }) => (type === 'conversation.item.done' ? [item] : []))
  }
})

import { mkdtempSync, readFileSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cassetteFormat, openCassettes, parseCassette } from '@parley/core/cassette'
import { replay } from '@parley/core/providers/replay'
import { describe, expect, it } from 'vitest'
import { createId } from './ids.ts'
import { createRecorder } from './recorder.ts'
import type { recordModes } from './record-kinds.ts'
import { startGateway } from './testing/gateway-under-test.ts'
import type { GatewayUnderTest } from './testing/gateway-under-test.ts'
import { scriptedProvider } from './testing/scripted-provider.ts'
import { connect, userText } from './testing/test-client.ts'
import { wordsOf } from './testing/spoken-words.ts'

const silent = { debug() {}, info() {}, warn() {}, error() {} }

interface Recording extends GatewayUnderTest {
  readonly directory: string
}

interface Options {
  readonly mode?: (typeof recordModes)[number]
  readonly keys?: readonly string[]
  readonly secrets?: readonly string[]
  readonly maxBytes?: number
}

/** A gateway with a scripted backend, cassettes in a new folder, and the replay of them. */
async function startRecording(options: Options = {}): Promise<Recording> {
  const { mode = 'asked', keys = [], secrets = keys, maxBytes = 10_000_000 } = options
  const directory = mkdtempSync(join(tmpdir(), 'parley-cassettes-'))
  const cassettes = openCassettes({ directory, maxBytes })
  const recorder = createRecorder({ cassettes, mode, secrets, log: silent, now: Date.now, newId: createId })
  const provider = scriptedProvider({ name: 'scripted' })
  const backends = new Map([
    ['scripted', provider],
    ['replay', replay({ cassettes, now: () => performance.now(), newId: createId })],
  ])
  const gateway = await startGateway({ recorder, backends, config: { keys } })
  return Object.assign(gateway, { directory })
}

/** Says two things over one session, and gives the cassette's id. */
async function talk(url: string, query: string, headers: Record<string, string> = {}): Promise<string> {
  using client = await connect(`${url}/v1/realtime?${query}`, [], { headers })
  const created = await client.next('session.created')
  for (const text of ['one', 'two']) {
    client.send(userText(text))
    client.send({ type: 'response.create' })
    // One turn after the other.
    // oxlint-disable-next-line no-await-in-loop
    await client.next('response.done')
  }
  client.socket.close()
  await client.closed
  const parley = created['parley']
  return typeof parley === 'object' && parley !== null && 'cassette' in parley ? String(parley.cassette) : ''
}

async function onDisk(gateway: Recording, id: string): Promise<string> {
  await gateway.gateway.drain()
  return readFileSync(join(gateway.directory, `${id}.ndjson`), 'utf8')
}

describe('recording', () => {
  it('keeps both directions of a session that asks for it, and tells the client its name', async () => {
    await using gateway = await startRecording()
    const id = await talk(gateway.url, 'backend=scripted&record=events')
    const { header, entries, end } = parseCassette(await onDisk(gateway, id))
    expect(header).toMatchObject({
      format: cassetteFormat,
      id,
      backend: 'scripted',
      dialect: 'openai-ga',
      audio: 'left-out',
    })
    const types = entries.map(({ from, event }) => `${from} ${event.type}`)
    expect(types[0]).toBe('backend session.created')
    expect(types.filter((type) => type === 'client response.create')).toHaveLength(2)
    expect(types.filter((type) => type === 'backend response.done')).toHaveLength(2)
    expect(end).toEqual({ events: entries.length })
    expect(entries.every(({ t }, index) => t >= (entries[index - 1]?.t ?? 0))).toBe(true)
  })

  it('leaves a session alone that does not ask, and records every one when told to', async () => {
    await using asked = await startRecording()
    expect(await talk(asked.url, 'backend=scripted')).toBe('')
    expect(readdirSync(asked.directory)).toEqual([])
    await using always = await startRecording({ mode: 'always' })
    expect(await talk(always.url, 'backend=scripted')).toMatch(/^cassette_/)
  })

  it('refuses to record when recording is off, or the disk has no room for it', async () => {
    await using off = await startRecording({ mode: 'off' })
    const refused = connect(`${off.url}/v1/realtime?record=audio`)
    await expect(refused).rejects.toMatchObject({
      status: 400,
      body: { error: { code: 'unsupported', param: 'record' } },
    })
    await using full = await startRecording({ maxBytes: 0 })
    await expect(connect(`${full.url}/v1/realtime?record=events`)).rejects.toMatchObject({
      status: 503,
      body: { error: { code: 'store_unavailable', param: 'record' } },
    })
    await expect(connect(`${full.url}/v1/realtime?record=video`)).rejects.toMatchObject({ status: 400 })
  })

  it('goes on with a call whose recording has outgrown its room', async () => {
    await using gateway = await startRecording({ maxBytes: 1500 })
    const id = await talk(gateway.url, 'backend=scripted&record=events')
    const text = await onDisk(gateway, id)
    expect(text.length).toBeLessThanOrEqual(1500)
    expect(parseCassette(text)).toMatchObject({
      header: { id },
      entries: [],
      end: { events: 0, dropped: expect.stringContaining('limit') },
    })
  })

  it('lets a client secret record only if it was minted for that', async () => {
    await using gateway = await startRecording({ keys: ['the-key'] })
    const mint = async (body: object): Promise<Record<string, string>> => {
      const response = await fetch(`${gateway.url}/v1/realtime/client_secrets`, {
        method: 'POST',
        headers: { authorization: 'Bearer the-key' },
        body: JSON.stringify(body),
      })
      const { value } = (await response.json()) as { value: string }
      return { authorization: `Bearer ${value}` }
    }
    const plain = await mint({})
    await expect(
      connect(`${gateway.url}/v1/realtime?record=events`, [], { headers: plain }),
    ).rejects.toMatchObject({ body: { error: { code: 'unsupported', param: 'record' } } })
    const recorded = await mint({ record: 'events' })
    expect(await talk(gateway.url, 'backend=scripted', recorded)).toMatch(/^cassette_/)
    await expect(
      connect(`${gateway.url}/v1/realtime?record=audio`, [], { headers: recorded }),
    ).rejects.toMatchObject({ body: { error: { code: 'unsupported', param: 'record' } } })
  })

  it('keeps every secret out of the file, wherever a session puts it', async () => {
    const keys = ['gateway-key-4711', 'kurz']
    const provider = 'sk-provider/key+with=signs'
    await using gateway = await startRecording({ keys, secrets: [...keys, provider] })
    const all = [...keys, provider]
    const query = `backend=scripted&record=audio&api-key=${keys[0]}`
    using client = await connect(`${gateway.url}/v1/realtime?${query}`)
    const created = await client.next('session.created')
    const everywhere = all.join(' then ')
    client.send({
      type: 'session.update',
      event_id: all[0],
      session: {
        type: 'realtime',
        instructions: `Never say ${everywhere}, nor Bearer abcdefghijklmnop1234, nor wss://u:hunter22@x.test/?api-key=qwertz99`,
        tools: [
          {
            type: 'function',
            name: 'look_up',
            description: everywhere,
            parameters: { type: 'object', properties: { token: { type: 'string', default: provider } } },
          },
          {
            type: 'mcp',
            server_label: 'files',
            server_url: `https://mcp.test/?token=${encodeURIComponent(provider)}`,
            authorization: 'an-unknown-secret',
            headers: { 'X-Custom': 'another-unknown-secret' },
          },
        ],
      },
    })
    client.send({ type: 'input_audio_buffer.append', event_id: all[0], audio: 'AAAAAAAA', api_key: provider })
    client.send(userText(`my key is ${everywhere}`))
    client.send({
      type: 'conversation.item.create',
      item: {
        type: 'function_call_output',
        call_id: all[0],
        output: JSON.stringify({
          deep: [{ client_secret: 'a-third-unknown-secret', said: JSON.stringify(all) }],
        }),
      },
    })
    client.send({ type: 'response.create', response: { metadata: { key: provider } } })
    await client.next('response.done')
    client.socket.close()
    await client.closed
    const text = await onDisk(gateway, cassetteOf(created))
    const { entries } = parseCassette(text)
    expect(entries.map(({ event }) => event.type)).toContain('input_audio_buffer.append')
    const unknown = [
      'an-unknown-secret',
      'another-unknown-secret',
      'a-third-unknown-secret',
      'hunter22',
      'qwertz99',
    ]
    for (const secret of [...all, encodeURIComponent(provider), ...unknown, 'abcdefghijklmnop1234']) {
      expect(text.includes(secret), secret).toBe(false)
    }
  })
})

function cassetteOf(created: Readonly<Record<string, unknown>>): string {
  return (created['parley'] as { cassette: string }).cassette
}

describe('the cassettes', () => {
  it('are listed, downloaded, deleted and uploaded', async () => {
    await using gateway = await startRecording({ keys: ['the-key'] })
    const headers = { authorization: 'Bearer the-key' }
    const id = await talk(gateway.url, 'backend=scripted&record=events', headers)
    const call = (path: string, init: RequestInit = {}): Promise<Response> =>
      fetch(`${gateway.url}/v1/cassettes${path}`, { headers, ...init })
    await whole(gateway, id, headers)
    const { data } = (await (await call('')).json()) as { data: unknown[] }
    expect(data).toEqual([
      {
        id,
        backend: 'scripted',
        startedAt: expect.stringMatching(/^\d{4}-/),
        durationMs: expect.any(Number),
        events: expect.any(Number),
        bytes: expect.any(Number),
        audio: 'left-out',
        complete: true,
      },
    ])
    const file = await (await call(`/${id}`)).text()
    expect(file).toContain(cassetteFormat)
    expect((await call('', { method: 'POST', body: file })).status).toBe(409)
    expect((await call(`/${id}`, { method: 'DELETE' })).status).toBe(204)
    expect((await call(`/${id}`)).status).toBe(404)
    expect((await call(`/${id}`, { method: 'DELETE' })).status).toBe(404)
    const uploaded = await call('', { method: 'POST', body: file.replace('two', 'the-key') })
    expect(uploaded.status).toBe(201)
    const again = await (await call(`/${id}`)).text()
    expect(again).not.toContain('the-key')
    const bad = await call('', { method: 'POST', body: `${file.split('\n', 1)[0]}\nnonsense\n` })
    expect(await bad.json()).toMatchObject({
      error: { code: 'invalid_value', message: expect.stringContaining('Line 2') },
    })
    expect((await fetch(`${gateway.url}/v1/cassettes`)).status).toBe(401)
  })

  it('are found by their name and by no path', async () => {
    await using gateway = await startRecording()
    for (const name of ['..%2f..%2fetc%2fpasswd', '%2e%2e', 'a%00b', 'x.ndjson']) {
      // One after the other.
      // oxlint-disable-next-line no-await-in-loop
      expect((await fetch(`${gateway.url}/v1/cassettes/${name}`)).status).toBe(404)
    }
  })

  it('make the replay a backend that can be chosen', async () => {
    await using gateway = await startRecording()
    const names = async (): Promise<string> => (await fetch(`${gateway.url}/v1/models`)).text()
    expect(await names()).not.toContain('replay')
    const id = await talk(gateway.url, 'backend=scripted&record=events')
    await whole(gateway, id)
    expect(await names()).toContain(`replay/${id}`)
    const backend = await fetch(`${gateway.url}/v1/backends/replay?model=${id}`)
    expect(await backend.json()).toMatchObject({ capabilities: { title: `Replay of ${id}`, local: true } })
  })

  it('are replayed as a backend, word for word', async () => {
    await using gateway = await startRecording()
    const id = await talk(gateway.url, 'backend=scripted&record=events')
    await whole(gateway, id)
    using client = await connect(`${gateway.url}/v1/realtime?backend=replay&model=${id}`)
    const words: string[] = []
    for (const text of ['eins', 'zwei']) {
      client.send(userText(text))
      client.send({ type: 'response.create' })
      // One turn after the other.
      // oxlint-disable-next-line no-await-in-loop
      words.push(wordsOf((await client.next('response.done'))['response']))
    }
    expect(words).toEqual(['one', 'one | two'])
    client.send({ type: 'response.create' })
    expect(await client.next('error')).toMatchObject({
      error: { message: expect.stringContaining('no more answers') },
    })
  })

  it('name what is missing when a replay cannot be had', async () => {
    await using gateway = await startRecording()
    for (const model of ['', '&model=nothing', '&model=nothing@0']) {
      // One after the other.
      // oxlint-disable-next-line no-await-in-loop
      using client = await connect(`${gateway.url}/v1/realtime?backend=replay${model}`)
      // oxlint-disable-next-line no-await-in-loop
      expect(await client.next('error')).toMatchObject({ error: { param: 'model' } })
    }
  })
})

/** Waits until a recording has ended and is on the disk; the test's own time limit ends the wait. */
async function whole(gateway: Recording, id: string, headers: Record<string, string> = {}): Promise<void> {
  for (;;) {
    // One question after the other.
    // oxlint-disable-next-line no-await-in-loop
    const response = await fetch(`${gateway.url}/v1/cassettes`, { headers })
    // oxlint-disable-next-line no-await-in-loop
    const { data } = (await response.json()) as { data: { id: string; complete: boolean }[] }
    if (data.some((cassette) => cassette.id === id && cassette.complete)) return
  }
}

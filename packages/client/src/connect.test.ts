import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { connect } from './connect.ts'
import type { ConnectionState, ConnectOptions, ParleyConnection } from './connect.ts'
import type { ServerEventJson } from './events.ts'
import { createScriptedServer } from './testing/scripted-server.ts'
import type { ScriptedServer, ServerSocket } from './testing/scripted-server.ts'

const url = 'http://gateway.test:8787'
const connections: ParleyConnection[] = []

interface Under {
  readonly server: ScriptedServer
  readonly connection: ParleyConnection
  readonly states: ConnectionState[]
  readonly events: ServerEventJson[]
}

/** `why` answers the question about refused upgrades. */
function open(options: Partial<ConnectOptions> = {}, why: () => Response = () => new Response('{}')): Under {
  const server = createScriptedServer()
  const states: ConnectionState[] = []
  const events: ServerEventJson[] = []
  const connection = connect({
    url,
    createSocket: server.createSocket,
    fetch: async () => why(),
    random: () => 0,
    onState: (state) => void states.push(state),
    ...options,
  })
  connections.push(connection)
  void (async () => {
    for await (const event of connection) events.push(event)
  })()
  return { server, connection, states, events }
}

/** Lets every microtask run; timers are not real here. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve()
}

/** The next attempt, whatever it waits for. */
async function nextSocket(server: ScriptedServer): Promise<ServerSocket> {
  const socket = server.next()
  for (let tries = 0; tries < 40; tries += 1) {
    await settled()
    await vi.advanceTimersByTimeAsync(250)
  }
  return await socket
}

async function greeted(server: ScriptedServer): Promise<ServerSocket> {
  const socket = await nextSocket(server)
  socket.send({ type: 'parley.session.resumable', event_id: 'e', token: 'rt_1', grace_ms: 60_000 })
  socket.send({ type: 'session.created' })
  socket.send({ type: 'conversation.created', conversation: { id: 'conv_1' } })
  await settled()
  return socket
}

const notFound = (): Response =>
  Response.json({ error: { code: 'not_found', param: 'resume', message: 'Gone.' } }, { status: 404 })

beforeEach(
  () =>
    void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] }),
)
afterEach(async () => {
  for (const connection of connections.splice(0)) await connection.close()
  expect(vi.getTimerCount()).toBe(0)
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('a connection', () => {
  it('is closed once the server has answered the good-bye, or says nothing for a second', async () => {
    const { server, connection } = open()
    const socket = await greeted(server)
    let isClosed = false
    const close = vi.spyOn(socket, 'end').mockImplementation(() => undefined)
    const closing = connection.close().then(() => (isClosed = true))
    await settled()
    expect(isClosed).toBe(false)
    close.mockRestore()
    await vi.advanceTimersByTimeAsync(1000)
    await closing
    expect(isClosed).toBe(true)
  })

  it('asks for a session it can come back to, with its credential as a subprotocol', async () => {
    const { server, connection, states, events } = open({ key: 'secret', query: { model: 'local' } })
    connection.send({ type: 'session.update', session: { instructions: 'Be brief.' } })
    const socket = await greeted(server)
    expect(socket.url.href).toBe('ws://gateway.test:8787/v1/realtime?model=local&resume=new')
    expect(socket.protocols).toEqual(['realtime', 'openai-insecure-api-key.secret'])
    expect(socket.got).toEqual([{ type: 'session.update', session: { instructions: 'Be brief.' } }])
    expect(states).toEqual([{ name: 'open', how: 'new' }])
    expect(events.map(({ type }) => type)).toEqual(['session.created', 'conversation.created'])
    expect(connection.conversationId).toBe('conv_1')
  })

  it('comes back with what it has, and sends again what the server lacks', async () => {
    const { server, connection, states, events } = open({ query: { model: 'local', conversation: 'conv_1' } })
    const first = await greeted(server)
    for (const text of ['a', 'b', 'c']) connection.send({ type: 'x', text })
    first.send({ type: 'parley.session.progress', received: 1 })
    await settled()
    first.end(1006)
    await settled()
    expect(connection.state).toMatchObject({ name: 'reconnecting', attempt: 1 })
    connection.send({ type: 'x', text: 'd' })
    const second = await nextSocket(server)
    expect(second.url.search).toBe('?resume=rt_1&after=2')
    second.send({ type: 'parley.session.resumed', token: 'rt_1', next: 3, received: 2 })
    second.send({ type: 'missed' })
    await settled()
    expect(second.got.map((event) => event['text'])).toEqual(['c', 'd'])
    connection.send({ type: 'x', text: 'e' })
    await settled()
    expect(second.got.map((event) => event['text'])).toEqual(['c', 'd', 'e'])
    expect(events.at(-1)).toEqual({ type: 'missed' })
    expect(states.map(({ name }) => name)).toEqual(['open', 'reconnecting', 'open'])
    expect(states.at(-1)).toEqual({ name: 'open', how: 'resumed' })
  })

  it('counts from where the server says, when that is another process', async () => {
    const { server } = open()
    ;(await greeted(server)).end(1012, 'restart')
    const second = await nextSocket(server)
    second.send({ type: 'parley.session.resumed', token: 'rt_1', next: 10, received: 0 })
    second.send({ type: 'a' })
    await settled()
    second.end(1006)
    expect((await nextSocket(server)).url.searchParams.get('after')).toBe('10')
  })

  it('leaves out what the session was opened with when it comes back', async () => {
    const query = { backend: 'local,openai', context: 'recent', context_tokens: '900', person: 'ada' }
    const { server } = open({ url: `${url}/v1/realtime?model=m&dialect=openai-ga`, query })
    const first = await greeted(server)
    expect(Object.fromEntries(first.url.searchParams)).toMatchObject({ ...query, model: 'm' })
    first.end(1006)
    const { searchParams } = (await nextSocket(server)).url
    expect(Object.fromEntries(searchParams)).toEqual({
      dialect: 'openai-ga',
      resume: 'rt_1',
      after: '2',
    })
  })

  it('goes on with the conversation when the session is over, with its settings and what was not sent', async () => {
    const { server, connection, states } = open({ query: { backend: 'local' } }, notFound)
    const first = await greeted(server)
    connection.send({ type: 'session.update', session: { instructions: 'Be brief.', audio: { input: 1 } } })
    connection.send({ type: 'session.update', session: { audio: { output: 2 } } })
    connection.send({ type: 'x', text: 'written' })
    server.refuses = ({ searchParams }) => searchParams.get('resume') === 'rt_1'
    first.end(1006)
    await settled()
    connection.send({ type: 'parley.playback.update', item_id: 'item_lost', content_index: 0, audio_ms: 20 })
    connection.send({ type: 'x', text: 'waiting' })
    const second = await nextSocket(server)
    expect(second.url.search).toBe('?backend=local&resume=new&conversation=conv_1')
    second.send({ type: 'parley.session.resumable', token: 'rt_2' })
    await settled()
    expect(second.got).toEqual([
      { type: 'session.update', session: { instructions: 'Be brief.', audio: { input: 1, output: 2 } } },
      { type: 'x', text: 'waiting' },
    ])
    expect(states.at(-1)).toEqual({ name: 'open', how: 'continued' })
  })

  it('goes on with the conversation when the server keeps too little for it', async () => {
    const tooOld = (): Response =>
      Response.json({ error: { code: 'not_found', param: 'after' } }, { status: 404 })
    const { server } = open({}, tooOld)
    const first = await greeted(server)
    server.refuses = ({ searchParams }) => searchParams.get('resume') === 'rt_1'
    first.end(1006)
    expect((await nextSocket(server)).url.searchParams.get('conversation')).toBe('conv_1')
  })

  it('waits as long as a server that leaves asks for', async () => {
    const { server } = open()
    const first = await greeted(server)
    first.send({ type: 'parley.session.leaving', reconnect_after_ms: 3000 })
    await settled()
    first.end(1012, 'restart')
    await settled()
    await vi.advanceTimersByTimeAsync(2999)
    await settled()
    expect(server.sockets).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(1)
    await settled()
    expect(server.sockets).toHaveLength(2)
  })

  it('tries again with growing waits, and gives up in the end', async () => {
    const { server, connection, states } = open({ giveUpAfterMs: 60_000 }, () => Response.error())
    const first = await greeted(server)
    server.refuses = () => true
    first.end(1006)
    for (let tick = 0; tick < 400 && connection.state.name !== 'closed'; tick += 1) {
      await vi.advanceTimersByTimeAsync(250)
      await settled()
    }
    expect(connection.state).toMatchObject({ name: 'closed', code: 1006 })
    const attempts = states.filter(({ name }) => name === 'reconnecting').length
    expect(attempts).toBeGreaterThan(10)
    expect(attempts).toBeLessThan(40)
  })

  it('comes back at once when the network is there again', async () => {
    const network = new EventTarget()
    vi.stubGlobal('addEventListener', network.addEventListener.bind(network))
    vi.stubGlobal('removeEventListener', network.removeEventListener.bind(network))
    const { server } = open({ baseDelayMs: 5000 }, () => Response.error())
    const first = await greeted(server)
    server.refuses = () => true
    first.end(1006)
    await settled()
    server.refuses = () => false
    network.dispatchEvent(new Event('online'))
    await settled()
    expect(server.sockets).toHaveLength(2)
  })

  it.each([1000, 1008])('is closed when the server closes with %i', async (code) => {
    const { server, connection } = open()
    ;(await greeted(server)).end(code, 'why')
    await settled()
    expect(connection.state).toEqual({ name: 'closed', code, reason: 'why' })
  })

  it('is closed by a refusal, with its reason', async () => {
    const { server, connection } = open({}, () =>
      Response.json({ error: { code: 'invalid_api_key', message: 'No such key.' } }, { status: 401 }),
    )
    const first = await greeted(server)
    server.refuses = () => true
    first.end(1006)
    await settled()
    expect(connection.state).toEqual({ name: 'closed', code: 401, reason: 'No such key.' })
  })

  it('does not come back to a server that ends every session', async () => {
    const { server, connection } = open({}, notFound)
    server.refuses = ({ searchParams }) => searchParams.get('resume') !== 'new'
    for (let session = 0; session < 10 && connection.state.name !== 'closed'; session += 1) {
      const before = server.sockets.length
      for (let tick = 0; tick < 40 && server.sockets.length === before; tick += 1) {
        await vi.advanceTimersByTimeAsync(100)
        await settled()
      }
      const socket = server.sockets.at(-1)
      socket?.send({ type: 'parley.session.resumable', token: 'rt_1' })
      socket?.end(1011, 'backend_unavailable')
      await settled()
    }
    expect(connection.state).toEqual({ name: 'closed', code: 1011, reason: 'backend_unavailable' })
  })

  it('asks for a new secret for a new session, and comes back with the one it has', async () => {
    let minted = 0
    const { server } = open({ secret: async () => `ek_${(minted += 1)}` }, notFound)
    ;(await greeted(server)).end(1006)
    const second = await nextSocket(server)
    expect(second.protocols).toContain('openai-insecure-api-key.ek_1')
    server.refuses = ({ searchParams }) => searchParams.get('resume') === 'rt_1'
    second.end(1006)
    const third = await nextSocket(server)
    expect(third.url.searchParams.get('conversation')).toBe('conv_1')
    expect(third.protocols).toContain('openai-insecure-api-key.ek_2')
  })

  it('gives items an id, so that a server knows one that comes twice', async () => {
    const { server, connection } = open()
    const socket = await greeted(server)
    connection.send({ type: 'conversation.item.create', item: { type: 'message' } })
    connection.send({ type: 'conversation.item.create', item: { type: 'message', id: 'mine' } })
    await settled()
    expect(socket.got.map((event) => event['item'])).toEqual([
      { type: 'message', id: expect.stringMatching(/^item_[0-9a-f]{24}$/) },
      { type: 'message', id: 'mine' },
    ])
  })

  it('gives up a socket that takes nothing', async () => {
    const { server, connection } = open({ stallMs: 2000 })
    const socket = await greeted(server)
    socket.stall(10)
    await vi.advanceTimersByTimeAsync(1000)
    expect(connection.state.name).toBe('open')
    await vi.advanceTimersByTimeAsync(3000)
    expect(connection.state).toMatchObject({ name: 'reconnecting', reason: 'The network is gone.' })
  })

  it('gives up a socket on which nothing comes any more', async () => {
    const { server, connection } = open({ silentMs: 20_000 })
    const socket = await greeted(server)
    await vi.advanceTimersByTimeAsync(15_000)
    socket.send({ type: 'parley.session.progress', event_id: 'e', received: 0 })
    await vi.advanceTimersByTimeAsync(15_000)
    expect(connection.state.name).toBe('open')
    await vi.advanceTimersByTimeAsync(7_000)
    expect(connection.state).toMatchObject({ name: 'reconnecting', reason: 'The network is gone.' })
  })

  it('gives up a server that says nothing', async () => {
    const { server, connection } = open()
    await nextSocket(server)
    await vi.advanceTimersByTimeAsync(17_000)
    expect(connection.state.name).toBe('closed')
  })

  it('says good-bye', async () => {
    const { connection, events, states } = open()
    await connection.close()
    connection.send({ type: 'late' })
    expect(states.at(-1)).toEqual({ name: 'closed', code: 1000, reason: '' })
    expect(events).toEqual([])
  })
})

describe('a connection to a server that knows nothing of this', () => {
  it('works, and is closed with its socket', async () => {
    const { server, connection, events } = open({ url: 'wss://api.test/v1/realtime?model=m' })
    connection.send({ type: 'a' })
    const socket = await nextSocket(server)
    expect(socket.url.href).toBe('wss://api.test/v1/realtime?model=m&resume=new')
    expect(socket.got).toEqual([])
    socket.send({ type: 'session.created' })
    await settled()
    expect(socket.got).toEqual([{ type: 'a' }])
    connection.send({ type: 'b' })
    expect(socket.got).toHaveLength(2)
    socket.end(1006)
    await settled()
    expect(connection.state).toEqual({ name: 'closed', code: 1006, reason: '' })
    expect(events).toEqual([{ type: 'session.created' }])
  })

  it('sends at once and asks for nothing when it is not to be resumed', async () => {
    const { server, connection, states } = open({ resume: false })
    connection.send({ type: 'conversation.item.create', item: { type: 'message' } })
    const socket = await nextSocket(server)
    expect(socket.url.search).toBe('')
    expect(socket.got).toEqual([{ type: 'conversation.item.create', item: { type: 'message' } }])
    expect(states).toEqual([{ name: 'open', how: 'new' }])
  })
})

import { openai } from '@parley/core/providers'
import { runSession } from '@parley/core/session'
import { writeBehind } from '@parley/core/storage'
import type { WriteBehind } from '@parley/core/storage'
import { postgresStore } from '@parley/core/storage/postgres'
import { realtimeUpstream, startPostgres } from '@parley/core/testing'
import type { TestServer } from '@parley/core/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { storeCheck } from '../store-check.ts'
import { startGateway } from '../testing/gateway-under-test.ts'
import type { GatewayUnderTest } from '../testing/gateway-under-test.ts'
import { connect } from '../testing/test-client.ts'
import { plainCaller } from './caller.ts'
import type { Caller } from './caller.ts'
import { readItems, talk } from './talk.ts'
import { settingsOf } from './turns.ts'
import type { Turn } from './turns.ts'

const parts = new AsyncDisposableStack()
let postgres: TestServer
let store: WriteBehind
let gateway: GatewayUnderTest

beforeAll(async () => {
  postgres = parts.use(await startPostgres({}))
  const upstream = parts.use(
    await realtimeUpstream('openai', { key: 'k', deltaIntervalMs: 1, acknowledgeMs: 1 }),
  )
  const durable = await postgresStore({ url: postgres.url })
  store = parts.use(writeBehind(durable, { timeoutMs: 700, maxDelayMs: 200, maxEntries: 60 }))
  gateway = parts.use(
    await startGateway({
      backends: new Map([['openai', openai({ apiKey: 'k', baseUrl: `${upstream.url}/v1` })]]),
      defaultBackend: 'openai',
      store,
      checks: new Map([['store', storeCheck(store)]]),
      limits: { pingIntervalMs: 400 },
      runSession: (ports) => runSession({ ...ports, limits: { ...ports.limits, storePatienceMs: 100 } }),
    }),
  )
})
afterAll(() => parts.disposeAsync())

let marks = 0

/** Turns nobody has said before. */
function newTurns(count: number): readonly Turn[] {
  return Array.from({ length: count }, () => {
    const mark = `mark${(marks += 1)}`
    return { kind: 'text', mark, text: `this is ${mark}`, itemId: `item_${mark}` }
  })
}

interface Call extends AsyncDisposable {
  readonly id: string
  readonly caller: Caller
  /** Has turns answered. */
  say(turns: readonly Turn[]): Promise<void>
}

async function call(id: string): Promise<Call> {
  const caller = await plainCaller(`${gateway.url}/v1/realtime?conversation=${id}`)
  const told = { caller, store, conversationId: id, settings: settingsOf('openai-ga', 'text') }
  return {
    id,
    caller,
    say: (turns) => talk(told, turns),
    [Symbol.asyncDispose]: () => caller[Symbol.asyncDispose](),
  }
}

/** What a person reads of a conversation: ids of the user's items, and `answer`. */
async function outline(id: string): Promise<readonly string[]> {
  const items = await readItems(store, id)
  return items.map(({ item }) =>
    item.type === 'message' && item.role === 'user' ? (item.id ?? '') : 'answer',
  )
}

function answered(turns: readonly Turn[]): readonly string[] {
  return turns.flatMap(({ itemId }) => [itemId, 'answer'])
}

function warnings({ caller }: Call): readonly unknown[] {
  return caller.view.events.filter(({ type }) => type === 'warning').map((event) => event['warning'])
}

async function readiness(): Promise<number> {
  return (await fetch(`${gateway.url}/readyz`)).status
}

const outages: readonly {
  readonly name: string
  begin(): Promise<void> | void
  end(): Promise<void> | void
}[] = [
  { name: 'is stopped and started', begin: () => postgres.stop(), end: () => postgres.restart() },
  { name: 'is killed and started', begin: () => postgres.kill(), end: () => postgres.restart() },
  { name: 'hangs and goes on', begin: () => postgres.freeze(), end: () => postgres.thaw() },
]

describe('live calls while PostgreSQL', () => {
  for (const [number, { name, begin, end }] of outages.entries()) {
    it(`${name}: answers go on, and nothing is lost`, async () => {
      await using going = await call(`conv_going_${number}`)
      const leaving = await call(`conv_leaving_${number}`)
      const before = [newTurns(2), newTurns(1)] as const
      await Promise.all([going.say(before[0]), leaving.say(before[1])])

      await begin()
      const during = [newTurns(3), newTurns(2)] as const
      await Promise.all([going.say(during[0]), leaving.say(during[1])])
      await leaving[Symbol.asyncDispose]()
      expect(warnings(going)).toMatchObject([{ code: 'store_behind' }])
      const told = going.caller.view.items.filter(({ isAcknowledged }) => !isAcknowledged).map(({ id }) => id)
      expect(told).toEqual(expect.arrayContaining(during[0].map(({ itemId }) => itemId)))
      expect(await readiness()).toBe(503)

      await end()
      await going.caller.when((view) => view.count('warning') === 2)
      expect(warnings(going)[1]).toMatchObject({ code: 'store_caught_up' })
      const after = newTurns(1)
      await going.say(after)
      expect(await store.flush(10_000)).toBe(0)
      expect(await readiness()).toBe(200)
      expect(await outline(going.id)).toEqual(answered([...before[0], ...during[0], ...after]))
      expect(await outline(leaving.id)).toEqual(answered([...before[1], ...during[1]]))
      expect(going.caller.view.items.at(-1)?.isAcknowledged).toBe(true)
      expect(going.caller.view.count('error')).toBe(0)
      expect(going.caller.sockets).toBe(1)
    })
  }

  it('is gone: a new conversation begins, a stored one is refused with the reason', async () => {
    const known = await call('conv_known')
    await known.say(newTurns(1))
    await known[Symbol.asyncDispose]()
    await postgres.stop()
    try {
      using refused = await connect(`${gateway.url}/v1/realtime?conversation=conv_known`)
      expect(await refused.next('error')).toMatchObject({ error: { code: 'store_unavailable' } })
      expect(await refused.closed).toMatchObject({ code: 1011 })

      const begun = await connect(`${gateway.url}/v1/realtime`)
      const { conversation } = await begun.next('conversation.created')
      begun.send({ type: 'response.create' })
      expect(await begun.next('response.done')).toMatchObject({ response: { status: 'completed' } })
      begun.socket.close(1000)
      await postgres.restart()
      expect(await store.flush(10_000)).toBe(0)
      // It has an id.
      expect(await outline((conversation as { id: string }).id)).toEqual(['answer'])
    } finally {
      await postgres.restart()
    }
  })

  it('is gone for longer than what waits is bounded for: the client is told once', async () => {
    await using long = await call('conv_long')
    await postgres.stop()
    try {
      await long.say(newTurns(40))
      const errors = long.caller.view.events.filter(({ type }) => type === 'error')
      expect(errors).toMatchObject([{ error: { code: 'store_unavailable' } }])
    } finally {
      await postgres.restart()
    }
    expect(await store.flush(10_000)).toBe(0)
    const kept = await outline('conv_long')
    expect(kept.length).toBeGreaterThan(30)
    expect(kept).toEqual(answered(turnsIn(kept)))
  })
})

function turnsIn(kept: readonly string[]): readonly Turn[] {
  const ids = kept.filter((id) => id !== 'answer')
  return ids.map((itemId) => ({ kind: 'text', mark: '', text: '', itemId }))
}

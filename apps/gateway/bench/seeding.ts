/**
 * What a conversation of 200 turns costs before the first answer, against an empty one: from the client's connection to
 * the first answer, with the store loaded, the plan made and the backend told. The backend is in this process and
 * answers at once, so all of it is the gateway's side, and CPU is that of all three. Both kinds take turns.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Item } from '@parley/core'
import { sqliteStore } from '@parley/core/storage'
import type { ContextEntry, ContextStore } from '@parley/core/storage'
import { postgresStore } from '@parley/core/storage/postgres'
import { findPostgres, startPostgres } from '@parley/core/testing'
import { startGateway } from '../src/testing/gateway-under-test.ts'
import { connect } from '../src/testing/test-client.ts'

const turns = 200
const rounds = 40
const warmUp = 5
/** Most it may add to the first answer (ms). */
const allowedMs = 150

const strategies = ['context=summary', 'context=summary&context_tokens=2000', 'context=full'] as const

console.log(`${cpus()[0]?.model}, ${cpus().length} cores, load ${loadavg()[0]?.toFixed(2)} before`)
const folder = await mkdtemp(join(tmpdir(), 'parley-seeding-'))
const worst: number[] = []
try {
  await measureEngine('sqlite', await sqliteStore({ path: join(folder, 'conversations.sqlite') }))
  await measurePostgres()
} finally {
  await rm(folder, { recursive: true })
}
const added = Math.max(...worst)
console.log(`\nat most ${added.toFixed(1)} ms added (median), ${allowedMs} allowed`)
process.exitCode = added <= allowedMs ? 0 : 1

async function measurePostgres(): Promise<void> {
  try {
    await findPostgres('newest')
  } catch {
    console.log('\npostgres: there is no server on this machine')
    return
  }
  await using server = await startPostgres({ version: 'newest' })
  await measureEngine('postgres', await postgresStore({ url: server.url, poolSize: 8 }))
}

async function measureEngine(name: string, store: ContextStore): Promise<void> {
  await using _store = store
  const items = longTalk()
  const ids = Array.from(
    { length: (rounds + warmUp) * strategies.length },
    (_, index) => `conv_${name}_${index}`,
  )
  for (const id of ids) await store.append(id, entriesOf(items), 0)
  await using gateway = await startGateway({ store })
  console.log(`\n${name}, ${turns} turns, ${items.length} items`)
  const rows = []
  for (const strategy of strategies) {
    const empty: Cost[] = []
    const long: Cost[] = []
    for (let round = 0; round < rounds + warmUp; round += 1) {
      const before = await firstAnswer(`${gateway.url}/v1/realtime?${strategy}`)
      const after = await firstAnswer(
        `${gateway.url}/v1/realtime?${strategy}&conversation=${ids.shift() ?? ''}`,
      )
      if (round >= warmUp) {
        empty.push(before)
        long.push(after)
      }
    }
    const [e, l] = [medianOf(empty, 'ms'), medianOf(long, 'ms')]
    const cpuMs = medianOf(long, 'cpuMs') - medianOf(empty, 'cpuMs')
    worst.push(l - e)
    rows.push({
      strategy,
      'empty ms': e.toFixed(1),
      '200 turns ms': l.toFixed(1),
      'p95 ms': percentile(
        long.map(({ ms }) => ms),
        0.95,
      ).toFixed(1),
      'added ms': (l - e).toFixed(1),
      'added CPU ms': cpuMs.toFixed(1),
      ratio: (l / e).toFixed(2),
    })
  }
  console.table(rows)
}

interface Cost {
  readonly ms: number
  /** Of this process. */
  readonly cpuMs: number
}

/** From the first packet of the connection to the end of the first answer. */
async function firstAnswer(url: string): Promise<Cost> {
  const startedAt = performance.now()
  const used = process.cpuUsage()
  using client = await connect(url)
  client.send({ type: 'response.create' })
  await client.next('response.done')
  const { user, system } = process.cpuUsage(used)
  return { ms: performance.now() - startedAt, cpuMs: (user + system) / 1000 }
}

function longTalk(): readonly Item[] {
  return Array.from({ length: turns }, (_, turn): readonly Item[] => [
    {
      id: `item_${turn}_a`,
      type: 'message',
      role: 'user',
      content: [
        {
          type: 'input_audio',
          transcript: `Turn ${turn}: could you tell me again what the plan for number ${turn * 7} was?`,
        },
      ],
    },
    {
      id: `item_${turn}_b`,
      type: 'message',
      role: 'assistant',
      content: [
        {
          type: 'output_audio',
          transcript: `Of course. For number ${turn * 7} we agreed that the goods leave on Friday and that somebody calls ahead. Is there anything else?`,
        },
      ],
    },
  ]).flat()
}

function entriesOf(items: readonly Item[]): readonly ContextEntry[] {
  return items.map((item, index) => ({ type: 'item', item, previousItemId: items[index - 1]?.id ?? null }))
}

function medianOf(costs: readonly Cost[], unit: keyof Cost): number {
  return percentile(
    costs.map((cost) => cost[unit]),
    0.5,
  )
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

/**
 * What an append costs, each synchronised with the disk. Paced: appends start at a fixed rate whether or not earlier
 * ones are done, as sessions do. Full: 400 appends are always under way. The stores take turns, so that noise of the
 * machine meets all; what counts is how they compare. PostgreSQL runs on the same machine.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ContextEntry, type ContextStore, memoryStore, sqliteStore } from '../src/storage/index.ts'
import { postgresStore } from '../src/storage/postgres/index.ts'
import { startPostgres } from '../src/testing/servers/postgres.ts'

const rates = [1, 100, 400]
const pacedMs = 4_000
const rounds = 2
const fullAppends = 6_000
const fullConcurrency = 400
const words = 'Could you tell me how the weather is going to be tomorrow in the afternoon, please? '.repeat(4)

function turn(revision: number): ContextEntry {
  const content = [{ type: 'input_audio' as const, transcript: words }]
  return {
    type: 'item',
    previousItemId: `item_${revision - 1}`,
    item: { id: `item_${revision}`, type: 'message', role: 'user', content },
  }
}

/** Appends to conversations of its own, one entry at a time, and keeps how long each took. */
class Writer {
  readonly durationsMs: number[] = []
  readonly #store: ContextStore
  readonly #free: { readonly id: string; readonly revision: number }[] = []

  constructor(store: ContextStore) {
    this.#store = store
  }

  async append(): Promise<void> {
    const { id, revision } = this.#free.pop() ?? { id: crypto.randomUUID(), revision: 0 }
    const start = performance.now()
    const next = await this.#store.append(id, [turn(revision)], revision)
    this.durationsMs.push(performance.now() - start)
    this.#free.push({ id, revision: next })
  }
}

interface Outcome {
  readonly durationsMs: readonly number[]
  readonly elapsedMs: number
}

async function paced(store: ContextStore, perSecond: number): Promise<Outcome> {
  const writer = new Writer(store)
  const total = Math.max(5, (perSecond * pacedMs) / 1000)
  const start = performance.now()
  const running: Promise<void>[] = []
  while (running.length < total) {
    const due = Math.min(total, Math.floor(((performance.now() - start) * perSecond) / 1000) + 1)
    while (running.length < due) running.push(writer.append())
    // oxlint-disable-next-line no-await-in-loop
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  await Promise.all(running)
  return { durationsMs: writer.durationsMs, elapsedMs: performance.now() - start }
}

async function full(store: ContextStore): Promise<Outcome> {
  const writer = new Writer(store)
  let left = fullAppends
  const start = performance.now()
  const lane = async (): Promise<void> => {
    // oxlint-disable-next-line no-await-in-loop
    while (left-- > 0) await writer.append()
  }
  await Promise.all(Array.from({ length: fullConcurrency }, lane))
  return { durationsMs: writer.durationsMs, elapsedMs: performance.now() - start }
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

interface Measured {
  readonly perSecond: number
  readonly p50: number
  readonly p95: number
  readonly max: number
}

function measure(outcomes: readonly Outcome[]): Measured {
  const durationsMs = outcomes.flatMap((outcome) => outcome.durationsMs)
  const elapsedMs = outcomes.reduce((sum, outcome) => sum + outcome.elapsedMs, 0)
  return {
    perSecond: (durationsMs.length * 1000) / elapsedMs,
    p50: quantile(durationsMs, 0.5),
    p95: quantile(durationsMs, 0.95),
    max: quantile(durationsMs, 1),
  }
}

/** `ratio`: how many times as long as SQLite an append takes; at full load, how many appends for one of SQLite. */
function print(store: string, load: string, measured: Measured, sqlite: Measured): void {
  const { perSecond, p50, p95, max } = measured
  const ratio = load === 'full' ? perSecond / sqlite.perSecond : p50 / sqlite.p50
  const columns = [p50, p95, max, ratio].map((value) => value.toFixed(2).padStart(9))
  console.log([store.padEnd(13), load.padEnd(6), perSecond.toFixed(0).padStart(10), ...columns].join(' '))
}

const folder = mkdtempSync(join(tmpdir(), 'parley-bench-'))
try {
  await using sqlite = await sqliteStore({ path: join(folder, 'conversations.db') })
  await using memory = memoryStore()
  await using oldest = await startPostgres({ version: '15' })
  await using newest = await startPostgres({ version: 'newest' })
  await using postgres15 = await postgresStore({ url: oldest.url })
  await using postgresNewest = await postgresStore({ url: newest.url })
  const stores: Readonly<Record<string, ContextStore>> = {
    memory,
    sqlite,
    'postgres 15': postgres15,
    [`postgres ${newest.version}`]: postgresNewest,
  }
  console.log(
    `${cpus()[0]?.model} x ${availableParallelism()}, load ${loadavg()[0]?.toFixed(1)}, Node ${process.version}`,
  )
  console.log('store         load    appends/s    p50 ms    p95 ms    max ms     ratio')
  const loads = [
    ...rates.map((rate) => ({ load: `${rate}/s`, run: (store: ContextStore) => paced(store, rate) })),
    { load: 'full', run: full },
  ]
  for (const { load, run } of loads) {
    const outcomes = new Map<string, Outcome[]>()
    for (let round = 0; round < rounds; round += 1) {
      for (const [name, store] of Object.entries(stores)) {
        outcomes.set(name, [...(outcomes.get(name) ?? []), await run(store)])
      }
    }
    const all = new Map([...outcomes].map(([name, each]) => [name, measure(each)]))
    const base = all.get('sqlite') ?? measure([])
    for (const [name, measured] of all) print(name, load, measured, base)
  }
} finally {
  rmSync(folder, { recursive: true })
}

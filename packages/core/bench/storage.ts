/**
 * What an append costs. Paced: appends start at a fixed rate whether or not earlier ones are done, as sessions do.
 * Full: 400 appends are always under way. The two stores take turns, so that noise of the machine meets both.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ContextEntry, type ContextStore, memoryStore, sqliteStore } from '../src/storage/index.ts'

const rates = [1, 100, 400]
const pacedMs = 6_000
const rounds = 2
const fullAppends = 20_000
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

function quantile(values: readonly number[], share: number): string {
  const sorted = values.toSorted((a, b) => a - b)
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN).toFixed(2)
}

function print(store: string, load: string, outcomes: readonly Outcome[]): void {
  const durationsMs = outcomes.flatMap((outcome) => outcome.durationsMs)
  const elapsedMs = outcomes.reduce((sum, outcome) => sum + outcome.elapsedMs, 0)
  const perSecond = (durationsMs.length * 1000) / elapsedMs
  const quantiles = [0.5, 0.95, 1].map((share) => quantile(durationsMs, share).padStart(9))
  console.log([store.padEnd(7), load.padEnd(9), perSecond.toFixed(0).padStart(10), ...quantiles].join(' '))
}

const folder = mkdtempSync(join(tmpdir(), 'parley-bench-'))
try {
  await using sqlite = await sqliteStore({ path: join(folder, 'conversations.db') })
  await using memory = memoryStore()
  const stores = { memory, sqlite }
  console.log(
    `${cpus()[0]?.model} x ${availableParallelism()}, load ${loadavg()[0]?.toFixed(1)}, Node ${process.version}`,
  )
  console.log('store   load      appends/s    p50 ms    p95 ms    max ms')
  const loads = [
    ...rates.map((rate) => ({ load: `${rate}/s`, run: (store: ContextStore) => paced(store, rate) })),
    { load: 'full', run: full },
  ]
  for (const { load, run } of loads) {
    const outcomes: Record<string, Outcome[]> = { memory: [], sqlite: [] }
    for (let round = 0; round < rounds; round += 1) {
      for (const [name, store] of Object.entries(stores)) outcomes[name]?.push(await run(store))
    }
    for (const [name, all] of Object.entries(outcomes)) print(name, load, all)
  }
} finally {
  rmSync(folder, { recursive: true })
}

import { execFileSync } from 'node:child_process'
import { PerformanceObserver } from 'node:perf_hooks'
import { setTimeout } from 'node:timers/promises'
import { getHeapSpaceStatistics } from 'node:v8'

/** Functions by name, each made by a function, whose calls may allocate. */
export type AllocationCases = Readonly<Record<string, () => () => unknown>>

/** Size of the young generation of the process that measures: nothing that is measured may fill it. */
const semiSpaceMb = 256
const calls = 750
const warmUpRounds = 250
const warmUpMs = 4000
const runs = 5

/**
 * Bytes that a call of a case allocates on the heap of JavaScript, whether they live on or not, once its code is compiled:
 * measured in a process of its own in which nothing is collected meanwhile. `module` exports `cases`.
 */
export function bytesPerCall(module: URL, name: string): number {
  const space = [`--min-semi-space-size=${semiSpaceMb}`, `--max-semi-space-size=${semiSpaceMb}`]
  const child = [import.meta.filename, module.href, name]
  return Number(execFileSync(process.execPath, ['--expose-gc', ...space, ...child], { encoding: 'utf8' }))
}

if (import.meta.main) console.log(await measure())

async function measure(): Promise<number> {
  const [, , module = '', name = ''] = process.argv
  // It is what `bytesPerCall` was given.
  const { cases } = (await import(module)) as { readonly cases: AllocationCases }
  const call = cases[name]?.()
  const collect = globalThis.gc
  if (!call || !collect) throw new Error(`There is no case ${name} in ${module}`)
  const collections: number[] = []
  new PerformanceObserver((list) => {
    collections.push(...list.getEntries().map(({ startTime, duration }) => startTime + duration))
  }).observe({ entryTypes: ['gc'] })

  // What a call gives is an object if it must be: a fraction that is kept in code is none.
  const kept: { result: unknown } = { result: undefined }

  function allocatedBy(times: number): number {
    const before = young()
    for (let i = 0; i < times; i++) kept.result = call?.()
    return young() - before
  }

  const warm = performance.now() + warmUpMs
  for (let round = 0; round < warmUpRounds && performance.now() < warm; round++) {
    // The loop that counts is compiled with what it calls.
    allocatedBy(100)
    // Compilers hand over their work between two tasks.
    // oxlint-disable-next-line no-await-in-loop
    await setTimeout(1)
  }
  const measured: number[] = []
  for (let run = 0; run < runs; run++) {
    collect()
    const began = performance.now()
    // What a run costs at any length, the asking itself, is in both.
    const few = allocatedBy(calls)
    measured.push((allocatedBy(3 * calls) - few) / (2 * calls))
    const ended = performance.now()
    // Collections are told later.
    // oxlint-disable-next-line no-await-in-loop
    await setTimeout(20)
    if (collections.some((time) => time > began && time < ended)) {
      throw new Error(`${name} fills ${semiSpaceMb} MB within ${4 * calls} calls`)
    }
  }
  // A run in which something was compiled again is none.
  return measured.toSorted((a, b) => a - b)[runs >> 1] ?? NaN
}

/** Bytes of everything that was allocated and not collected since: compilers put what they make elsewhere. */
function young(): number {
  return getHeapSpaceStatistics()
    .filter(({ space_name: name }) => name === 'new_space' || name === 'new_large_object_space')
    .reduce((sum, { space_used_size: size }) => sum + size, 0)
}

/**
 * How many calls one gateway carries: every caller talks and is talked to all the time, in paced frames, through a
 * backend on loopback. Callers are added step by step until forwarding takes too long, the gateway's core is full, or
 * frames are left out. Callers, backend and gateway share this machine, so a quiet machine of four cores tells most.
 */
import { availableParallelism, cpus, loadavg } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import { startRedis } from '@parley/core/testing'
import { createCallers } from './load/callers.ts'
import { startLoadGateway } from './load/gateway.ts'
import { startLoadUpstream } from './load/upstream.ts'

const steps = [50, 100, 200, 300, 400, 600, 800, 1200]
const settleMs = 500
const measureMs = 2_500
/** A call bears this much on top of the network (ms). */
const tolerableMs = 20
/** Share of one core a replica is planned for: the rest is for bursts and collecting garbage. */
const plannedShare = 0.7
const idleCallers = 300
/** No step begins after this time: a busy machine tells nothing more. */
const budgetMs = 55_000

interface Variant {
  readonly name: string
  readonly frameMs: number
  readonly mirrored: boolean
}

const variants: readonly Variant[] = [
  { name: '20 ms frames', frameMs: 20, mirrored: false },
  { name: '20 ms frames, resumable over Redis', frameMs: 20, mirrored: true },
  { name: '100 ms frames', frameMs: 100, mirrored: false },
  { name: '100 ms frames, resumable over Redis', frameMs: 100, mirrored: true },
]

interface Step {
  readonly callers: number
  /** Of one core. */
  readonly cpu: number
  readonly p50Ms: number
  readonly p95Ms: number
  /** Share of the frames due that came through: callers and backend on the same machine may fall behind. */
  readonly arrived: number
}

await using redis = await startRedis()
console.log(`${cpus()[0]?.model}, ${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(2)} before`)
const planned = new Map<string, number>()
for (const variant of variants) {
  const carried = await climb(variant)
  const best = carried.findLast(bearable)
  const judged = best ?? carried[0]
  const perCall = judged === undefined ? Number.NaN : judged.cpu / judged.callers
  const count = Math.floor(plannedShare / perCall)
  planned.set(variant.name, count)
  console.log(`\n${variant.name}`)
  console.table(carried.map(row))
  console.log(
    `carried ${best?.callers ?? 0}; ${(perCall * 1000).toFixed(2)} ms of CPU per call and second, ` +
      `so ${count} calls fill ${plannedShare * 100} % of a core`,
  )
}
ratio('100 ms frames against 20 ms', '100 ms frames', '20 ms frames')
ratio('resumable over Redis against not', '20 ms frames, resumable over Redis', '20 ms frames')
console.log(`\nmemory of an idle call: ${(await idleKilobytes()).toFixed(0)} KB (${idleCallers} of them)`)

async function climb({ frameMs, mirrored }: Variant): Promise<readonly Step[]> {
  await using upstream = await startLoadUpstream(frameMs)
  await using gateway = await startLoadGateway(settings(upstream.url, mirrored))
  await using callers = createCallers(address(gateway.url, mirrored), frameMs)
  const done: Step[] = []
  for (const target of steps) {
    if (performance.now() > budgetMs) {
      console.log('no time left: this machine is too busy to measure on')
      break
    }
    try {
      await callers.add(target - callers.count)
    } catch (error) {
      console.log(`not ${target} callers: ${error instanceof Error ? error.message : String(error)}`)
      break
    }
    await wait(settleMs)
    callers.ages()
    await upstream.ages()
    const before = await gateway.usage()
    const startedAt = performance.now()
    await wait(measureMs)
    const seconds = (performance.now() - startedAt) / 1000
    const after = await gateway.usage()
    const ages = [...callers.ages(), ...(await upstream.ages())].toSorted((one, other) => one - other)
    done.push({
      callers: target,
      cpu: (after.cpuSeconds - before.cpuSeconds) / seconds,
      p50Ms: quantile(ages, 0.5),
      p95Ms: quantile(ages, 0.95),
      arrived: ages.length / ((2 * target * seconds * 1000) / frameMs),
    })
    if (!bearable(done.at(-1))) break
  }
  return done
}

async function idleKilobytes(): Promise<number> {
  await using upstream = await startLoadUpstream(100)
  await using gateway = await startLoadGateway(settings(upstream.url, false))
  await using callers = createCallers(address(gateway.url, false), 100)
  // The first ones pay for code that is loaded once.
  await callers.add(50, { silent: true })
  const before = await gateway.usage()
  await callers.add(idleCallers, { silent: true })
  const after = await gateway.usage()
  return (after.memoryBytes - before.memoryBytes) / idleCallers / 1024
}

function settings(upstreamUrl: string, mirrored: boolean): Readonly<Record<string, string>> {
  return {
    PARLEY_OPENAI_URL: upstreamUrl,
    PARLEY_OPENAI_KEY: 'bench',
    PARLEY_STORE: 'memory',
    PARLEY_RECORD: 'off',
    ...(mirrored && {
      PARLEY_REDIS_URL: redis.url,
      PARLEY_REPLICA_URL: 'http://127.0.0.1:1',
      PARLEY_CLUSTER_SECRET: 'bench-bench-bench-bench-bench-bench',
    }),
  }
}

function address(url: string, mirrored: boolean): string {
  return `${url.replace('http', 'ws')}/v1/realtime?backend=openai${mirrored ? '&resume=new' : ''}`
}

function bearable(step: Step | undefined): boolean {
  return step !== undefined && step.arrived >= 0.97 && step.p95Ms <= tolerableMs && step.cpu < 0.95
}

function row({ callers, cpu, p50Ms, p95Ms, arrived }: Step): Record<string, string | number> {
  return {
    calls: callers,
    'core %': Math.round(cpu * 100),
    'delay p50 ms': p50Ms.toFixed(1),
    'delay p95 ms': p95Ms.toFixed(1),
    'frames %': Math.round(arrived * 100),
  }
}

function ratio(title: string, one: string, other: string): void {
  const value = (planned.get(one) ?? Number.NaN) / (planned.get(other) ?? Number.NaN)
  console.log(`${title}: ${value.toFixed(2)} times the calls on a core`)
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

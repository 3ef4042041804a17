import { createJitterBuffer, type JitterStatistics } from '../../src/jitter-buffer/index.ts'
import { createLibopusDecoder } from '../../src/opus/index.ts'
import { arrivals, type Arrival, type LineOptions } from '../../src/testing/index.ts'
import type { BenchOptions, Table, Target } from '../section.ts'
import { speechPackets } from './speech.ts'

const packetMs = 20
const outputMs = 10
const sampleRate = 24_000

type Line = Pick<LineOptions, 'sigmaMs' | 'loss' | 'reorders' | 'drift' | 'baseMs'>

/** The first is the line that the buffer has to carry. */
const lines: readonly (readonly [name: string, line: Line])[] = [
  ['30 ms, 2 % lost', { sigmaMs: 30, loss: 0.02 }],
  ['30 ms, 2 % lost, in order', { sigmaMs: 30, loss: 0.02, reorders: false }],
  ['10 ms, 2 % lost', { sigmaMs: 10, loss: 0.02 }],
  ['5 ms, clocks 0.1 % apart', { sigmaMs: 5, drift: 0.001, baseMs: 800 }],
  ['none', { sigmaMs: 0 }],
]

interface Result {
  readonly underruns: number
  readonly underrunMs: number
  readonly addedMs: number
  /** Of the seed with the most. */
  readonly mostAddedMs: number
  readonly lateShare: number
  readonly concealedShare: number
  readonly stretchedShare: number
  readonly usPerOutput: number
}

/** The adaptive buffer over made lines, and a buffer of a fixed delay beside it. */
export async function jitterFigures({ quick }: BenchOptions): Promise<Table> {
  const packets = await speechPackets()
  const seeds = quick ? [1] : [1, 2, 3, 4, 5, 6]
  const minutes = quick ? 1 : 10
  const rows: (string | number)[][] = []
  const results: Result[] = []
  for (const [name, line] of lines) {
    const runs: Result[] = []
    for (const seed of seeds) {
      const came = arrivals({ ...line, seed, packetMs, packets: (minutes * 60_000) / packetMs })
      // One after the other: the decoders share a memory.
      // oxlint-disable-next-line no-await-in-loop
      runs.push(await played(came, { packets, minutes }))
    }
    const all = summed(runs)
    results.push(all)
    rows.push([
      name,
      all.underruns,
      `${all.underrunMs.toFixed(0)} ms`,
      `${all.addedMs.toFixed(1)} ms`,
      percent(all.lateShare),
      percent(all.concealedShare),
      percent(all.stretchedShare),
      all.usPerOutput.toFixed(0),
    ])
  }
  const total = minutes * seeds.length
  for (const delayMs of [60, 100, 140]) rows.push(fixedRow(delayMs, { minutes, seeds }))
  return {
    id: 'jitter',
    title: `Jitter buffer with Opus, ${total} minutes a line (${seeds.length} seeds)`,
    columns: [
      'jitter (deviation), loss',
      'ran dry',
      'for',
      'added delay',
      'late',
      'made up',
      'stretched',
      'us / 10 ms',
    ],
    rows,
    // The must holds for both kinds of line: packets that overtake each other, and packets that wait for each other.
    targets: lines.slice(0, 2).flatMap(([name], i) => targetsOf(name, results[i], total)),
  }
}

function targetsOf(name: string, result: Result | undefined, minutes: number): readonly Target[] {
  if (result === undefined) return []
  const { underruns, underrunMs, addedMs } = result
  return [
    {
      figure: `${name}: times run dry`,
      must: '0',
      measured: `${underruns} in ${minutes} minutes (${underrunMs.toFixed(0)} ms)`,
      met: underruns === 0 ? 'must' : 'missed',
    },
    {
      figure: `${name}: mean added delay`,
      must: '60 ms',
      measured: `${addedMs.toFixed(1)} ms, worst seed ${result.mostAddedMs.toFixed(1)}`,
      met: addedMs <= 60 ? 'must' : 'missed',
    },
  ]
}

async function played(
  came: readonly Arrival[],
  { packets, minutes }: { packets: readonly Uint8Array[]; minutes: number },
): Promise<Result> {
  using decoder = await createLibopusDecoder()
  const buffer = createJitterBuffer({ decoder, timestampRate: 48_000 })
  const output = new Float32Array((sampleRate * outputMs) / 1000)
  const begun = performance.now()
  let next = 0
  for (let nowMs = 0; nowMs < minutes * 60_000; nowMs += outputMs) {
    for (
      let arrival = came[next];
      arrival !== undefined && arrival.arrivedMs <= nowMs;
      arrival = came[next]
    ) {
      const { index, arrivedMs } = arrival
      const payload = packets[index % packets.length] ?? new Uint8Array()
      buffer.insert({ sequence: index & 0xffff, timestamp: (index * 960) >>> 0, payload }, arrivedMs)
      next++
    }
    buffer.playInto(output, nowMs)
  }
  const us = ((performance.now() - begun) * 1000 * outputMs) / (minutes * 60_000)
  return resultOf(buffer.statistics, us)
}

function resultOf(statistics: JitterStatistics, usPerOutput: number): Result {
  const { received, played: count, playedMs } = statistics
  return {
    underruns: statistics.underruns,
    underrunMs: statistics.underrunMs,
    addedMs: statistics.waitMs / count,
    mostAddedMs: statistics.waitMs / count,
    lateShare: statistics.late / received,
    concealedShare: statistics.concealedMs / playedMs,
    stretchedShare: (statistics.lengthenedMs + statistics.shortenedMs) / playedMs,
    usPerOutput,
  }
}

function summed(runs: readonly Result[]): Result {
  const sum = (figure: keyof Result): number => runs.reduce((total, run) => total + run[figure], 0)
  const mean = (figure: keyof Result): number => sum(figure) / runs.length
  return {
    underruns: sum('underruns'),
    underrunMs: sum('underrunMs'),
    addedMs: mean('addedMs'),
    mostAddedMs: Math.max(...runs.map(({ mostAddedMs }) => mostAddedMs)),
    lateShare: mean('lateShare'),
    concealedShare: mean('concealedShare'),
    stretchedShare: mean('stretchedShare'),
    usPerOutput: mean('usPerOutput'),
  }
}

/** A buffer that plays every packet the same time after it was sent, over the first line: nothing to play, it is silent. */
function fixedRow(
  delayMs: number,
  { minutes, seeds }: { minutes: number; seeds: readonly number[] },
): (string | number)[] {
  const [, line] = lines[0] ?? ['', { sigmaMs: 30 }]
  let dry = 0
  let late = 0
  let waited = 0
  let inTime = 0
  let sent = 0
  for (const seed of seeds) {
    const count = (minutes * 60_000) / packetMs
    const came = arrivals({ ...line, seed, packetMs, packets: count })
    const meanMs = came.reduce((sum, { arrivedMs, sentMs }) => sum + arrivedMs - sentMs, 0) / came.length
    const arrivedAt = new Float64Array(count).fill(Infinity)
    for (const { index, arrivedMs } of came) arrivedAt[index] = arrivedMs
    for (let index = count - 1, earliest = Infinity; index >= 0; index--) {
      const dueMs = index * packetMs + meanMs + delayMs
      const at = arrivedAt[index] ?? Infinity
      earliest = Math.min(earliest, at)
      if (earliest > dueMs) dry++
      if (at <= dueMs) {
        inTime++
        waited += dueMs - at
      } else if (at < Infinity) late++
    }
    sent += count
  }
  return [
    `the first, with a fixed delay of ${delayMs} ms over the mean`,
    dry,
    `${dry * packetMs} ms`,
    `${(waited / inTime).toFixed(1)} ms`,
    percent(late / sent),
    percent(1 - inTime / sent),
    '0.0 %',
    '',
  ]
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}

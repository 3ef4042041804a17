import { createEchoCanceller, type EchoCanceller } from '../../src/echo/index.ts'
import { noise } from '../../src/testing/signals.ts'
import type { BenchOptions, Table } from '../section.ts'
import { medianOf } from './score.ts'

const rates = [8000, 16_000, 24_000, 48_000]
const variants = [
  { name: 'WebAssembly', options: { engine: 'wasm' } },
  { name: 'WebAssembly, filter alone', options: { engine: 'wasm', suppression: 'linear' } },
  { name: 'JavaScript', options: { engine: 'js' } },
] as const

/** Microseconds of processor time for 10 ms: others on the machine count less than with a clock. */
function microsecondsAFrame(canceller: EchoCanceller, frames: number): number {
  const n = canceller.frameSamples
  const played = noise({ seed: 1, length: n * frames, amplitude: 0.2 })
  const heard = noise({ seed: 2, length: n * frames, amplitude: 0.1 })
  const begin = process.threadCpuUsage()
  for (let at = 0; at < played.length; at += n) {
    canceller.reference(played.subarray(at, at + n))
    canceller.process(heard.subarray(at, at + n))
  }
  const { user, system } = process.threadCpuUsage(begin)
  return (user + system) / frames
}

/** What 10 ms cost, everything in turn for several rounds. */
export function echoCost({ quick }: BenchOptions): Table {
  const cancellers = variants.map(({ options }) =>
    rates.map((sampleRate) => createEchoCanceller({ sampleRate, ...options })),
  )
  const times = cancellers.map((row) => row.map((): number[] => []))
  for (let round = 0; round < (quick ? 3 : 15); round++) {
    cancellers.forEach((row, variant) =>
      row.forEach((canceller, rate) => {
        const time = microsecondsAFrame(canceller, 100)
        // The first round compiles.
        if (round > 0) times[variant]?.[rate]?.push(time)
      }),
    )
  }
  for (const canceller of cancellers.flat()) canceller[Symbol.dispose]()
  const medians = times.map((row) => row.map(medianOf))
  const measured = medians[0]?.[1] ?? NaN
  return {
    id: 'echo-cost',
    title: 'Cost of 10 ms in microseconds, response of 240 ms, delays of up to 500 ms',
    columns: ['', ...rates.map((rate) => `${rate / 1000} kHz`)],
    rows: variants.map(({ name }, variant) => [
      name,
      ...(medians[variant] ?? []).map((time) => time.toFixed(0)),
    ]),
    targets: [
      {
        figure: 'cost of 10 ms at 16 kHz with suppressor',
        must: '250 us',
        measured: `${measured.toFixed(0)} us`,
        met: measured <= 250 ? 'must' : 'missed',
      },
    ],
  }
}

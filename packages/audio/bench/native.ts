import { noise } from '../src/testing/index.ts'
import { geometricMean, quarter } from './in-turns.ts'
import { startNativePeers, type NativeLibrary } from './native/peers.ts'
import { ours, oursInJavascript, type Opened } from './resampler/candidates.ts'
import { pairs } from './resampler/pairs.ts'
import type { BenchOptions, Section } from './section.ts'
import { higherIsBetter } from './targets.ts'

const chunks = 300
const libraries: readonly { readonly library: NativeLibrary; readonly name: string }[] = [
  { library: 'speexdsp', name: 'native libspeexdsp q7' },
  { library: 'soxr', name: 'native libsoxr HQ' },
]

/** The resampler against native libraries, round by round in turn. */
export async function run({ quick }: BenchOptions): Promise<Section> {
  using native = startNativePeers()
  const candidates = [ours, oursInJavascript]
  const names = [...candidates, ...libraries].map(({ name }) => name)
  const times: number[][] = names.map(() => [])
  for (const [from, to] of pairs) {
    const chunk = noise({ seed: 1, length: from / 50 })
    // Everything here goes one after the other: only one thing is measured at a time.
    // oxlint-disable-next-line no-await-in-loop
    const streams = await Promise.all(candidates.map(async (candidate) => candidate.open(from, to)))
    for (const stream of streams) measureHere(stream, chunk)
    const measured: number[][] = names.map(() => [])
    for (let round = 0; round < (quick ? 5 : 61); round++) {
      const here = streams.map((stream) => measureHere(stream, chunk))
      const there: number[] = []
      for (const { library } of libraries) {
        // oxlint-disable-next-line no-await-in-loop
        there.push(await native.measure(library, from, to, chunks))
      }
      for (const [index, time] of [...here, ...there].entries()) measured[index]?.push(time)
    }
    for (const [index, each] of measured.entries()) times[index]?.push(quarter(each))
    for (const stream of streams) stream.close()
  }
  const [own = []] = times
  const ratioTo = (other: readonly number[] = []): number =>
    geometricMean(other.map((time, pair) => time / (own[pair] ?? NaN)))
  return {
    id: 'native',
    title: 'Resampler against native libraries',
    tables: [
      {
        id: 'native-speed',
        title: 'Microseconds for 20 ms, and how many times faster than real time in the geometric mean',
        columns: [
          'resampler',
          ...pairs.map(([from, to]) => `${from / 1000} > ${to / 1000}`),
          'x real time',
          'ours is x faster',
        ],
        rows: names.map((name, index) => [
          name,
          ...(times[index] ?? []).map((time) => time.toFixed(1)),
          Math.round(geometricMean((times[index] ?? []).map((time) => 20_000 / time))),
          ratioTo(times[index]).toFixed(2),
        ]),
        targets: [
          higherIsBetter('against native libspeexdsp q7', ratioTo(times[2]), {
            must: 1.5,
            aim: 2.5,
            unit: 'x',
          }),
          higherIsBetter('against native libsoxr HQ', ratioTo(times[3]), { must: 0.35, aim: 0.7, unit: 'x' }),
        ],
      },
    ],
  }
}

function measureHere(stream: Opened, chunk: Float32Array): number {
  const began = performance.now()
  for (let i = 0; i < chunks; i++) stream.feed(chunk)
  return ((performance.now() - began) * 1000) / chunks
}

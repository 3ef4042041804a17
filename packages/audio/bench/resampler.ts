import { pathToFileURL } from 'node:url'
import { createResampler } from '../src/index.ts'
import { geometricMean } from './in-turns.ts'
import { printSection } from './print.ts'
import { closePeers, ours, oursInJavascript, oursInt16, peers } from './resampler/candidates.ts'
import { allocatedAFrame, codeBytes } from './resampler/cost.ts'
import { pairs } from './resampler/pairs.ts'
import { qualityOf, type Quality } from './resampler/quality.ts'
import { speedOf } from './resampler/speed.ts'
import { sweepPlot } from './resampler/sweep.ts'
import { higherIsBetter, lowerIsBetter } from './targets.ts'
import type { BenchOptions, Section, Table } from './section.ts'

/** The resampler and its peers: quality, speed, delay, memory and size. */
export async function run(options: BenchOptions): Promise<Section> {
  const tones = options.quick ? 31 : 97
  const plots = [
    await sweepPlot([ours, peers.speexSimd, peers.livekit, peers.linear], 24_000, 16_000, tones),
    await sweepPlot([ours, peers.speexSimd, peers.livekit, peers.linear], 8000, 24_000, tones),
  ]
  const tables = [await qualityTable(options), await speedTable(options), ...(await costTables())]
  await closePeers()
  return { id: 'resampler', title: 'Resampler', tables, plots }
}

async function qualityTable({ quick }: BenchOptions): Promise<Table> {
  const candidates = [ours, peers.speexSimd, peers.livekit, peers.speex16, peers.samplerate, peers.linear]
  const rows: (string | number)[][] = []
  let own: readonly Quality[] = []
  for (const candidate of candidates) {
    const qualities: Quality[] = []
    for (const [from, to] of pairs) {
      // An even number of tones, because one at half of the lower rate exactly would count twice. One pair after the
      // other: each opens a stream for every tone.
      // oxlint-disable-next-line no-await-in-loop
      qualities.push(await qualityOf(candidate, from, to, quick ? 16 : 98))
    }
    if (candidate === ours) own = qualities
    const worst = worstOf(qualities)
    const delays = [0, 2, 3].map((pair) => qualities[pair]?.delayMs.toFixed(1)).join(' / ')
    rows.push([
      candidate.name,
      worst.spurDb.toFixed(1),
      worst.thdPlusNoiseDb.toFixed(1),
      worst.rippleDb.toFixed(4),
      worst.halfPower.toFixed(3),
      delays,
    ])
  }
  const worst = worstOf(own)
  return {
    id: 'resampler-quality',
    title: 'Quality, the worst of 24 > 16, 16 > 24, 48 > 24, 8 > 24 and 24 > 8 kHz',
    columns: [
      'resampler',
      'loudest alias or image, dB',
      'THD+N at 997 Hz, dB',
      'ripple to 0.9 of Nyquist, dB',
      '-3 dB at, of Nyquist',
      'delay 24 > 16 / 48 > 24 / 8 > 24, ms',
    ],
    rows,
    targets: [
      lowerIsBetter('loudest alias or image', worst.spurDb, { must: -100, aim: -110, unit: 'dB' }),
      lowerIsBetter('THD+N at 997 Hz, float path', worst.thdPlusNoiseDb, {
        must: -110,
        aim: -130,
        unit: 'dB',
      }),
      lowerIsBetter('ripple to 0.9 of Nyquist', worst.rippleDb, { must: 0.01, unit: 'dB', digits: 4 }),
      higherIsBetter('-3 dB point', worst.halfPower, {
        must: 0.94,
        aim: 0.95,
        unit: 'of Nyquist',
        digits: 4,
      }),
      // Exactly; the column shows what is measured alike for all, in steps of half a millisecond.
      lowerIsBetter('delay 24 > 16', delayOf(24_000, 16_000), { must: 5, unit: 'ms' }),
      lowerIsBetter('delay 48 > 24', delayOf(48_000, 24_000), { must: 3, unit: 'ms' }),
      lowerIsBetter('delay 8 > 24', delayOf(8000, 24_000), { must: 9, unit: 'ms' }),
    ],
  }
}

function delayOf(from: number, to: number): number {
  return createResampler({ from, to }).delayMs
}

function worstOf(qualities: readonly Quality[]): Quality {
  return {
    spurDb: Math.max(...qualities.map(({ spurDb }) => spurDb)),
    thdPlusNoiseDb: Math.max(...qualities.map(({ thdPlusNoiseDb }) => thdPlusNoiseDb)),
    rippleDb: Math.max(...qualities.map(({ rippleDb }) => rippleDb)),
    halfPower: Math.min(...qualities.map(({ halfPower }) => halfPower)),
    delayMs: Math.max(...qualities.map(({ delayMs }) => delayMs)),
  }
}

async function speedTable({ quick }: BenchOptions): Promise<Table> {
  const candidates = [ours, oursInJavascript, oursInt16, ...Object.values(peers)]
  const times: (readonly number[])[] = []
  for (const [from, to] of pairs) {
    // Only one thing is measured at a time.
    // oxlint-disable-next-line no-await-in-loop
    times.push(await speedOf(candidates, from, to, quick ? 5 : 31))
  }
  const all = (name: string): number[] => {
    const index = candidates.findIndex((candidate) => candidate.name === name)
    return times.map((row) => row[index] ?? NaN)
  }
  const ratio = (peer: string, own: string): number =>
    geometricMean(all(peer).map((time, pair) => time / (all(own)[pair] ?? NaN)))
  const { speexSimd, livekit, speex16 } = peers
  return {
    id: 'resampler-speed',
    title: 'Microseconds for 20 ms, and how many times faster than real time in the geometric mean',
    columns: [
      'resampler',
      ...pairs.map(([from, to]) => `${from / 1000} > ${to / 1000}`),
      'x real time',
      'ours is x faster',
    ],
    rows: candidates.map(({ name }) => [
      name,
      ...all(name).map((time) => time.toFixed(1)),
      Math.round(geometricMean(all(name).map((time) => 20_000 / time))),
      ratio(name, ours.name).toFixed(2),
    ]),
    targets: [
      higherIsBetter(`against ${speexSimd.name}`, ratio(speexSimd.name, ours.name), {
        must: 2,
        aim: 3.5,
        unit: 'x',
      }),
      higherIsBetter(`against ${livekit.name}`, ratio(livekit.name, ours.name), {
        must: 3.8,
        aim: 7,
        unit: 'x',
      }),
      higherIsBetter(
        `JavaScript, floats, against ${speex16.name}`,
        ratio(speex16.name, oursInJavascript.name),
        {
          must: 1.1,
          aim: 2,
          unit: 'x',
        },
      ),
      higherIsBetter(`JavaScript, 16 bit, against ${speex16.name}`, ratio(speex16.name, oursInt16.name), {
        must: 1.1,
        aim: 2,
        unit: 'x',
      }),
    ],
  }
}

async function costTables(): Promise<readonly Table[]> {
  const allocated = allocatedAFrame()
  const most = Math.max(...allocated.flatMap(({ wasm, js }) => [wasm, js]))
  const code = await codeBytes()
  return [
    {
      id: 'resampler-allocation',
      title: 'Bytes allocated on the heap for 20 ms',
      columns: ['rates', ours.name, oursInJavascript.name],
      rows: allocated.map(({ name, wasm, js }) => [name, wasm, js]),
    },
    {
      id: 'resampler-cost',
      title: 'Memory and size',
      columns: ['figure', 'value'],
      rows: [
        ['bytes allocated a frame', most],
        ['bytes of code, minified, WebAssembly included', code],
      ],
      targets: [
        lowerIsBetter('bytes allocated a frame', most, { must: 0, unit: 'B', digits: 3 }),
        lowerIsBetter('code', code / 1024, { must: 12, aim: 6, unit: 'KB' }),
      ],
    },
  ]
}

if (pathToFileURL(process.argv[1] ?? '').href === import.meta.url) {
  printSection(await run({ quick: process.argv.includes('--quick') }))
}

import { createLibopusDecoder } from '../../src/opus/index.ts'
import { concatFloat32, seededRandom, snrDb } from '../../src/testing/index.ts'
import type { BenchOptions, Table } from '../section.ts'
import { speechPackets } from './speech.ts'

const losses = [0.02, 0.05, 0.1, 0.2]
const ways = ['silence', 'concealed', 'corrected'] as const

/** How near what is played comes to what is played without loss, in dB: in the lost packets, and over all of them. */
interface Nearness {
  readonly lost: number
  readonly all: number
}

/** Nothing put in the place of lost packets, a guess, or the copy in the next packet. */
export async function concealedLoss({ quick }: BenchOptions): Promise<Table> {
  const packets = await speechPackets()
  const seeds = quick ? [1] : [1, 2, 3, 4, 5]
  const means = new Map<string, Nearness>()
  for (const loss of losses) {
    for (const way of ways) {
      const runs: Nearness[] = []
      // One after the other: the decoders share a memory.
      // oxlint-disable-next-line no-await-in-loop
      for (const seed of seeds) runs.push(await nearness(packets, { loss, way, seed }))
      const mean = (key: keyof Nearness): number => runs.reduce((sum, run) => sum + run[key], 0) / runs.length
      means.set(`${loss} ${way}`, { lost: mean('lost'), all: mean('all') })
    }
  }
  const of = (loss: number, way: (typeof ways)[number]): Nearness =>
    means.get(`${loss} ${way}`) ?? { lost: NaN, all: NaN }
  const gain = of(0.05, 'corrected').lost - of(0.05, 'silence').lost
  const guessed = of(0.05, 'concealed').lost - of(0.05, 'silence').lost
  return {
    id: 'opus-loss',
    title: 'Lost packets of speech, dB: how near what is played comes to what is played without loss',
    columns: [
      'loss',
      'lost packets: silence',
      'concealed',
      'error correction',
      'all packets: silence',
      'concealed',
      'error correction',
    ],
    rows: losses.map((loss) => [
      `${loss * 100} %`,
      ...ways.map((way) => of(loss, way).lost.toFixed(1)),
      ...ways.map((way) => of(loss, way).all.toFixed(1)),
    ]),
    targets: [
      {
        figure: '5 % lost: error correction against silence',
        must: '6 dB',
        measured: `${gain.toFixed(1)} dB`,
        met: gain >= 6 ? 'must' : 'missed',
      },
      {
        figure: '5 % lost: concealment against silence',
        must: 'more than 0 dB',
        measured: `${guessed.toFixed(1)} dB`,
        met: guessed > 0 ? 'must' : 'missed',
      },
    ],
  }
}

async function nearness(
  packets: readonly Uint8Array[],
  { loss, way, seed }: { loss: number; way: (typeof ways)[number]; seed: number },
): Promise<Nearness> {
  const random = seededRandom(seed)
  const isLost = packets.map((_, i) => random() < loss && i < packets.length - 1)
  using whole = await createLibopusDecoder()
  using lossy = await createLibopusDecoder()
  const clean: Float32Array[] = []
  const played: Float32Array[] = []
  for (const [i, packet] of packets.entries()) {
    clean.push(whole.decode(packet))
    const next = packets[i + 1]
    if (isLost[i] !== true || next === undefined) {
      played.push(lossy.decode(packet))
      continue
    }
    const made = way === 'corrected' && isLost[i + 1] !== true ? lossy.decodeFec(next) : lossy.decodeLost()
    played.push(way === 'silence' ? new Float32Array(made.length) : made)
  }
  const near = (isCounted: (i: number) => boolean): number =>
    snrDb(
      concatFloat32(clean.filter((_, i) => isCounted(i))),
      concatFloat32(played.filter((_, i) => isCounted(i))),
    )
  return { lost: near((i) => isLost[i] === true), all: near(() => true) }
}

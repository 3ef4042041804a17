import { createLibopusDecoder } from '../../src/opus/index.ts'
import { concatFloat32, seededRandom, snrDb } from '../../src/testing/index.ts'
import type { BenchOptions, Table } from '../section.ts'
import { speechPackets } from './speech.ts'

const losses = [0.02, 0.05, 0.1, 0.2]
const ways = ['silence', 'guess', 'fec'] as const

/** How near lost packets come to what was sent: nothing put in their place, a guess, or the copy in the next packet. */
export async function concealedLoss({ quick }: BenchOptions): Promise<Table> {
  const packets = await speechPackets()
  const seeds = quick ? [1] : [1, 2, 3, 4, 5]
  const rows: (string | number)[][] = []
  for (const loss of losses) {
    const cells: string[] = []
    for (const way of ways) {
      let sum = 0
      // One after the other: the decoders share a memory.
      // oxlint-disable-next-line no-await-in-loop
      for (const seed of seeds) sum += await nearness(packets, { loss, way, seed })
      cells.push(`${(sum / seeds.length).toFixed(1)} dB`)
    }
    rows.push([`${loss * 100} %`, ...cells])
  }
  return {
    id: 'opus-loss',
    title: 'Lost packets of speech: how near what is played comes to what was sent',
    columns: ['loss', 'silence', 'concealed', 'error correction'],
    rows,
  }
}

async function nearness(
  packets: readonly Uint8Array[],
  { loss, way, seed }: { loss: number; way: (typeof ways)[number]; seed: number },
): Promise<number> {
  const random = seededRandom(seed)
  const isLost = packets.map((_, i) => random() < loss && i < packets.length - 1)
  using whole = await createLibopusDecoder()
  using lossy = await createLibopusDecoder()
  const sent: Float32Array[] = []
  const played: Float32Array[] = []
  for (const [i, packet] of packets.entries()) {
    const clean = whole.decode(packet)
    const next = packets[i + 1]
    if (isLost[i] !== true || next === undefined) {
      lossy.decode(packet)
      continue
    }
    sent.push(clean)
    const made = way === 'fec' && isLost[i + 1] !== true ? lossy.decodeFec(next) : lossy.decodeLost()
    played.push(way === 'silence' ? new Float32Array(clean.length) : made)
  }
  return snrDb(concatFloat32(sent), concatFloat32(played))
}

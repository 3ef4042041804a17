import { seededRandom } from './signals.ts'

/** A line that holds packets up and loses some. */
export interface LineOptions {
  readonly seed: number
  readonly packets: number
  readonly packetMs: number
  /** Deviation of the delay of each packet by itself, normally distributed. */
  readonly sigmaMs: number
  readonly baseMs?: number
  /** Share of the packets that never come. */
  readonly loss?: number
  /** Whether packets may overtake each other, as they do unless given. */
  readonly reorders?: boolean
  /** The sender's clock runs faster by this share. */
  readonly drift?: number
}

/** One packet that came. */
export interface Arrival {
  /** Number of the packet, from 0. */
  readonly index: number
  readonly sentMs: number
  readonly arrivedMs: number
}

/** What comes out of the line, in order of arrival; the same for the same seed. */
export function arrivals(options: LineOptions): readonly Arrival[] {
  const { seed, packets, packetMs, sigmaMs, baseMs = 4 * sigmaMs, loss = 0 } = options
  const { reorders = true, drift = 0 } = options
  const random = seededRandom(seed)
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  const came: Arrival[] = []
  let latest = 0
  for (let index = 0; index < packets; index++) {
    const sentMs = index * packetMs * (1 - drift)
    const delayed = sentMs + Math.max(0, baseMs + sigmaMs * normal())
    const arrivedMs = reorders ? delayed : Math.max(latest, delayed)
    latest = arrivedMs
    if (random() >= loss) came.push({ index, sentMs, arrivedMs })
  }
  return came.toSorted((a, b) => a.arrivedMs - b.arrivedMs)
}

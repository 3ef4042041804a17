import { seededRandom } from '@parley/audio/testing'
import type { StreamPlace } from './frame-scanner.ts'

/** Which way bytes go through a fault proxy: from whoever dialled it to its target, or back. */
export type Direction = 'toTarget' | 'toDialler'

/** Something bad that happens to a connection. */
export type Fault =
  /** Both sides are told that the other has left. */
  | { readonly kind: 'cut' }
  /** Both sides are told that the connection is broken. */
  | { readonly kind: 'reset' }
  /** Nothing passes any more, not even the end of a side, and nobody is told. */
  | { readonly kind: 'halfOpen' }
  /** Each frame of the direction waits; their order stays. */
  | {
      readonly kind: 'delay'
      readonly ms: number
      /** Up to so much more by chance. */
      readonly jitterMs?: number
      /** Ends after so many frames; absent: never. */
      readonly frames?: number
    }
  /** The direction is read slowly. */
  | { readonly kind: 'throttle'; readonly bytesPerSecond: number; readonly frames?: number }

/** A fault with its place in the stream, which is the same in each run, as time is not. */
export interface ScheduledFault {
  readonly fault: Fault
  readonly direction: Direction
  /** Happens as soon as so many data frames have passed in the direction. */
  readonly afterFrames?: number
  /** Waits for the middle of the frame that follows, or for its end where it is empty. */
  readonly inFrame?: boolean
  /** Happens as soon as so many bytes after the HTTP head have passed. */
  readonly afterBytes?: number
}

/** How a dial ends before it begins: a broken connection, one that is never answered, or HTTP status 503. */
export type Refusal = 'reset' | 'silence' | 'status'

/** What happens to one connection. */
export interface ConnectionPlan {
  readonly refuse?: Refusal | undefined
  readonly faults?: readonly ScheduledFault[]
}

/** Makes the plan of the connection with this number, from 0, out of its own random numbers. */
export type FaultPlan = (random: () => number, connection: number) => ConnectionPlan

/** The bounds of bad luck. */
export interface LuckOptions {
  /** Chance in [0, 1] that a connection has a fault, by its number. */
  readonly chance: (connection: number) => number
  readonly kinds: readonly (Fault['kind'] | 'refuse')[]
  /** A fault comes after fewer frames than this. */
  readonly frames: Readonly<Record<Direction, number>>
  /** Longest delay (ms). */
  readonly maxDelayMs: number
}

/** At most one fault for each connection, at a random place of a random direction. */
export function badLuck({ chance, kinds, frames, maxDelayMs }: LuckOptions): FaultPlan {
  return (random, connection) => {
    if (random() >= chance(connection)) return {}
    const kind = oneOf(kinds, random)
    if (kind === 'refuse') return { refuse: oneOf(['reset', 'status'] as const, random) }
    const direction = oneOf(['toTarget', 'toDialler'] as const, random)
    const place = { afterFrames: Math.floor(random() * frames[direction]), inFrame: random() < 0.5 }
    return { faults: [{ fault: faultOf(kind, random, maxDelayMs), direction, ...place }] }
  }
}

function faultOf(kind: Fault['kind'], random: () => number, maxDelayMs: number): Fault {
  switch (kind) {
    case 'cut':
    case 'reset':
    case 'halfOpen':
      return { kind }
    case 'delay': {
      const ms = Math.round(random() * maxDelayMs)
      return { kind, ms, jitterMs: maxDelayMs - ms, frames: 1 + Math.floor(random() * 5) }
    }
    case 'throttle':
      return { kind, bytesPerSecond: 20_000 + Math.floor(random() * 200_000), frames: 10 }
  }
}

/** One of them. */
export function oneOf<Choice>(choices: readonly Choice[], random: () => number): Choice {
  const chosen = choices[Math.floor(random() * choices.length)]
  if (chosen === undefined) throw new Error('There is nothing to choose from.')
  return chosen
}

/** Random numbers of one connection of a run. */
export function randomOf(seed: number, connection: number): () => number {
  return seededRandom(seed ^ Math.imul(connection + 1, 0x9e3779b9))
}

/** True once the stream has come to the place of a fault. */
export function isDue(scheduled: ScheduledFault, place: StreamPlace): boolean {
  const { afterFrames, inFrame = false, afterBytes } = scheduled
  if (!place.isOpen) return false
  if (afterBytes !== undefined) return place.bytes >= afterBytes
  if (afterFrames === undefined) return true
  return place.frames > afterFrames || (place.frames === afterFrames && (!inFrame || place.inFrame))
}

/** A fault in words, to print with its seed. */
export function describeFault({
  fault,
  direction,
  afterFrames,
  afterBytes,
  inFrame,
}: ScheduledFault): string {
  const { kind, ...details } = fault
  const place =
    afterFrames === undefined
      ? `after ${afterBytes ?? 0} bytes`
      : `${inFrame === true ? 'in the frame after' : 'after'} ${afterFrames} frames`
  const more = Object.keys(details).length === 0 ? '' : ` ${JSON.stringify(details)}`
  return `${kind}${more} ${direction} ${place}`
}

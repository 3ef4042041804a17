import type { Socket } from 'node:net'
import { isDue } from './fault-plan.ts'
import type { Fault, ScheduledFault } from './fault-plan.ts'
import { createFrameScanner } from './frame-scanner.ts'
import type { StreamPlace } from './frame-scanner.ts'

/** One direction of a connection through a fault proxy. */
export interface Lane {
  /** What has passed. */
  readonly place: StreamPlace
  /** Slows the lane from now on. */
  slow(fault: Extract<Fault, { kind: 'delay' | 'throttle' }>): void
  /** As fast as it can again. */
  heal(): void
  /** Nothing passes any more; what comes is read and forgotten. */
  stop(): void
}

/** Options of a lane. */
export interface LaneOptions {
  readonly from: Socket
  readonly to: Socket
  /** Happen here, each once. */
  readonly faults: readonly ScheduledFault[]
  readonly random: () => number
  /** A fault has come to its place. */
  readonly happen: (scheduled: ScheduledFault) => void
}

type Slowness = Extract<Fault, { kind: 'delay' | 'throttle' }>

/** Chunks a slow reader takes in a second. */
const sipsPerSecond = 50

/** Passes bytes on, frame by frame where faults have their place. */
export function createLane({ from, to, faults, random, happen }: LaneOptions): Lane {
  const scanner = createFrameScanner()
  const left = new Set(faults)
  const healed = { wake: (): void => undefined }
  let slowness: { readonly by: Slowness; readonly since: number } | undefined
  let stopped = false

  /** Resolves after `ms`, or when the lane is healed or stopped. */
  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      healed.wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  function happenDue(): void {
    for (const scheduled of left) {
      if (stopped || !isDue(scheduled, scanner.place)) continue
      left.delete(scheduled)
      happen(scheduled)
    }
  }

  function toNextFault(): number {
    const bytes = [...left].map(({ afterBytes = Infinity }) => afterBytes - scanner.place.bytes)
    return Math.max(0, Math.min(Infinity, ...bytes))
  }

  /** Waits as long as the lane is slow, and gives how many bytes may pass at once. */
  async function sip(): Promise<number> {
    if (slowness === undefined) return Infinity
    const { by, since } = slowness
    if (by.frames !== undefined && scanner.place.frames - since >= by.frames) {
      slowness = undefined
      return Infinity
    }
    if (by.kind === 'throttle') {
      await pause(1000 / sipsPerSecond)
      return Math.max(1, Math.round(by.bytesPerSecond / sipsPerSecond))
    }
    if (!scanner.place.inFrame) await pause(by.ms + random() * (by.jitterMs ?? 0))
    return Infinity
  }

  async function pass(chunk: Buffer): Promise<void> {
    let rest = chunk
    while (rest.length > 0 && !stopped) {
      const most = slowness === undefined ? Infinity : await sip()
      if (stopped) return
      const taken = scanner.take(rest.subarray(0, Math.min(rest.length, most)), toNextFault())
      const isRoom = !to.writable || to.write(rest.subarray(0, taken))
      rest = rest.subarray(taken)
      happenDue()
      if (!isRoom) await room(to)
    }
  }

  async function run(): Promise<void> {
    try {
      const chunks: AsyncIterable<Buffer> = from.iterator({ destroyOnReturn: false })
      for await (const chunk of chunks) if (!stopped) await pass(chunk)
      if (!stopped) to.end()
    } catch {
      if (!stopped) to.resetAndDestroy()
    }
  }

  void run()
  return {
    get place() {
      return scanner.place
    },
    slow(by) {
      slowness = { by, since: scanner.place.frames }
    },
    heal() {
      slowness = undefined
      healed.wake()
    },
    stop() {
      stopped = true
      healed.wake()
    },
  }
}

function room(to: Socket): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      to.off('drain', done).off('close', done)
      resolve()
    }
    if (to.destroyed || !to.writableNeedDrain) return resolve()
    to.on('drain', done).on('close', done)
  })
}

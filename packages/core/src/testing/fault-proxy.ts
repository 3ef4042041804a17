import { connect, createServer } from 'node:net'
import type { Socket } from 'node:net'
import { createLane } from './fault-lane.ts'
import type { Lane } from './fault-lane.ts'
import { describeFault, randomOf } from './fault-plan.ts'
import type { ConnectionPlan, Direction, Fault, FaultPlan, Refusal, ScheduledFault } from './fault-plan.ts'
import type { StreamPlace } from './frame-scanner.ts'

/** Where a fault proxy passes connections on to, and what it does to them. */
export interface FaultProxyOptions {
  /** `http://127.0.0.1:<port>` of the target. */
  readonly target: string
  /** The same seed and plan give the same bad luck. Default 1. */
  readonly seed?: number
  /** Default: nothing bad happens by itself. */
  readonly plan?: FaultPlan
}

/** One connection through the proxy, for tests that break it by hand. */
export interface ProxiedConnection {
  /** From 0, in the order of dials. */
  readonly number: number
  readonly passed: Readonly<Record<Direction, StreamPlace>>
  /** Without a direction, what slows does so both ways; what ends or mutes always does. */
  apply(fault: Fault, direction?: Direction): void
  /** Ends delays and slow reading. */
  heal(): void
  readonly isOpen: boolean
}

/** A TCP proxy on loopback that breaks what goes through it, in ways that can be repeated. */
export interface FaultProxy extends AsyncDisposable {
  /** `http://127.0.0.1:<port>` */
  readonly url: string
  readonly seed: number
  /** All there have been; a dial that was refused counts. */
  readonly connections: readonly ProxiedConnection[]
  /** What has happened by plan, in words, oldest first. */
  readonly happened: readonly string[]
  /** The connection with this number, dialled already or not yet. */
  connection(number: number): Promise<ProxiedConnection>
  /** Refuses new connections; `undefined` lets them in again. */
  refuse(how: Refusal | undefined): void
  /** Does this to every open connection. */
  applyToAll(fault: Fault): void
}

/** Starts a proxy before `target`. */
export async function faultProxy(options: FaultProxyOptions): Promise<FaultProxy> {
  const { target, seed = 1, plan = (): ConnectionPlan => ({}) } = options
  const { hostname, port } = new URL(target)
  const connections: ProxiedConnection[] = []
  const happened: string[] = []
  const sockets = new Set<Socket>()
  const dialled: { readonly number: number; resolve(connection: ProxiedConnection): void }[] = []
  let refusal: Refusal | undefined

  const server = createServer({ allowHalfOpen: true, noDelay: true }, (dialler) => {
    const number = connections.length
    const random = randomOf(seed, number)
    const planned = plan(random, number)
    const refuse = refusal ?? planned.refuse
    keep(dialler)
    const note = (what: string): unknown => happened.push(`connection ${number}: ${what}`)
    const connection =
      refuse === undefined
        ? passOn(dialler, { number, random, planned, note })
        : refused(dialler, number, refuse, note)
    connections.push(connection)
    for (const waiter of dialled) if (waiter.number === number) waiter.resolve(connection)
  })

  function keep(socket: Socket): void {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    // The lanes see it, too.
    socket.on('error', () => undefined)
  }

  function passOn(dialler: Socket, { number, random, planned, note }: Passing): ProxiedConnection {
    const upstream = connect({ host: hostname, port: Number(port), allowHalfOpen: true, noDelay: true })
    keep(upstream)
    const both = [dialler, upstream]
    for (const socket of both) socket.on('close', () => leave(socket))
    const lanes: Record<Direction, Lane> = {
      toTarget: lane('toTarget', dialler, upstream),
      toDialler: lane('toDialler', upstream, dialler),
    }
    let isMute = false

    function lane(direction: Direction, from: Socket, to: Socket): Lane {
      const faults = (planned.faults ?? []).filter((scheduled) => scheduled.direction === direction)
      return createLane({ from, to, faults, random, happen })
    }

    function happen(scheduled: ScheduledFault): void {
      note(describeFault(scheduled))
      apply(scheduled.fault, scheduled.direction)
    }

    function leave(socket: Socket): void {
      const isBroken = socket.errored !== null
      for (const other of both) if (other !== socket && !isMute && isBroken) other.resetAndDestroy()
    }

    function apply(fault: Fault, direction?: Direction): void {
      const chosen = direction === undefined ? [lanes.toTarget, lanes.toDialler] : [lanes[direction]]
      switch (fault.kind) {
        case 'delay':
        case 'throttle':
          for (const slowed of chosen) slowed.slow(fault)
          return
        case 'cut':
        case 'reset':
        case 'halfOpen':
          isMute = true
          lanes.toTarget.stop()
          lanes.toDialler.stop()
          if (fault.kind === 'halfOpen') return
          for (const socket of both) {
            if (fault.kind === 'cut') socket.destroySoon()
            else socket.resetAndDestroy()
          }
      }
    }

    return {
      number,
      get passed() {
        return { toTarget: lanes.toTarget.place, toDialler: lanes.toDialler.place }
      },
      apply,
      heal() {
        lanes.toTarget.heal()
        lanes.toDialler.heal()
      },
      get isOpen() {
        return !dialler.destroyed && !upstream.destroyed
      },
    }
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port.')
  return {
    url: `http://127.0.0.1:${address.port}`,
    seed,
    connections,
    happened,
    async connection(number) {
      const waiter = Promise.withResolvers<ProxiedConnection>()
      dialled.push({ number, resolve: waiter.resolve })
      return connections[number] ?? (await waiter.promise)
    },
    refuse(how) {
      refusal = how
    },
    applyToAll(fault) {
      for (const connection of connections) if (connection.isOpen) connection.apply(fault)
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
      })
    },
  }
}

interface Passing {
  readonly number: number
  readonly random: () => number
  readonly planned: ConnectionPlan
  note(what: string): void
}

function refused(
  dialler: Socket,
  number: number,
  how: Refusal,
  note: (what: string) => void,
): ProxiedConnection {
  note(`refused by ${how}`)
  const nowhere = { isOpen: false, bytes: 0, frames: 0, inFrame: false }
  switch (how) {
    case 'reset':
      dialler.resetAndDestroy()
      break
    case 'silence':
      dialler.resume()
      break
    case 'status':
      dialler.resume()
      dialler.end('HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\ncontent-length: 0\r\n\r\n')
      break
  }
  return {
    number,
    passed: { toTarget: nowhere, toDialler: nowhere },
    apply: () => undefined,
    heal: () => undefined,
    isOpen: false,
  }
}

import { at, isRecord } from '../reader.ts'
import type { WireEvent } from '../reader.ts'
import type { Fault, Passing } from './fault-proxy.ts'

/** Makes a fault for one connection. */
export type FaultMaker = () => Fault

/** Which events a fault is about: a type, or a condition. */
export type Which = string | RegExp | ((event: WireEvent) => boolean)

/** Events that never arrive. */
export function lose(which: Which): FaultMaker {
  return () => ({ fromServer: (event) => (fits(event, which) ? [] : [event]) })
}

/** Events with another value at a path; `undefined` takes the field away. */
export function alter(which: Which, path: string, value: unknown): FaultMaker {
  return () => ({ fromServer: (event) => [fits(event, which) ? withValue(event, path, value) : event] })
}

/** Events that arrive several times. */
export function repeat(which: Which, times: number): FaultMaker {
  return () => ({
    fromServer: (event) => (fits(event, which) ? Array<WireEvent>(times).fill(event) : [event]),
  })
}

/** Events of which only the first arrives. */
export function onlyFirst(which: Which): FaultMaker {
  return () => {
    let seen = 0
    return { fromServer: (event) => (fits(event, which) && (seen += 1) > 1 ? [] : [event]) }
  }
}

/** Another frame before each of the events. */
export function before(which: Which, make: (event: WireEvent) => Passing): FaultMaker {
  return () => ({ fromServer: (event) => (fits(event, which) ? [make(event), event] : [event]) })
}

/** Another frame after each of the events. */
export function after(which: Which, make: (event: WireEvent) => Passing): FaultMaker {
  return () => ({ fromServer: (event) => (fits(event, which) ? [event, make(event)] : [event]) })
}

/** Other frames in place of the events. */
export function instead(which: Which, make: (event: WireEvent) => Passing): FaultMaker {
  return () => ({ fromServer: (event) => [fits(event, which) ? make(event) : event] })
}

/** Events that are held back until another one has passed. */
export function late(which: Which, until: Which): FaultMaker {
  return () => {
    const held: WireEvent[] = []
    return {
      fromServer(event) {
        if (fits(event, which)) {
          held.push(event)
          return []
        }
        return fits(event, until) ? [event, ...held.splice(0)] : [event]
      },
    }
  }
}

/** A server that never sees some of the frames. */
export function deaf(to: (frame: Passing) => boolean): FaultMaker {
  return () => ({ fromClient: (frame) => (to(frame) ? [] : [frame]) })
}

/** A server that sees nothing any more from some frame on. */
export function deafSince(from: (frame: Passing) => boolean): FaultMaker {
  return () => {
    let isDeaf = false
    return {
      fromClient(frame) {
        isDeaf ||= from(frame)
        return isDeaf ? [] : [frame]
      },
    }
  }
}

/** A server that hangs up at some frames. */
export function hangUp(at: (frame: Passing) => boolean): FaultMaker {
  return () => ({
    fromClient(frame, { client }) {
      if (!at(frame)) return [frame]
      client.close(1011)
      return []
    },
  })
}

/** A server that takes events of the client for others. */
export function misread(type: string, change: (event: WireEvent) => Passing): FaultMaker {
  return () => ({
    fromClient: (frame) => [isEvent(frame) && frame.type === type ? change(frame) : frame],
  })
}

/** A server that says something of its own whenever the client sent an event of a type. */
export function remark(type: string, said: WireEvent): FaultMaker {
  return () => ({
    fromClient(frame, { toClient }) {
      if (isEvent(frame) && frame.type === type) toClient(said)
      return [frame]
    },
  })
}

/** An event with another value at a path. */
export function withValue(event: WireEvent, path: string, value: unknown): WireEvent {
  const changed = changedAt(event, path.split('.'), value)
  return isEvent(changed) ? changed : event
}

/** Whether a frame is an event. */
export function isEvent(frame: unknown): frame is WireEvent {
  return isRecord(frame) && typeof at(frame, 'type') === 'string'
}

function changedAt(value: unknown, [key, ...rest]: readonly string[], wanted: unknown): unknown {
  if (key === undefined) return wanted
  if (Array.isArray(value)) return value.with(Number(key), changedAt(value.at(Number(key)), rest, wanted))
  if (!isRecord(value)) return value
  return { ...value, [key]: changedAt(value[key], rest, wanted) }
}

function fits(event: WireEvent, which: Which): boolean {
  if (typeof which === 'string') return event.type === which
  return which instanceof RegExp ? which.test(event.type) : which(event)
}

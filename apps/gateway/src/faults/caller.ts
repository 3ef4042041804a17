import type { ClientEventJson } from '@parley/client'
import { WebSocket } from 'ws'
import type { WireEvent } from '../testing/event-log.ts'
import { createCallerView } from './caller-view.ts'
import type { CallerView } from './caller-view.ts'

/** Somebody who talks with a gateway. */
export interface Caller extends AsyncDisposable {
  readonly view: CallerView
  /** Sockets there have been. */
  readonly sockets: number
  send(event: ClientEventJson): void
  /** Resolves once it is so; rejects with `Lost` when there is no connection, and for good when there never will be. */
  when(condition: (view: CallerView) => boolean): Promise<void>
  /** After `Lost`: comes back to the conversation, as often as needed. */
  reconnect(): Promise<void>
}

/** The connection is gone. */
export class Lost extends Error {}

/** Waits for a view to be as wanted. */
export interface Watch {
  when(condition: (view: CallerView) => boolean): Promise<void>
  changed(): void
  fail(reason: Error): void
}

/** Nothing is awaited yet. */
export function createWatch(view: CallerView): Watch {
  const waiting = new Set<{
    condition: (view: CallerView) => boolean
    resolve(): void
    reject(e: Error): void
  }>()
  return {
    when(condition) {
      if (condition(view)) return Promise.resolve()
      return new Promise((resolve, reject) => waiting.add({ condition, resolve, reject }))
    },
    changed() {
      for (const waiter of waiting) {
        if (!waiter.condition(view)) continue
        waiting.delete(waiter)
        waiter.resolve()
      }
    },
    fail(reason) {
      for (const waiter of waiting) waiter.reject(reason)
      waiting.clear()
    },
  }
}

/** Times a caller tries to come back, and the pause between (ms). */
const reconnects = { tries: 200, pauseMs: 25, openMs: 2_000 }

/** A gateway that does not ping for so long is not there any more (ms). */
const silenceMs = 5_000

/** A client as there are many: it knows nothing of Parley but the id of the conversation. */
export async function plainCaller(url: string): Promise<Caller> {
  const view = createCallerView()
  const watch = createWatch(view)
  let sockets = 0
  let socket: WebSocket | undefined

  function open(): Promise<boolean> {
    const opening = new WebSocket(url.replace('http', 'ws'), { handshakeTimeout: reconnects.openMs })
    return new Promise((resolve) => {
      const silence = setTimeout(() => opening.terminate(), silenceMs)
      opening.on('error', () => resolve(false))
      opening.on('ping', () => silence.refresh())
      opening.on('close', () => {
        resolve(false)
        clearTimeout(silence)
        if (socket !== opening) return
        socket = undefined
        view.lose()
        watch.fail(new Lost('The connection is gone.'))
      })
      opening.on('message', (data: Buffer) => {
        // The gateway sends objects with a type.
        const event = JSON.parse(data.toString()) as WireEvent
        if (socket !== opening) {
          if (event.type !== 'session.created') return
          socket = opening
          sockets += 1
          resolve(true)
        }
        view.take(event)
        watch.changed()
      })
      setTimeout(() => {
        resolve(false)
        if (socket !== opening) opening.terminate()
      }, reconnects.openMs).unref()
    })
  }

  async function connect(): Promise<void> {
    socket?.terminate()
    socket = undefined
    for (let tries = 0; tries < reconnects.tries; tries += 1) {
      if (await open()) return
      await new Promise((resolve) => {
        setTimeout(resolve, reconnects.pauseMs)
      })
    }
    throw new Error('The gateway cannot be reached any more.')
  }

  await connect()
  return {
    view,
    get sockets() {
      return sockets
    },
    send(event) {
      socket?.send(JSON.stringify(event))
    },
    async when(condition) {
      if (socket === undefined) throw new Lost('The connection is gone.')
      await watch.when(condition)
    },
    reconnect: connect,
    async [Symbol.asyncDispose]() {
      const closing = socket
      if (closing === undefined) return
      await new Promise((resolve) => {
        closing.on('close', resolve)
        closing.close(1000)
      })
    },
  }
}

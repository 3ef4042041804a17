import type { Close } from '../channel/close.ts'
import type { Frame } from '../channel/codec.ts'
import type { Socket } from '../channel/web-socket-channel.ts'

/** One end of two linked sockets in memory. */
export interface PairedSocket extends Socket {
  /** Loses what is on its way in both directions and drops the connection with code 1006. */
  cut(): void
}

type Listener = (event: never) => void

const open = 1
const closed = 3

/** Two linked sockets; a frame arrives in a later microtask, as long as nobody has cut the connection. */
export function createSocketPair(): readonly [PairedSocket, PairedSocket] {
  const sides: Side[] = []
  const cut = (): void => sides.forEach((side) => side.drop({ code: 1006, reason: '' }))
  const make = (other: () => Side | undefined): Side => createSide(other, cut)
  const near = make(() => sides[1])
  const far = make(() => sides[0])
  sides.push(near, far)
  return [near.socket, far.socket]
}

interface Side {
  readonly socket: PairedSocket
  receive(frame: Frame): void
  drop(close: Close): void
}

function createSide(other: () => Side | undefined, cut: () => void): Side {
  const listeners: { readonly type: string; readonly listener: Listener }[] = []
  let readyState = open
  let paused = false
  let waiting: (() => void)[] = []

  function emit(type: string, event: object): void {
    // Each listener gets the event of the type it asked for.
    for (const entry of listeners) if (entry.type === type) entry.listener(event as never)
  }

  function flush(): void {
    for (let next = waiting.shift(); next && !paused; next = waiting.shift()) next()
  }

  function later(happens: () => void): void {
    queueMicrotask(() => {
      if (readyState === closed) return
      waiting.push(happens)
      if (!paused) flush()
    })
  }

  function drop(close: Close): void {
    if (readyState === closed) return
    readyState = closed
    waiting = []
    emit('close', close)
  }

  const socket: PairedSocket = {
    get readyState() {
      return readyState
    },
    bufferedAmount: 0,
    binaryType: 'blob',
    addEventListener: (type: string, listener: Listener) => void listeners.push({ type, listener }),
    send(frame) {
      if (readyState === open) other()?.receive(frame)
    },
    close(code = 1005, reason = '') {
      if (readyState !== open) return
      readyState = 2
      const close = { code, reason }
      queueMicrotask(() => {
        other()?.drop(close)
        drop(close)
      })
    },
    pause: () => void (paused = true),
    resume() {
      paused = false
      flush()
    },
    cut,
  }
  return { socket, drop, receive: (frame) => later(() => emit('message', { data: frame })) }
}

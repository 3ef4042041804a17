import type { WebSocketLike } from './dial.ts'
import { parseEvent } from './events.ts'
import type { ServerEventJson } from './events.ts'
import { onNetwork } from './network.ts'

/** How a socket ended. */
export interface SocketEnd {
  /** Whether it was ever open. */
  readonly opened: boolean
  readonly code: number
  readonly reason: string
}

/** Handlers of one socket. */
export interface SocketHandlers {
  /** Abandons the socket. */
  readonly signal: AbortSignal
  /** A socket whose unsent bytes do not move for so long is dead (ms). */
  readonly stallMs: number
  /** A ready socket on which nothing came for so long is dead (ms). */
  readonly silentMs: () => number
  /** Whether the server has said what it has to say first. */
  readonly isReady: () => boolean
  readonly onOpen: () => void
  /** Gives false to leave the socket. */
  readonly onEvent: (event: ServerEventJson) => boolean
}

/** Longest time a connection may take to be ready (ms). */
const openTimeoutMs = 15_000

/** Resolves when the socket is of no more use; it calls no handler after that. */
export function openSocket(socket: WebSocketLike, handlers: SocketHandlers): Promise<SocketEnd> {
  return new Promise((resolve) => {
    let opened = false
    let waiting = 0
    let wasReady = false
    let movedAt = Date.now()
    let heardAt = Date.now()

    function finish(code: number, reason: string): void {
      clearInterval(watch)
      handlers.signal.removeEventListener('abort', abandon)
      forget()
      socket.onopen = socket.onmessage = socket.onclose = null
      // A socket that fails after this is nobody's business, but `ws` throws where nobody listens.
      socket.onerror = () => {}
      resolve({ opened, code, reason })
    }

    function abandon(): void {
      finish(1000, '')
      closeQuietly(socket)
    }

    function lost(): void {
      finish(1006, 'The network is gone.')
      closeQuietly(socket, lostCode)
    }

    const watch = setInterval(() => {
      const unsent = socket.bufferedAmount
      const isReady = handlers.isReady()
      if (isReady && (!wasReady || unsent === 0 || unsent < waiting)) movedAt = Date.now()
      wasReady = isReady
      waiting = unsent
      if (Date.now() - movedAt > (isReady ? handlers.stallMs : openTimeoutMs)) lost()
      else if (isReady && Date.now() - heardAt > handlers.silentMs()) lost()
    }, 1000)
    handlers.signal.addEventListener('abort', abandon)
    const forget = onNetwork('offline', lost)
    socket.onopen = () => {
      opened = true
      handlers.onOpen()
    }
    socket.onmessage = ({ data }: { readonly data: unknown }) => {
      heardAt = Date.now()
      const event = parseEvent(data)
      if (event === undefined || handlers.onEvent(event)) return
      finish(1006, 'What was sent is not kept any more.')
      closeQuietly(socket)
    }
    // A close follows.
    socket.onerror = () => {}
    socket.onclose = ({ code, reason }: { readonly code: number; readonly reason: string }) =>
      finish(code, reason)
  })
}

/** Should it get through after all, the server has to know that this is no good-bye. */
const lostCode = 4000

/** A socket that is not open yet may throw. */
function closeQuietly(socket: WebSocketLike, code = 1000): void {
  try {
    socket.close(code)
  } catch {
    // It is nobody's any more.
  }
}

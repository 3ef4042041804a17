import type { WebSocketLike } from '../dial.ts'
import type { ServerEventJson } from '../events.ts'

/** The server's side of one socket. */
export interface ServerSocket {
  readonly url: URL
  readonly protocols: readonly string[]
  /** Events of the client. */
  readonly got: ServerEventJson[]
  send(event: object): void
  /** The network takes nothing more of the client's, of which so many bytes wait. */
  stall(bytes: number): void
  /** The connection ends with this code; 1006 is a lost network. */
  end(code: number, reason?: string): void
}

/** Takes the sockets a connection opens. */
export interface ScriptedServer {
  readonly createSocket: (url: string, protocols: readonly string[]) => WebSocketLike
  readonly sockets: readonly ServerSocket[]
  /** The next socket that is opened. */
  next(): Promise<ServerSocket>
  /** Which sockets fail at once. Default none. */
  refuses: (url: URL) => boolean
}

/** A server in memory: frames arrive in the next microtask, in order. */
export function createScriptedServer(): ScriptedServer {
  const sockets: ServerSocket[] = []
  let taken = 0
  let opened = Promise.withResolvers<void>()

  const server: ScriptedServer = {
    refuses: () => false,
    sockets,
    async next() {
      while (sockets.length <= taken) {
        opened = Promise.withResolvers()
        await opened.promise
      }
      taken += 1
      // The loop above has seen it.
      return sockets[taken - 1] as ServerSocket
    },
    createSocket(url, protocols) {
      const client: WebSocketLike & { readyState: number; bufferedAmount: number } = {
        readyState: 0,
        bufferedAmount: 0,
        onopen: null,
        onmessage: null,
        onerror: null,
        onclose: null,
        send: (data) =>
          void (client.readyState === 1 && socket.got.push(JSON.parse(data) as ServerEventJson)),
        close: (code = 1005, reason = '') => socket.end(code, reason),
      }
      const emit = (handler: ((event: never) => void) | null, event: object): void =>
        handler?.(event as never)
      const socket: ServerSocket = {
        url: new URL(url),
        protocols,
        got: [],
        send(event) {
          queueMicrotask(() => {
            if (client.readyState === 1) emit(client.onmessage, { data: JSON.stringify(event) })
          })
        },
        stall: (bytes) => void (client.bufferedAmount = bytes),
        end(code, reason = '') {
          queueMicrotask(() => {
            if (client.readyState === 3) return
            client.readyState = 3
            emit(client.onclose, { code, reason })
          })
        },
      }
      if (server.refuses(socket.url)) {
        socket.end(1006)
        return client
      }
      queueMicrotask(() => {
        if (client.readyState !== 0) return
        client.readyState = 1
        emit(client.onopen, {})
        sockets.push(socket)
        opened.resolve()
      })
      return client
    },
  }
  return server
}

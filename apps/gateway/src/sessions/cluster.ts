import { timingSafeEqual } from 'node:crypto'
import { createHash } from 'node:crypto'
import { RealtimeError } from '@parley/core'
import { WebSocket } from 'ws'
import type { Replica } from './live-sessions.ts'

/** What one replica asks of another. */
export interface Cluster {
  /** Has a replica end its work on a conversation; resolves when it has settled. `false`: nobody is there any more. */
  end(replica: Replica, conversationId: string): Promise<boolean>
  /**
   * Opens a socket to the session of another replica; it is paused. Rejects with what that replica says against it, and
   * resolves with `undefined` when nobody is there any more.
   */
  dial(replica: Replica, session: RelayedSession): Promise<WebSocket | undefined>
  /** Whether a request comes from a replica. */
  admits(headers: Headers): boolean
}

/** Which session, and from where on. */
export interface RelayedSession {
  readonly id: string
  readonly token: string
  readonly after: number
}

/** Header the token of a relayed client travels in: addresses are logged, headers are not. */
export const tokenHeader = 'parley-resume-token'

/** Path of what only replicas may ask. */
export const clusterPath = '/internal'

/** A replica that has not taken a connection by then is not there for now (ms). */
const connectTimeoutMs = 1500

/** Talks to other replicas under the secret they share. */
export function createCluster(options: {
  readonly secret: string
  /** How long another replica may take to settle a session (ms). */
  readonly settleTimeoutMs: number
  readonly maxMessageBytes: number
}): Cluster {
  const { secret, settleTimeoutMs, maxMessageBytes } = options
  const authorization = `Bearer ${secret}`
  const expected = digest(authorization)

  return {
    async end(replica, conversationId) {
      const url = `${replica.url}${clusterPath}/conversations/${conversationId}/end`
      try {
        const response = await fetch(url, {
          method: 'POST',
          headers: { authorization },
          signal: AbortSignal.timeout(connectTimeoutMs + settleTimeoutMs),
        })
        if (response.ok) return true
        throw unreachable(`Another gateway answered with status ${response.status}.`)
      } catch (error) {
        if (isRefused(error)) return false
        throw error instanceof RealtimeError ? error : unreachable('Another gateway does not answer.', error)
      }
    },

    dial: (replica, { id, token, after }) =>
      new Promise((resolve, reject) => {
        const url = `${replica.url.replace(/^http/, 'ws')}${clusterPath}/sessions/${id}?after=${after}`
        const socket = new WebSocket(url, {
          headers: { authorization, [tokenHeader]: token },
          handshakeTimeout: connectTimeoutMs,
          maxPayload: maxMessageBytes,
          perMessageDeflate: false,
          // The client answers, so that its answers say how far it has come.
          autoPong: false,
        })
        socket.on('open', () => {
          socket.pause()
          resolve(socket)
        })
        socket.on('unexpected-response', (_request, response) => {
          socket.terminate()
          response.resume()
          const status = response.statusCode ?? 0
          reject(
            status === 404
              ? new RealtimeError('not_found', 'The session is over.', { param: 'resume' })
              : unreachable(`Another gateway answered with status ${status}.`),
          )
        })
        socket.on('error', (error) => {
          if (isRefused(error)) resolve(undefined)
          else reject(unreachable('Another gateway does not answer.', error))
        })
      }),

    admits: (headers) => timingSafeEqual(digest(headers.get('authorization') ?? ''), expected),
  }
}

/** Nobody listens at that address: the process is gone, whatever its lease says. */
function isRefused(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false
  if (Reflect.get(error, 'code') === 'ECONNREFUSED') return true
  return isRefused(Reflect.get(error, 'cause'))
}

function unreachable(message: string, cause?: unknown): RealtimeError {
  return new RealtimeError('backend_unavailable', `${message} Try again.`, { cause })
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

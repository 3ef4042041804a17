import { timingSafeEqual } from 'node:crypto'
import { createHash } from 'node:crypto'
import { text } from 'node:stream/consumers'
import { RealtimeError } from '@parley/core'
import { WebSocket } from 'ws'
import { z } from 'zod'
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
  /** Rejects with what another replica has against going on with its session. Changes nothing there. */
  check(replica: Replica, session: RelayedSession): Promise<void>
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

    dial: (replica, session) =>
      new Promise((resolve, reject) => {
        const socket = new WebSocket(addressOf(replica, session).replace(/^http/, 'ws'), {
          headers: { authorization, [tokenHeader]: session.token },
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
        socket.on('unexpected-response', (request, response) => {
          request.setTimeout(connectTimeoutMs, () => response.destroy())
          void text(response)
            .catch(() => '')
            .then((body) => {
              reject(refusal(response.statusCode ?? 0, body))
              socket.terminate()
            })
        })
        socket.on('error', (error) => {
          if (isRefused(error)) resolve(undefined)
          else reject(unreachable('Another gateway does not answer.', error))
        })
      }),

    async check(replica, session) {
      try {
        const response = await fetch(addressOf(replica, session), {
          headers: { authorization, [tokenHeader]: session.token },
          signal: AbortSignal.timeout(connectTimeoutMs),
        })
        const body = await response.text()
        // Nothing but that this is no WebSocket.
        if (response.status !== 426) throw refusal(response.status, body)
      } catch (error) {
        if (isRefused(error)) return
        throw error instanceof RealtimeError ? error : unreachable('Another gateway does not answer.', error)
      }
    },

    admits: (headers) => timingSafeEqual(digest(headers.get('authorization') ?? ''), expected),
  }
}

/** Nobody listens at that address: the process is gone, whatever its lease says. */
function isRefused(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false
  if (Reflect.get(error, 'code') === 'ECONNREFUSED') return true
  return isRefused(Reflect.get(error, 'cause'))
}

function addressOf({ url }: Replica, { id, after }: RelayedSession): string {
  return `${url}${clusterPath}/sessions/${id}?after=${after}`
}

/** What another replica says about a session of its own is what the client is told; the rest is between replicas. */
function refusal(status: number, body: string): RealtimeError {
  const { data } = aboutSession.safeParse(body)
  if (data === undefined) return unreachable(`Another gateway answered with status ${status}.`)
  const { code, message, param } = data.error
  return new RealtimeError(code, message, { param })
}

const aboutSession = z
  .string()
  .transform(readJson)
  .pipe(
    z.object({
      error: z.object({
        code: z.enum(['not_found', 'invalid_value']),
        message: z.string(),
        param: z.enum(['resume', 'after']),
      }),
    }),
  )

function readJson(written: string): unknown {
  try {
    return JSON.parse(written)
  } catch {
    return undefined
  }
}

function unreachable(message: string, cause?: unknown): RealtimeError {
  return new RealtimeError('backend_unavailable', `${message} Try again.`, { cause })
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

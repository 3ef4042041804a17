import type { ClientEvent, ServerEvent } from '@parley/core'
import { connect, ConnectError, loadWire, type ConnectOptions, type SessionChannel } from './connect.ts'
import type { Problem } from './problem.ts'
import type { OpeningSettings } from './realtime-query.ts'

/** What a link needs, and whom it tells. */
export interface LinkOptions {
  readonly gatewayUrl: string
  readonly needsSecret: boolean
  /** Asked before each attempt, so that a conversation begun on this link is continued. */
  readonly target: () => OpeningSettings & Pick<ConnectOptions, 'conversationId'>
  readonly onEvent: (event: ServerEvent) => void
  /** The connection is lost; another attempt follows. */
  readonly onDown: () => void
  /** There will be no other attempt. */
  readonly onEnd: () => void
  readonly onProblem: (problem: Problem) => void
}

/** A session that is held up over lost connections until it is stopped. */
export interface Link {
  /** Does nothing without a connection. */
  readonly send: (event: ClientEvent) => void
  /** Sends PCM16 at 24 kHz and gives the event that carried it; `undefined` without a connection. */
  readonly sendSound: (pcm: ArrayBuffer) => ClientEvent | undefined
  /** Ends the session; nobody is told. */
  readonly stop: () => Promise<void>
}

const retryDelaysMs = [500, 1000, 2000, 4000, 8000] as const

/** After these the server closes, and coming back would only repeat it. */
const finalErrors: ReadonlySet<string> = new Set(['conversation_in_use', 'invalid_api_key', 'not_found'])

/** Connects now, and again after each loss, later and later. */
export function openLink(options: LinkOptions): Link {
  const abort = new AbortController()
  const { signal } = abort
  let channel: SessionChannel | undefined
  let wire: Awaited<ReturnType<typeof loadWire>> | undefined

  async function run(): Promise<void> {
    let failures = 0
    let wasOpen = false
    while (!signal.aborted) {
      let isFinal = false
      try {
        wire = await loadWire()
        channel = await connect({
          gatewayUrl: options.gatewayUrl,
          needsSecret: options.needsSecret,
          ...options.target(),
          signal,
          onInvalid: ({ message }) => options.onProblem({ code: 'server_error', detail: message }),
        })
        for await (const event of channel) {
          if (signal.aborted) return
          if (event.type === 'session.updated') {
            failures = 0
            wasOpen = true
          }
          if (event.type === 'error') isFinal = finalErrors.has(event.error.code ?? '')
          options.onEvent(event)
        }
      } catch (error) {
        if (signal.aborted) return
        if (error instanceof ConnectError) {
          options.onProblem(error.problem)
          // A gateway that refuses what it took before is on its way down or up.
          isFinal ||= !error.retryable && !wasOpen
        }
      }
      channel = undefined
      if (signal.aborted) return
      if (isFinal) return options.onEnd()
      options.onDown()
      await delay(retryDelaysMs[Math.min(failures, retryDelaysMs.length - 1)] ?? 0, signal)
      failures += 1
    }
  }
  void run()

  return {
    send: (event) => channel?.send(event),
    sendSound(pcm) {
      if (!channel || !wire) return undefined
      const audio = wire.AudioPayload.fromBytes(new Uint8Array(pcm))
      const event: ClientEvent = { type: 'input_audio_buffer.append', audio }
      channel.send(event)
      return event
    },
    async stop() {
      abort.abort()
      await channel?.close()
    },
  }
}

function delay(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}

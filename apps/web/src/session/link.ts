import type { ParleyConnection } from '@parley/client'
import type { ClientEvent, ServerEvent } from '@parley/core'
import { ConnectError, loadWire, mintSecret, refusedConnection, type ConnectOptions } from './connect.ts'
import { problemOfRefusal, type Problem } from './problem.ts'
import { realtimeQuery, type OpeningSettings } from './realtime-query.ts'

/** What a link needs, and whom it tells. */
export interface LinkOptions {
  readonly gatewayUrl: string
  readonly needsSecret: boolean
  /** Asked before each session, so that a conversation begun on this link is continued. */
  readonly target: () => OpeningSettings & Pick<ConnectOptions, 'conversationId'>
  readonly onEvent: (event: ServerEvent) => void
  /** Something was said about the connection itself. */
  readonly onNotice: (event: ServerEvent) => void
  /** The connection is lost; another attempt follows. With `keeps`, what is sent meanwhile goes out then. */
  readonly onDown: (keeps: boolean) => void
  /** It is back: `resumed` to the same session, where nothing is missing; `continued` to a new one. */
  readonly onUp: (how: 'resumed' | 'continued') => void
  /** There will be no other attempt. */
  readonly onEnd: () => void
  readonly onProblem: (problem: Problem) => void
}

/** A session that is held up over lost connections until it is stopped. */
export interface Link {
  /** Does nothing without a session; over a lost connection it waits until that is back. */
  readonly send: (event: ClientEvent) => void
  /** Sends PCM16 at 24 kHz and gives the event that carried it; `undefined` without a session. */
  readonly sendSound: (pcm: ArrayBuffer) => ClientEvent | undefined
  /** Ends the session; nobody is told. */
  readonly stop: () => Promise<void>
}

const retryDelaysMs = [500, 1000, 2000, 4000, 8000] as const

/** After these the server closes, and coming back would only repeat it. */
const finalErrors: ReadonlySet<string> = new Set(['conversation_in_use', 'invalid_api_key', 'not_found'])

/** Connects now, comes back to the session after each loss, and begins another one where that is over. */
export function openLink(options: LinkOptions): Link {
  const abort = new AbortController()
  const { signal } = abort
  let connection: ParleyConnection | undefined
  let wire: Awaited<ReturnType<typeof loadWire>> | undefined
  /** A session has taken its settings. */
  let wasOpen = false
  /** The last attempt was refused, after there had been a session. */
  let wasRefused = false
  let isFinal = false

  const tell = (problem: Problem): void => {
    if (!signal.aborted) options.onProblem(problem)
  }

  /** A browser hides why a connection fails: what the gateway says over HTTP tells a refusal from an absence. */
  async function explain(current: () => boolean): Promise<void> {
    const { problem, retryable } = await refusedConnection({ gatewayUrl: options.gatewayUrl, signal })
    // One that takes sessions and did not take this one yet is asked again: it may be on its way down or up.
    if (signal.aborted || !current() || (wasOpen && !retryable)) return
    tell(problem)
    if (retryable) return
    isFinal = true
    await connection?.close()
  }

  /** Holds one session until it is over. */
  async function hold(isAgain: boolean): Promise<void> {
    const { gatewayUrl, needsSecret } = options
    const target = options.target()
    wire = await loadWire()
    const { connectSession, parseServerEvent } = wire
    let refused: ConnectError | undefined
    const secret = (): Promise<string> =>
      mintSecret({ record: target.record, person: target.person, signal }).catch((error: unknown) => {
        if (error instanceof ConnectError) refused = error
        throw error
      })
    connection = connectSession({
      url: gatewayUrl,
      query: realtimeQuery(target, target.conversationId),
      ...(needsSecret ? { secret } : { protocols: ['realtime'] }),
      giveUpAfterMs: Number.POSITIVE_INFINITY,
      onNotice: (event) => options.onNotice({ type: 'extension', dialect: 'openai-ga', event }),
      onState(state) {
        if (signal.aborted) return
        if (state.name === 'open') {
          if (state.how !== 'new') options.onUp(state.how)
          else if (isAgain) options.onUp('continued')
        }
        if (state.name !== 'reconnecting') return
        if (wasOpen) options.onDown(true)
        void explain(() => connection?.state === state).catch(() => undefined)
      },
    })
    for await (const json of connection) {
      if (signal.aborted) return
      const event = readEvent(() => parseServerEvent(json))
      if (event === undefined) continue
      if (event.type === 'session.updated') [wasOpen, wasRefused] = [true, false]
      if (event.type === 'error') isFinal ||= finalErrors.has(event.error.code ?? '')
      options.onEvent(event)
    }
    const { state } = connection
    if (refused) {
      tell(refused.problem)
      isFinal ||= !refused.retryable && !wasOpen
    } else if (state.name === 'closed' && state.code >= 400 && state.code < 600) {
      // A secret that has expired meanwhile is refused once; the next session has a new one.
      if (!wasOpen || wasRefused) tell(problemOfRefusal(state.code, state.reason))
      wasRefused = true
      isFinal ||= !wasOpen
    }
  }

  function readEvent(read: () => ServerEvent): ServerEvent | undefined {
    try {
      return read()
    } catch (error) {
      tell({ code: 'server_error', detail: error instanceof Error ? error.message : undefined })
      return undefined
    }
  }

  async function run(): Promise<void> {
    let failures = 0
    for (let isAgain = false; !signal.aborted; isAgain = true) {
      const began = performance.now()
      // Without the part that speaks the protocol there is nobody to tell: the page's own server is gone, too.
      await hold(isAgain).catch(() => undefined)
      connection = undefined
      if (signal.aborted) return
      if (isFinal) return options.onEnd()
      options.onDown(false)
      failures = performance.now() - began > stableMs ? 0 : failures + 1
      await delay(retryDelaysMs[Math.min(failures, retryDelaysMs.length - 1)] ?? 0, signal)
    }
  }
  void run()

  return {
    send(event) {
      if (!connection || !wire) return
      for (const frame of wire.openaiGa.connector().encode(event)) connection.send(JSON.parse(String(frame)))
    },
    sendSound(pcm) {
      if (!connection || !wire) return undefined
      const audio = wire.AudioPayload.fromBytes(new Uint8Array(pcm))
      connection.send({ type: 'input_audio_buffer.append', audio: audio.base64 })
      return { type: 'input_audio_buffer.append', audio }
    },
    async stop() {
      abort.abort()
      await connection?.close()
    },
  }
}

/** A session that held so long was none that fails again and again. */
const stableMs = 10_000

function delay(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}

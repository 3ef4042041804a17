import { errorTable, SessionMigrated } from '@parley/core'
import type { ClientEvent, Provider, RealtimeError, ServerEvent } from '@parley/core'
import type { ClientChannel, SessionSummary } from '@parley/core/session'
import type { Metrics } from './metrics.ts'

/** What one session is counted under. */
export interface SessionLabels {
  readonly backend: string
  readonly dialect: string
}

/** What one session is counted by. */
export interface SessionMetricsOptions {
  readonly labels: SessionLabels
  /** Names of all backends it may use. */
  readonly backends: readonly string[]
  /** Clock in ms. */
  readonly now: () => number
}

/** Counts one session from what passes by; it changes nothing of it. */
export interface SessionMetrics {
  /** The same channel, with what passes counted. */
  client(channel: ClientChannel): ClientChannel
  /** The same provider, with its connections timed. */
  provider(provider: Provider): Provider
  /** Runs the session, counted as active until it ends. */
  run(session: () => Promise<SessionSummary>): Promise<SessionSummary>
  /** `run` was called. */
  readonly hasRun: boolean
}

/** Close codes a session can end with: those registered for RFC 6455 that mean something here. */
const closeCodes: ReadonlySet<number> = new Set([
  1000, 1001, 1002, 1003, 1005, 1006, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 1015,
])

/** Nothing of this session is counted yet. */
export function createSessionMetrics(
  metrics: Metrics,
  { labels, backends, now }: SessionMetricsOptions,
): SessionMetrics {
  let hasRun = false
  /** Since when a person waits for sound, and what for. */
  let waiting: { readonly since: number; readonly after: 'speech' | 'request' } | undefined

  function sent(event: ClientEvent): void {
    if (event.type === 'input_audio_buffer.append') {
      metrics.audioBytes.inc({ ...labels, direction: 'in' }, event.audio.byteLength)
    } else if (event.type === 'response.create') waiting ??= { since: now(), after: 'request' }
  }

  function received(event: ServerEvent): void {
    if (event.type === 'response.output_audio.delta') {
      metrics.audioBytes.inc({ ...labels, direction: 'out' }, event.delta.byteLength)
      if (waiting === undefined) return
      const { since, after } = waiting
      metrics.firstAudio.observe({ ...labels, after }, secondsFrom(since))
      waiting = undefined
    } else if (event.type === 'input_audio_buffer.speech_stopped') {
      waiting = { since: now(), after: 'speech' }
    } else if (event.type === 'input_audio_buffer.speech_started') waiting = undefined
    else if (event.type === 'response.done') {
      waiting = undefined
      metrics.responses.inc({ ...labels, status: event.response.status ?? 'other' })
    } else if (event.type === 'error') {
      metrics.errors.inc({ ...labels, code: codeLabel(event.error.code) })
    } else if (event.type === 'extension') migrated(SessionMigrated.safeParse(event.event).data)
  }

  function migrated(event: SessionMigrated | undefined): void {
    if (event === undefined) return
    const { from, to, reason, restored } = event
    metrics.migrations.inc({
      from: backendLabel(from?.backend),
      to: backendLabel(to.backend),
      reason,
      restored,
    })
  }

  /** A session that was resumed may come from a backend that is not set up any more. */
  function backendLabel(name: string | undefined): string {
    return name !== undefined && backends.includes(name) ? name : 'other'
  }

  function secondsFrom(since: number): number {
    return Math.max(0, now() - since) / 1000
  }

  return {
    client: (channel) => ({
      send(event) {
        received(event)
        channel.send(event)
      },
      get bufferedBytes() {
        return channel.bufferedBytes
      },
      close: (close) => channel.close(close),
      [Symbol.asyncDispose]: () => channel[Symbol.asyncDispose](),
      async *[Symbol.asyncIterator]() {
        for await (const event of channel) {
          sent(event)
          yield event
        }
      },
    }),
    provider: (provider) => ({
      ...provider,
      async connect(request) {
        const since = now()
        let outcome = 'failed'
        try {
          const connected = await provider.connect(request)
          outcome = 'connected'
          return connected
        } finally {
          metrics.backendConnect.observe({ backend: provider.name, outcome }, secondsFrom(since))
        }
      },
    }),
    async run(session) {
      const since = now()
      hasRun = true
      let close: number | string = errorTable.internal_error.closeCode
      metrics.sessionsStarted.inc(labels)
      metrics.sessionsActive.inc(labels)
      try {
        const summary = await session()
        close = closeCodes.has(summary.close.code) ? summary.close.code : 'other'
        return summary
      } finally {
        metrics.sessionsActive.dec(labels)
        metrics.sessionsEnded.inc({ ...labels, close })
        metrics.sessionDuration.observe(labels, secondsFrom(since))
      }
    },
    get hasRun() {
      return hasRun
    },
  }
}

/** Counts a refusal of a frame that is no event: such a one never reaches the session. */
export function countInvalid(metrics: Metrics, labels: SessionLabels, { code }: RealtimeError): void {
  metrics.errors.inc({ ...labels, code: codeLabel(code) })
}

/** A code as a label: whatever a backend calls its errors, there are only so many labels. */
export function codeLabel(code: string | null | undefined): string {
  return code != null && Object.hasOwn(errorTable, code) ? code : 'other'
}

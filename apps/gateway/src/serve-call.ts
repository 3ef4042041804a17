import { setTimeout as delay } from 'node:timers/promises'
import { errorTable, RealtimeError, toErrorEvent, toRealtimeError, voiceLive } from '@parley/core'
import type { ClientEvent, Dialect } from '@parley/core'
import type { ClientChannel, ResumedSession, SessionPorts, SessionSummary } from '@parley/core/session'
import type { ContextStore } from '@parley/core/storage'
import type { LiveConversations } from './live-conversations.ts'
import type { Memory } from './memory/memory.ts'
import type { Metrics } from './metrics.ts'
import type { RealtimeRequest } from './realtime-request.ts'
import type { RecordKind } from './record-kinds.ts'
import type { Recorded, Recorder } from './recorder.ts'
import { codeLabel, createSessionMetrics } from './session-metrics.ts'
import { errorFields } from './telemetry.ts'
import type { Log } from './telemetry.ts'

/** Engines that stand in where a backend cannot hear. */
export type Ears = Pick<SessionPorts, 'transcriber' | 'speechDetector'>

/** What every session is made from. */
export interface ServeOptions {
  readonly store: ContextStore
  readonly live: LiveConversations
  readonly ears: Ears
  readonly recorder: Recorder
  readonly memory: Memory
  readonly runSession: (ports: SessionPorts) => Promise<SessionSummary>
  /** Sessions leave at the next end of a turn. */
  readonly leaving: AbortSignal
  readonly log: Log
  readonly metrics: Metrics
  readonly now: () => number
  readonly newId: (prefix: string) => string
}

/** One call. */
export interface Call extends RealtimeRequest {
  readonly dialect: Dialect
  readonly client: ClientChannel
  /** Comes before the client's first event. */
  readonly firstEvent: ClientEvent | undefined
  /** What is kept of it, `undefined` for nothing. */
  readonly record: RecordKind | undefined
  /** Kept out of recordings. */
  readonly credentials: readonly string[]
  /** Of a session that another process has begun. */
  readonly resumed?: ResumedSession | undefined
  /** Id of the resumable session it is. */
  readonly session?: string
  readonly onProgress?: SessionPorts['onProgress']
  readonly awayForMs?: SessionPorts['awayForMs']
}

/**
 * How long a Voice Live client is told nothing after the upgrade (ms). Its SDK calls handlers at once and refuses to
 * send from them until it has seen for itself that it is connected, a moment after the socket is.
 */
const voiceLiveSettleMs = 50

/** One session from its first to its last moment; never rejects. */
export async function serveCall(call: Call, options: ServeOptions): Promise<void> {
  const { conversationId, dialect, intent, resumed } = call
  const { live, log, store, now, newId } = options
  const [choice, ...others] = call.choices
  const labels = { backend: choice.provider.name, dialect: dialect.name }
  const backends = call.choices.map(({ provider }) => provider.name)
  const counted = createSessionMetrics(options.metrics, { labels, backends, now })
  const channel = counted.client(call.client)
  const fields = { conversation: conversationId, ...labels }
  if (dialect === voiceLive && resumed === undefined) await delay(voiceLiveSettleMs)
  let recorded: Recorded | undefined
  try {
    const summary = await live.takeOver({
      id: conversationId,
      session: call.session,
      reason: takenOver(),
      task: async (signal) => {
        const person =
          call.person === undefined
            ? undefined
            : await options.memory.people?.meet(call.person, conversationId)
        log.info(fields, resumed === undefined ? 'session started' : 'session taken over')
        const client = call.firstEvent === undefined ? channel : beginningWith(call.firstEvent, channel)
        const ends = { client, provider: counted.provider(choice.provider) }
        recorded = call.record && recordEnds(call.record, ends, { call, recorder: options.recorder })
        return counted.run(() =>
          options.runSession({
            ...options.ears,
            ...(recorded ?? ends),
            model: choice.model,
            failover: others.map(({ provider, model }) => {
              const metered = counted.provider(provider)
              return { provider: recorded?.also(metered) ?? metered, model }
            }),
            intent,
            store,
            context: call.context,
            person,
            onMemoryChange: (changed) =>
              options.memory.news.listen({ conversationId, person: call.person }, changed),
            summarizer: options.memory.summarizer,
            conversationId,
            isNew: call.isNew && resumed === undefined,
            resumed,
            leave: options.leaving,
            onProgress: call.onProgress,
            onFault: (thrown) => log.error({ ...fields, ...errorFields(thrown) }, 'fault in a session'),
            awayForMs: call.awayForMs,
            keepAudio: call.keepAudio,
            now,
            newId,
            signal,
          }),
        )
      },
    })
    const { turns, durationMs, close } = summary
    // A client's own reason is its own words.
    const error = close.reason in errorTable ? close.reason : undefined
    log.info({ ...fields, turns, durationMs, code: close.code, error }, 'session ended')
  } catch (thrown) {
    const error = toRealtimeError(thrown)
    if (!counted.hasRun) options.metrics.sessionsRefused.inc({ code: codeLabel(error.code) })
    log.warn({ ...fields, ...errorFields(thrown) }, 'session failed')
    channel.send(toErrorEvent(error, newId('event')))
    await channel.close({ code: error.closeCode, reason: error.code })
  } finally {
    await recorded?.end()
  }
}

/** What a session is told whose conversation another connection wants. */
export function takenOver(): RealtimeError {
  const message = 'Another connection has taken this conversation over.'
  return new RealtimeError('conversation_in_use', message, { param: 'conversation' })
}

function recordEnds(
  kind: RecordKind,
  ends: Pick<SessionPorts, 'client' | 'provider'>,
  { call, recorder }: { readonly call: Call; readonly recorder: Recorder },
): Recorded {
  const { choices, dialect, credentials } = call
  return recorder.begin(kind, { ...ends, model: choices[0].model, dialect: dialect.name, credentials })
}

/** The same channel with one event ahead of what the client sends. */
function beginningWith(event: ClientEvent, channel: ClientChannel): ClientChannel {
  return {
    send: (sent) => channel.send(sent),
    get bufferedBytes() {
      return channel.bufferedBytes
    },
    close: (close) => channel.close(close),
    [Symbol.asyncDispose]: () => channel[Symbol.asyncDispose](),
    async *[Symbol.asyncIterator]() {
      yield event
      yield* channel
    },
  }
}

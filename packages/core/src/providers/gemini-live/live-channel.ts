import { setTimeout as sleep } from 'node:timers/promises'
import { Inbox } from '../../channel/inbox.ts'
import type { Output, Translation } from '../../dialects/gemini-live/index.ts'
import { RealtimeError, toRealtimeError } from '../../errors.ts'
import { toExtension } from '../../events/parley-events.ts'
import type { SessionMigrated } from '../../events/parley-events.ts'
import type { ServerEvent } from '../../events/server-events.ts'
import type { ProviderChannel } from '../provider.ts'
import { isFinal } from './close-reason.ts'
import type { Connection } from './connection.ts'

/** How often and how patiently a lost connection is dialled again. */
export interface ReconnectLimits {
  /** Dials in a row that may fail. Default 4. */
  readonly attempts: number
  /** Pause after the first failure; it doubles each time. Default 500 ms. */
  readonly delayMs: number
}

/** What a channel over changing connections needs. */
export interface LiveChannelOptions {
  readonly translation: Translation
  /** The first connection, open and silent. */
  readonly connection: Connection
  readonly dial: (signal: AbortSignal) => Promise<Connection>
  /** From a setup to its completion (ms). */
  readonly setupTimeoutMs: number
  readonly reconnect: ReconnectLimits
  readonly newId: (prefix: string) => string
  /** Names for the client, who hears when a session went on over another connection. */
  readonly backend: SessionMigrated['to']
}

/** Bytes of events not yet taken above which nothing more is read. */
const maxPendingBytes = 1024 * 1024

/** Time kept free before the service hangs up (ms). */
const leaveReserveMs = 2000

/**
 * One session of GA events over as many connections as it takes. A lost connection, an announced end and a setting
 * that is fixed for a connection all lead to the next one, with the service's handle or with the history.
 */
export function liveChannel(options: LiveChannelOptions): ProviderChannel {
  const { translation, newId, reconnect } = options
  const stop = new AbortController()
  let roomMade = Promise.withResolvers<void>()
  const inbox = new Inbox<ServerEvent>(() => roomMade.resolve())
  let connection: Connection | undefined = options.connection
  let replacementWanted = false
  /** The service said that it hangs up. */
  let leaving = false
  /** Connections in a row that ended with nothing said after the setup. */
  let silentEnds = 0
  let leaveTimer: NodeJS.Timeout | undefined
  let setupTimer: NodeJS.Timeout | undefined
  let setupLate = false

  function perform(outputs: readonly Output[]): void {
    for (const output of outputs) {
      if (output.to === 'client') inbox.push(output.event, sizeOf(output.event))
      else if (output.to === 'backend') send(output.message)
      else wantReplacement(output.leaveWithinMs)
    }
    if (translation.ready) clearTimeout(setupTimer)
    if (replacementWanted && translation.ready && translation.idle) void replace()
  }

  function send(message: Extract<Output, { to: 'backend' }>['message']): void {
    if ('setup' in message) {
      clearTimeout(setupTimer)
      const waiting = connection
      setupTimer = setTimeout(() => {
        setupLate = true
        void waiting?.channel.close()
      }, options.setupTimeoutMs)
    }
    connection?.channel.send(message)
  }

  function wantReplacement(withinMs: number | undefined): void {
    replacementWanted = true
    if (withinMs === undefined) return
    leaving = true
    clearTimeout(leaveTimer)
    leaveTimer = setTimeout(() => void replace(), Math.max(0, withinMs - leaveReserveMs))
  }

  /** The service refuses to resume a session that is still connected, so the old connection goes first. */
  async function replace(): Promise<void> {
    const old = connection
    if (!old || stop.signal.aborted) return
    connection = undefined
    perform(translation.disconnected())
    await old.channel.close()
    await dialAgain(leaving ? 'notice' : undefined)
  }

  /** `reason` is `undefined` where the client asked for a setting that needs another connection. */
  async function dialAgain(reason: SessionMigrated['reason'] | undefined): Promise<void> {
    clearTimeout(leaveTimer)
    let failure: RealtimeError | undefined
    let restored: SessionMigrated['restored'] = 'full'
    for (let attempt = 0; attempt < reconnect.attempts; attempt++) {
      // One dial after the other.
      // oxlint-disable-next-line no-await-in-loop
      if (attempt > 0) await pause(reconnect.delayMs * 2 ** (attempt - 1))
      if (stop.signal.aborted) return
      const resuming = translation.resumable
      // oxlint-disable-next-line no-await-in-loop
      failure = await begin(resuming ? 'resume' : 'anew')
      if (!resuming) restored = 'transcript'
      // A refused handle is no failed dial: the history goes to a new session at once.
      if (failure && resuming && !isFinal(failure) && refusesHandle(failure)) {
        restored = 'transcript'
        // oxlint-disable-next-line no-await-in-loop
        failure = await begin('anew')
      }
      if (!failure) {
        leaving = false
        if (reason) tellOfMove(reason, restored)
        return
      }
      if (isFinal(failure)) break
    }
    if (failure) fail(leaving && !isFinal(failure) ? expired(failure) : failure)
  }

  /** Opens a connection and sets it up; gives why that failed. */
  async function begin(how: 'resume' | 'anew'): Promise<RealtimeError | undefined> {
    try {
      const opened = await options.dial(stop.signal)
      if (stop.signal.aborted) return void opened.channel.close()
      connection = opened
      replacementWanted = false
      const ready = read(opened)
      perform(translation.reconnected(how))
      await ready
      if (translation.ready) return undefined
      perform(translation.disconnected())
      return endOf(opened)
    } catch (error) {
      return toRealtimeError(error, 'backend_unavailable')
    }
  }

  /** Resolves when the setup is complete or the connection ended before that; reading goes on behind. */
  function read(opened: Connection): Promise<void> {
    const settled = Promise.withResolvers<void>()
    let wasReady = false
    async function pump(): Promise<void> {
      try {
        for await (const message of opened.channel) {
          if (wasReady) silentEnds = 0
          perform(message instanceof RealtimeError ? [warningOf(message)] : translation.fromServer(message))
          if (translation.ready && connection === opened) {
            wasReady = true
            settled.resolve()
          }
          if (inbox.pendingBytes > maxPendingBytes) await room()
        }
      } catch {
        // Why is known from its close.
      }
      settled.resolve()
      if (connection !== opened || stop.signal.aborted) return
      connection = undefined
      if (wasReady) await lost(opened)
      else if (opened === options.connection) fail(endOf(opened))
    }
    void pump()
    return settled.promise
  }

  async function lost(gone: Connection): Promise<void> {
    perform(translation.disconnected())
    const reason = endOf(gone)
    if (isFinal(reason) || silentEnds >= reconnect.attempts) return fail(reason)
    if (silentEnds++ > 0) await pause(reconnect.delayMs * 2 ** silentEnds)
    await dialAgain(leaving ? 'notice' : 'lost')
  }

  function tellOfMove(reason: SessionMigrated['reason'], restored: SessionMigrated['restored']): void {
    const event: SessionMigrated = {
      type: 'parley.session.migrated',
      event_id: newId('event'),
      reason,
      from: options.backend,
      to: options.backend,
      restored,
      unfinished_item_id: null,
      context: ownMemory,
    }
    inbox.push(toExtension(event), 256)
  }

  function fail(error: RealtimeError): void {
    if (stop.signal.aborted) return
    inbox.end(error)
    void shut()
  }

  async function shut(): Promise<void> {
    stop.abort()
    clearTimeout(leaveTimer)
    clearTimeout(setupTimer)
    roomMade.resolve()
    await connection?.channel.close()
  }

  async function room(): Promise<void> {
    while (inbox.pendingBytes > maxPendingBytes && !stop.signal.aborted) {
      roomMade = Promise.withResolvers<void>()
      // Woken by each event taken.
      // oxlint-disable-next-line no-await-in-loop
      await roomMade.promise
    }
  }

  async function pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: stop.signal }).catch(() => undefined)
  }

  function warningOf({ code, message, param }: RealtimeError): Output {
    const warning = { code, message: `${message} It was left out.`, param: param ?? null }
    return { to: 'client', event: { type: 'warning', event_id: newId('event'), warning } }
  }

  function endOf({ ended }: Connection): RealtimeError {
    if (ended && !setupLate) return ended
    setupLate = false
    const message = `Gemini Live did not complete the setup within ${options.setupTimeoutMs} ms.`
    return new RealtimeError('backend_unavailable', message)
  }

  perform(translation.created())
  void read(options.connection)

  return {
    send(event) {
      if (!stop.signal.aborted) perform(translation.fromClient(event))
    },
    get bufferedBytes() {
      return connection?.channel.bufferedBytes ?? 0
    },
    close() {
      inbox.drop()
      inbox.end()
      return shut()
    },
    [Symbol.asyncIterator]: () => inbox[Symbol.asyncIterator](),
    [Symbol.asyncDispose]() {
      return this.close()
    },
  }
}

/** Nothing is told by Parley where the service goes on by itself. */
const ownMemory: SessionMigrated['context'] = {
  strategy: 'full',
  way: 'none',
  budget_tokens: null,
  tokens: 0,
  items: 0,
  summarized: 0,
  left_out: 0,
  summary_by: null,
  pinned: 0,
  facts: 0,
}

function expired(cause: RealtimeError): RealtimeError {
  const message = 'The session at Gemini Live ended, and it could not be continued.'
  return new RealtimeError('session_expired', message, { cause })
}

/** A handle that is too old or unknown is answered with an error of the request, not of the network. */
function refusesHandle(failure: RealtimeError): boolean {
  return failure.code === 'backend_unavailable' && /code 10(07|08|11)/.test(failure.message)
}

function sizeOf(event: ServerEvent): number {
  return event.type === 'response.output_audio.delta' ? event.delta.byteLength : 256
}

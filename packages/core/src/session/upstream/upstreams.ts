import { normalClose } from '../../channel/close.ts'
import { RealtimeError, toRealtimeError } from '../../errors.ts'
import type { ClientEvent } from '../../events/client-events.ts'
import type { ServerEvent, SessionCreated } from '../../events/server-events.ts'
import type { Capabilities } from '../../providers/capabilities.ts'
import type { ConnectRequest, ProviderChannel } from '../../providers/provider.ts'
import { newDialPlan, nextDial, proved } from './dial-plan.ts'
import type { Dial } from './dial-plan.ts'
import type { Backend, RecoveryOptions } from '../ports.ts'
import type { Successor } from './upstream-state.ts'

/** The connections of one session to backends: one is in use, another may be dialled or stand by. */
export interface Upstreams {
  /** Dials until a backend answers; its events are held until `takeOver`. Rejects with why none did. */
  first(): Promise<Successor>
  /** Tells what happens from now on, but for what the session in use has to say before `takeOver`. */
  listen(listener: UpstreamsListener): void
  /** Dials for a successor and reports it; `cause` is why the one in use ended. */
  dial(cause: RealtimeError | undefined): void
  /** The last reported one is in use from now on; the one before is closed, and nothing it says is heard. */
  takeOver(): void
  send(event: ClientEvent): void
  /** Closes all of them; `reason` is what a dial under way rejects with. */
  close(reason?: unknown): Promise<void>
}

/** What the connections need, and whom they tell. */
export interface UpstreamsOptions {
  /** The first is dialled first. */
  readonly backends: readonly [Backend, ...Backend[]]
  readonly intent: ConnectRequest['intent']
  readonly recovery: RecoveryOptions
  /** How often `first` dials. */
  readonly firstTries: number
  /** Clock in ms. */
  readonly now: () => number
}

/** Who is told of the connections. */
export interface UpstreamsListener {
  /** The one in use says something. */
  event(event: ServerEvent): void
  /** The one in use has ended. */
  lost(error: RealtimeError): void
  /** A successor stands by. */
  ready(successor: Successor): void
  /** None can be had, or the one that stood by has ended. */
  failed(error: RealtimeError): void
}

/** A session at a backend that has lasted so long has proved that the backend works (ms). */
const provenAfterMs = 60_000

/** Events of a session that stands by; more than a few greetings are not expected. */
const maxEarlyEvents = 256

interface Link {
  readonly channel: ProviderChannel
  readonly since: number
  /** What it said while it stood by. */
  readonly early: ServerEvent[]
  /** Why it ended while it stood by. */
  ended?: RealtimeError
}

/** Creates the connections; nothing is dialled yet. */
export function createUpstreams(options: UpstreamsOptions): Upstreams {
  const { backends, recovery, now } = options
  const over = new AbortController()
  let plan = newDialPlan(backends.length)
  let listener: UpstreamsListener | undefined
  let inUse: Link | undefined
  let standby: Link | undefined
  let dialling = false
  const closing = new Set<Promise<void>>()

  async function open({ provider, model }: Backend): Promise<Successor> {
    const capabilities = provider.capabilitiesFor?.(model) ?? provider.capabilities
    const channel = await provider.connect({
      model,
      intent: intentAt(capabilities, options.intent),
      signal: over.signal,
    })
    if (over.signal.aborted) {
      void channel.close(normalClose)
      throw toRealtimeError(over.signal.reason, 'backend_unavailable')
    }
    const link: Link = { channel, since: now(), early: [] }
    const created = Promise.withResolvers<SessionCreated>()
    void read(link, created)
    standby = link
    return { backend: provider.name, model, capabilities, created: await created.promise }
  }

  /** Reads until the end, whatever becomes of the link; only the one in use is heard. */
  async function read(link: Link, created: PromiseWithResolvers<SessionCreated>): Promise<void> {
    let hasBegun = false
    const gone = (cause?: unknown): void => {
      const error =
        cause instanceof RealtimeError
          ? cause
          : new RealtimeError('backend_unavailable', 'The backend ended the connection.', { cause })
      if (!hasBegun) created.reject(error)
      else if (link === inUse) lose(error)
      else if (link === standby) {
        link.ended = error
        listener?.failed(error)
      }
    }
    try {
      for await (const event of link.channel) {
        if (!hasBegun && event.type === 'session.created') {
          hasBegun = true
          created.resolve(event)
          continue
        }
        if (link === inUse && link.early.length === 0) hear(event)
        else if (link === inUse || (link === standby && link.early.length < maxEarlyEvents))
          link.early.push(event)
      }
      gone()
    } catch (error) {
      gone(error)
    }
  }

  function hear(event: ServerEvent): void {
    if (event.type === 'response.done' && event.response.status === 'completed') plan = proved(plan)
    listener?.event(event)
  }

  function hearEarly(link: Link): void {
    while (link === inUse && link.early.length > 0) {
      const event = link.early.shift()
      if (event) hear(event)
    }
    if (link.ended && link === inUse) lose(link.ended)
  }

  function lose(error: RealtimeError): void {
    const link = inUse
    inUse = undefined
    if (link && now() - link.since >= provenAfterMs) plan = proved(plan)
    if (link) closeLink(link)
    listener?.lost(error)
  }

  /** Dials one backend after the other until one answers. */
  async function dialUntil(cause: RealtimeError | undefined, limits: RecoveryOptions): Promise<Successor> {
    let error = cause
    if (standby) closeLink(standby)
    standby = undefined
    let dial: Dial | undefined = nextDial(plan, { cause, hasFailed: false }, limits)
    while (dial) {
      plan = dial.plan
      try {
        // oxlint-disable-next-line no-await-in-loop -- one dial after the other
        await pause(dial.delayMs, over.signal)
        over.signal.throwIfAborted()
        // oxlint-disable-next-line no-await-in-loop -- one dial after the other
        return await open(backends[dial.index] ?? backends[0])
      } catch (thrown) {
        if (over.signal.aborted) throw toRealtimeError(over.signal.reason, 'backend_unavailable')
        standby = undefined
        error = toRealtimeError(thrown, 'backend_unavailable')
        dial = nextDial(plan, { cause: error, hasFailed: true }, limits)
      }
    }
    throw error ?? new RealtimeError('backend_unavailable', 'No backend can be dialled.')
  }

  async function dial(cause: RealtimeError | undefined): Promise<void> {
    if (dialling) return
    dialling = true
    try {
      const successor = await dialUntil(cause, recovery)
      dialling = false
      listener?.ready(successor)
    } catch (error) {
      dialling = false
      if (!over.signal.aborted) listener?.failed(toRealtimeError(error, 'backend_unavailable'))
    }
  }

  function closeLink({ channel }: Link): void {
    const closed = channel
      .close(normalClose)
      .catch(() => undefined)
      .finally(() => closing.delete(closed))
    closing.add(closed)
  }

  return {
    async first() {
      const successor = await dialUntil(undefined, { ...recovery, maxTries: options.firstTries })
      plan = { ...plan, tries: 0 }
      return successor
    },
    listen(to) {
      listener = to
    },
    dial: (cause) => void dial(cause),
    takeOver() {
      // A session that is resumed begins with its first one in use.
      if (!standby) return
      const old = inUse
      inUse = standby
      standby = undefined
      if (old) closeLink(old)
      // What follows from taking over comes first.
      const link = inUse
      if (link && (link.ended || link.early.length > 0)) queueMicrotask(() => hearEarly(link))
    },
    send: (event) => inUse?.channel.send(event),
    async close(reason) {
      over.abort(reason)
      for (const link of [inUse, standby]) if (link) closeLink(link)
      inUse = undefined
      standby = undefined
      await Promise.all(closing)
    },
  }
}

/** A backend without such sessions is opened for a conversation, and the session keeps it quiet. */
function intentAt(
  { transcriptionSessions }: Capabilities,
  intent: ConnectRequest['intent'],
): 'conversation' | 'transcription' {
  return transcriptionSessions ? (intent ?? 'conversation') : 'conversation'
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms <= 0) return
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, ms)
  const abort = (): void => reject(toRealtimeError(signal.reason, 'backend_unavailable'))
  signal.addEventListener('abort', abort, { once: true })
  try {
    await promise
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', abort)
  }
}

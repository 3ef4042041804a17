import type { Close } from '../channel/close.ts'
import { RealtimeError, toRealtimeError } from '../errors.ts'
import { toErrorEvent } from '../events/error-event.ts'
import type { ServerEvent, SessionCreated } from '../events/server-events.ts'
import { rememberedIn } from '../context/material.ts'
import { foldEntries, toSessionItems } from '../storage/context-items.ts'
import type { ContextEntry } from '../storage/context-store.ts'
import { createOutputPaths } from './listening/audio-path.ts'
import { createContextWriter } from './context-writer.ts'
import { createBackendSide } from './upstream/backend-side.ts'
import { createKeptSound } from './heard/kept-sound.ts'
import { lifeEntry } from './memory/log-entries.ts'
import { createOutbox } from './outbox.ts'
import type { MemoryChange, RecoveryOptions, SessionPorts, SessionSummary } from './ports.ts'
import { defaultContext } from './memory/memory.ts'
import { createMemoryNews } from './memory/memory-news.ts'
import type { MemoryNews } from './memory/memory-news.ts'
import { createProgress } from './progress.ts'
import { saidIn } from './memory/said.ts'
import { initialState } from './session-state.ts'
import type { SessionInput, SessionOutput, SessionState } from './session-state.ts'
import { step } from './step.ts'
import { createSummaryWriter } from './memory/summaries.ts'
import { transcribe } from './listening/transcribe.ts'
import { createUpstreams } from './upstream/upstreams.ts'
import type { Upstreams } from './upstream/upstreams.ts'

/**
 * Runs one session between a client and a backend until either leaves or `signal` fires. Never rejects: what goes
 * wrong is told to the client, and both channels are closed when it resolves.
 */
export async function runSession(ports: SessionPorts): Promise<SessionSummary> {
  const { client, conversationId, now } = ports
  const startedAt = now()
  const news = createMemoryNews(ports)
  try {
    const { state, close } = await converse(ports, news)
    return { conversationId, turns: state.turns, durationMs: now() - startedAt, close }
  } catch (error) {
    const close = await reject(ports, toRealtimeError(error, 'backend_unavailable'))
    return { conversationId, turns: 0, durationMs: now() - startedAt, close }
  } finally {
    news.stop()
    await client.close()
  }
}

/** The session never began: say why, and close. */
async function reject({ client, newId }: SessionPorts, error: RealtimeError): Promise<Close> {
  const close = { code: error.closeCode, reason: error.code }
  client.send(toErrorEvent(error, newId('event')))
  await client.close(close)
  return close
}

/** How sessions at backends are replaced where nothing else is asked for. */
const defaultRecovery: RecoveryOptions = {
  maxTries: 8,
  baseDelayMs: 250,
  maxDelayMs: 5_000,
  leadMs: 60_000,
  marginMs: 5_000,
  silenceMs: 20_000,
  random: Math.random,
}

/** Timers cannot wait longer than this; no session lasts so long (ms). */
const longestTimerMs = 2 ** 31 - 1

interface Ended {
  readonly state: SessionState
  readonly close: Close
}

async function converse(ports: SessionPorts, news: MemoryNews): Promise<Ended> {
  const { store, conversationId, signal } = ports
  const stored = ports.isNew === true ? undefined : await store.load(conversationId)
  const recovery = { ...defaultRecovery, ...ports.recovery }
  const backends = [ports, ...(ports.failover ?? [])] as const
  const upstreams = createUpstreams({
    backends,
    intent: ports.intent,
    recovery,
    firstTries: ports.resumed ? Math.max(backends.length, recovery.maxTries) : backends.length,
    now: ports.now,
  })
  const abort = (): void => void upstreams.close(signal.reason)
  signal.addEventListener('abort', abort)
  if (signal.aborted) abort()
  const first = await upstreams.first().finally(() => signal.removeEventListener('abort', abort))
  const run = createShell(ports, upstreams, {
    news,
    revision: stored?.revision ?? 0,
    state: initialState({
      capabilities: first.capabilities,
      backend: { backend: first.backend, model: first.model },
      recovery: recovery.maxTries > 0 ? recovery : undefined,
      resumed: ports.resumed,
      conversationId,
      items: toSessionItems(foldEntries(stored?.entries ?? [])),
      memory: {
        options: ports.context ?? defaultContext,
        ...rememberedIn(stored?.entries ?? []),
        person: ports.person?.facts ?? [],
        canSummarize: ports.summarizer !== undefined,
      },
      idSeed: ports.newId('').slice(1),
      canTranscribe: ports.transcriber !== undefined,
      kind: ports.intent === 'transcription' ? 'transcription' : undefined,
      updateTimeoutMs: ports.limits?.updateTimeoutMs,
    }),
  })
  return await run(first.created)
}

function createShell(
  ports: SessionPorts,
  upstreams: Upstreams,
  initial: { readonly state: SessionState; readonly revision: number; readonly news: MemoryNews },
): (created: SessionCreated) => Promise<Ended> {
  const { client, store, conversationId, now, newId, signal, transcriber, speechDetector, person, limits } =
    ports
  let { state } = initial
  const writer = createContextWriter(store, conversationId, initial.revision, (entries) =>
    take({ from: 'store', entries, at: now() }),
  )
  const backend = createBackendSide({
    upstreams,
    detector: speechDetector,
    noticed: (speech, ms) => take({ from: 'detector', speech, ms, at: now() }),
  })
  const output = createOutputPaths()
  const summaries =
    ports.summarizer &&
    createSummaryWriter(ports.summarizer, (summary) => take({ from: 'summarizer', summary, at: now() }))
  const kept = ports.keepAudio === true ? createKeptSound(store, conversationId) : undefined
  const over = new AbortController()
  const progress = ports.onProgress && createProgress(ports.onProgress)
  let stored: Promise<unknown> = Promise.resolve()
  let isFaulty = false
  // A session in which nothing is said leaves nothing behind, not even that it began.
  let beginning = [lifeEntry(state, ports.resumed ? 'resumed' : 'connected', undefined)]
  const timers = new Set<ReturnType<typeof setTimeout>>()
  const ended = Promise.withResolvers<Close>()
  const outbox = createOutbox(client, {
    newId,
    onFailure: storeFailed,
    onFault: fault,
    patienceMs: limits?.storePatienceMs,
  })

  function storeFailed(error: RealtimeError): void {
    if (error.code === 'revision_conflict') {
      const taken = new RealtimeError('conversation_in_use', 'Another session continued this conversation.')
      return take({ from: 'clock', end: taken, at: now() })
    }
    client.send(toErrorEvent(error, newId('event')))
  }

  function take(next: SessionInput): void {
    try {
      const result = step(state, next)
      state = result.state
      for (const wanted of result.outputs) perform(wanted)
      progress?.taken(state, stored)
    } catch (thrown) {
      fault(thrown)
    }
  }

  /** A session that broke inside ends, and no other call of the process hears of it. */
  function fault(thrown: unknown): void {
    ports.onFault?.(thrown)
    const error = toRealtimeError(thrown)
    if (isFaulty) return ended.resolve({ code: error.closeCode, reason: error.code })
    isFaulty = true
    take({ from: 'clock', end: error, at: now() })
  }

  function perform(wanted: SessionOutput): void {
    switch (wanted.to) {
      case 'client':
        kept?.told(wanted.event, state)
        return sendToClient(wanted.event)
      case 'provider':
        kept?.said(wanted.event, state)
        return backend.send(wanted.event, state)
      case 'upstream':
        if ('dial' in wanted) return upstreams.dial(wanted.dial.cause)
        return 'takeOver' in wanted ? backend.takeOver() : backend.resend(wanted, state)
      case 'store':
        return keep(wanted.entries)
      case 'outbox':
        output.drop(wanted.dropAudioOf)
        return outbox.dropAudioOf(wanted.dropAudioOf)
      case 'clock':
        return wakeAt(wanted.wakeAt)
      case 'recorder':
        return backend.keep(wanted.keep, wanted.span)
      case 'transcriber':
        return writeDown(wanted.itemId, wanted.language)
      case 'summarizer':
        return summaries?.write(wanted.request)
      case 'end':
        return ended.resolve(wanted.close)
    }
  }

  function sendToClient(event: ServerEvent): void {
    if (event.type === 'response.output_audio.delta') {
      const { provider: from, client: to } = state.settings.output
      const delta = output.convert(event, event.delta, { from, to })
      if (delta) outbox.push(delta === event.delta ? event : { ...event, delta })
      return
    }
    if (event.type === 'response.output_audio.done') {
      const delta = output.finish(event)
      const type = 'response.output_audio.delta'
      if (delta) outbox.push({ ...event, type, event_id: `${event.event_id}_tail`, delta })
    }
    if (event.type === 'response.done' && event.response.id !== undefined) output.drop(event.response.id)
    outbox.push(event)
  }

  function keep(entries: readonly ContextEntry[]): void {
    stored = writer.append([...beginning, ...entries])
    beginning = []
    outbox.holdUntil(stored)
    kept?.after(stored)
    learn(entries)
  }

  function learn(entries: readonly ContextEntry[]): void {
    if (!person) return
    for (const said of saidIn(entries)) {
      void person.learn(said).then((facts) => take({ from: 'person', facts, at: now() }))
    }
  }

  function memoryChanged(change: MemoryChange): void {
    if ('entries' in change) return take({ from: 'store', entries: change.entries, at: now() })
    take({ from: 'person', facts: change.person, byOthers: true, at: now() })
  }

  function wakeAt(reached: number): void {
    const waitMs = Math.max(0, reached - now())
    if (waitMs > longestTimerMs) return
    const timer = setTimeout(() => {
      timers.delete(timer)
      take({ from: 'clock', reached, at: now() })
    }, waitMs)
    timers.add(timer)
  }

  function writeDown(itemId: string, language: string | undefined): void {
    if (!transcriber) return
    const options = { language, speculative: false, signal: over.signal }
    void transcribe(transcriber, backend.take(itemId), options).then((result) =>
      take({ from: 'transcriber', itemId, result, at: now() }),
    )
  }

  upstreams.listen({
    event: (event) => take({ from: 'provider', event, at: now() }),
    lost: (lost) => take({ from: 'provider', lost, at: now() }),
    ready: (ready) => take({ from: 'upstream', ready, at: now() }),
    failed: (failed) => take({ from: 'upstream', failed, at: now() }),
  })

  async function readClient(): Promise<void> {
    try {
      for await (const event of client) {
        // What comes after the end is for whoever goes on with the session.
        if (state.phase !== 'closed') progress?.taking(event)
        take({ from: 'client', event, at: now() })
        await backend.settled()
      }
    } finally {
      // Whoever is away hears nothing.
      take({ from: 'clock', end: undefined, at: now() - (ports.awayForMs?.() ?? 0) })
    }
  }

  function abort(): void {
    take({ from: 'clock', end: toRealtimeError(signal.reason, 'backend_unavailable'), at: now() })
  }

  function leave(): void {
    take({ from: 'clock', leave: true, at: now() })
  }

  return async function run(created): Promise<Ended> {
    signal.addEventListener('abort', abort)
    if (signal.aborted) abort()
    upstreams.takeOver()
    take({ from: 'provider', event: created, at: now() })
    initial.news.hear(memoryChanged)
    ports.leave?.addEventListener('abort', leave)
    if (ports.leave?.aborted) leave()
    const reading = Promise.allSettled([readClient()])
    const close = await ended.promise
    signal.removeEventListener('abort', abort)
    ports.leave?.removeEventListener('abort', leave)
    for (const timer of timers) clearTimeout(timer)
    over.abort()
    summaries?.stop()
    await outbox.drained()
    await kept?.close()
    writer.close()
    await Promise.allSettled([client.close(close), backend.close()])
    await reading
    return { state, close }
  }
}

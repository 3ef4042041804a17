import { normalClose } from '../channel/close.ts'
import type { Close } from '../channel/close.ts'
import { RealtimeError, toRealtimeError } from '../errors.ts'
import { toErrorEvent } from '../events/error-event.ts'
import type { ServerEvent } from '../events/server-events.ts'
import type { ProviderChannel } from '../providers/provider.ts'
import { foldEntries, toReplayItems } from '../storage/context-items.ts'
import { createOutputPaths } from './audio-path.ts'
import { createContextWriter } from './context-writer.ts'
import { createInputSide } from './input-side.ts'
import { createOutbox } from './outbox.ts'
import type { SessionPorts, SessionSummary } from './ports.ts'
import { initialState } from './session-state.ts'
import type { SessionInput, SessionOutput, SessionState } from './session-state.ts'
import { step } from './step.ts'
import { transcribe } from './transcribe.ts'

/**
 * Runs one session between a client and a backend until either leaves or `signal` fires. Never rejects: what goes
 * wrong is told to the client, and both channels are closed when it resolves.
 */
export async function runSession(ports: SessionPorts): Promise<SessionSummary> {
  const { client, conversationId, now } = ports
  const startedAt = now()
  try {
    const { state, close } = await converse(ports)
    return { conversationId, turns: state.turns, durationMs: now() - startedAt, close }
  } catch (error) {
    const close = await reject(ports, toRealtimeError(error, 'backend_unavailable'))
    return { conversationId, turns: 0, durationMs: now() - startedAt, close }
  } finally {
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

interface Ended {
  readonly state: SessionState
  readonly close: Close
}

async function converse(ports: SessionPorts): Promise<Ended> {
  const { store, conversationId, signal } = ports
  const stored = await store.load(conversationId)
  const capabilities = ports.provider.capabilitiesFor?.(ports.model) ?? ports.provider.capabilities
  // A backend without such sessions is opened for a conversation, and the session keeps it quiet.
  const intent = capabilities.transcriptionSessions ? (ports.intent ?? 'conversation') : 'conversation'
  await using provider = await ports.provider.connect({
    model: ports.model,
    intent,
    signal,
  })
  const run = createShell(ports, provider, {
    revision: stored?.revision ?? 0,
    state: initialState({
      capabilities,
      conversationId,
      items: toReplayItems(foldEntries(stored?.entries ?? [])),
      idSeed: ports.newId('').slice(1),
      canTranscribe: ports.transcriber !== undefined,
      kind: ports.intent === 'transcription' ? 'transcription' : undefined,
      updateTimeoutMs: ports.limits?.updateTimeoutMs,
    }),
  })
  return await run()
}

function createShell(
  { client, store, conversationId, now, signal, transcriber, speechDetector }: SessionPorts,
  provider: ProviderChannel,
  initial: { readonly state: SessionState; readonly revision: number },
): () => Promise<Ended> {
  let { state } = initial
  const writer = createContextWriter(store, conversationId, initial.revision)
  const input = createInputSide({
    send: (event) => provider.send(event),
    detector: speechDetector,
    noticed: (speech, ms) => take({ from: 'detector', speech, ms, at: now() }),
  })
  const output = createOutputPaths()
  const over = new AbortController()
  const timers = new Set<ReturnType<typeof setTimeout>>()
  const opened = Promise.withResolvers<void>()
  const ended = Promise.withResolvers<Close>()
  const outbox = createOutbox(client, storeFailed)
  let toldAboutStore = false

  function storeFailed(error: RealtimeError): void {
    if (error.code === 'revision_conflict') {
      const taken = new RealtimeError('conversation_in_use', 'Another session continued this conversation.')
      return take({ from: 'clock', end: taken, at: now() })
    }
    if (toldAboutStore) return
    toldAboutStore = true
    client.send(toErrorEvent(error, `event_store_${initial.state.idSeed}`))
  }

  function take(next: SessionInput): void {
    const result = step(state, next)
    state = result.state
    for (const wanted of result.outputs) perform(wanted)
  }

  function perform(wanted: SessionOutput): void {
    switch (wanted.to) {
      case 'client':
        return sendToClient(wanted.event)
      case 'provider':
        return input.send(wanted.event, state)
      case 'store':
        return outbox.holdUntil(writer.append(wanted.entries))
      case 'outbox':
        output.drop(wanted.dropAudioOf)
        return outbox.dropAudioOf(wanted.dropAudioOf)
      case 'clock':
        return wakeAt(wanted.wakeAt)
      case 'recorder':
        return input.keep(wanted.keep, wanted.span)
      case 'transcriber':
        return writeDown(wanted.itemId, wanted.language)
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

  function wakeAt(reached: number): void {
    const timer = setTimeout(
      () => {
        timers.delete(timer)
        take({ from: 'clock', reached, at: now() })
      },
      Math.max(0, reached - now()),
    )
    timers.add(timer)
  }

  function writeDown(itemId: string, language: string | undefined): void {
    if (!transcriber) return
    const options = { language, speculative: false, signal: over.signal }
    void transcribe(transcriber, input.take(itemId), options).then((result) =>
      take({ from: 'transcriber', itemId, result, at: now() }),
    )
  }

  async function readProvider(): Promise<void> {
    const gone = (cause?: unknown): SessionInput => ({
      from: 'provider',
      lost:
        cause instanceof RealtimeError
          ? cause
          : new RealtimeError('backend_unavailable', 'The backend ended the connection.', { cause }),
      at: now(),
    })
    try {
      for await (const event of provider) {
        take({ from: 'provider', event, at: now() })
        opened.resolve()
      }
      take(gone())
    } catch (error) {
      take(gone(error))
    }
  }

  async function readClient(): Promise<void> {
    await Promise.race([opened.promise, ended.promise])
    try {
      for await (const event of client) {
        take({ from: 'client', event, at: now() })
        await input.settled()
      }
    } finally {
      take({ from: 'clock', end: undefined, at: now() })
    }
  }

  function abort(): void {
    take({ from: 'clock', end: toRealtimeError(signal.reason, 'backend_unavailable'), at: now() })
  }

  return async function run(): Promise<Ended> {
    signal.addEventListener('abort', abort)
    if (signal.aborted) abort()
    const reading = Promise.allSettled([readProvider(), readClient()])
    const close = await ended.promise
    signal.removeEventListener('abort', abort)
    for (const timer of timers) clearTimeout(timer)
    over.abort()
    await outbox.drained()
    await Promise.allSettled([client.close(close), provider.close(normalClose), input.close()])
    await reading
    return { state, close }
  }
}

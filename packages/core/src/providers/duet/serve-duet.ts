import type { PairedChannel } from '../../channel/channel-pair.ts'
import { RealtimeError, toRealtimeError } from '../../errors.ts'
import type { ClientEvent, ResponseCreate, SessionUpdate } from '../../events/client-events.ts'
import { toErrorEvent } from '../../events/error-event.ts'
import type { ServerEvent } from '../../events/server-events.ts'
import type { RealtimeSession } from '../../events/session-config.ts'
import type { ProviderChannel } from '../provider.ts'
import { answerOf } from './answer-of.ts'
import { createMindItems } from './mind-items.ts'
import { createPendingCreates } from './pending-creates.ts'
import { mergeSession, splitResponse, splitSession, type Modality } from './session-split.ts'
import { createTruncations } from './truncations.ts'
import { createTurn } from './turn.ts'
import { createTurns } from './turns.ts'
import type { VoiceLeg, VoiceSettings } from './voice-leg.ts'

/** What one client is served with. */
export interface DuetServerOptions {
  readonly mind: ProviderChannel
  readonly voice: VoiceLeg
  /** The mind forgets items when told to, so that an answer can be cut to what was heard. */
  readonly cutsAnswers: boolean
  readonly newId: (prefix: string) => string
}

/** An update that the mind has not answered. */
interface PendingUpdate {
  readonly eventId: string
  /** `undefined` for our own, which nobody is told of. */
  readonly asked: SessionUpdate | undefined
  readonly modality: Modality | undefined
  /** Settings of the voice to go back to. */
  readonly voiceBefore: VoiceSettings | undefined
}

/**
 * Serves one client with two backends as one: what the mind writes, the voice speaks. Ends with the mind, with
 * its error; resolves when both are told to close.
 */
export async function serveDuet(
  client: PairedChannel<ClientEvent, ServerEvent>,
  { mind, voice, cutsAnswers, newId }: DuetServerOptions,
): Promise<void> {
  const updates: PendingUpdate[] = []
  /** Our own events whose refusal is of no consequence. */
  const quiet = new Set<string>()
  const creates = createPendingCreates()
  const items = createMindItems({ send: (event) => mind.send(event), newId })
  const ownItems = new Set<string>()
  let session: RealtimeSession = { type: 'realtime' }
  let modality: Modality = 'audio'
  let closed = false

  function emit(event: ServerEvent): void {
    if (!closed) client.send(event)
  }
  function report(error: RealtimeError, eventId: string | undefined): void {
    const { code, message, param, cause } = error
    emit(toErrorEvent(new RealtimeError(code, message, { param, eventId, cause }), newId('event')))
  }
  function warn(message: string, code: string): void {
    emit({ type: 'warning', event_id: newId('event'), warning: { message, code, param: null } })
  }

  const truncations = createTruncations({ items, cutsAnswers, emit, report, newId })
  const turns = createTurns((turn) => truncations.settle(turn))

  /** Updates the mind and remembers what the answer to it is for. */
  function sendUpdate(config: RealtimeSession, pending: Omit<PendingUpdate, 'eventId'>): void {
    const eventId = newId('event')
    mind.send({ type: 'session.update', event_id: eventId, session: config as SessionUpdate['session'] })
    updates.push({ eventId, ...pending })
  }

  async function update(event: SessionUpdate): Promise<void> {
    if (event.session.type !== 'realtime') {
      const message = 'A conversation cannot become a transcription session.'
      throw new RealtimeError('unsupported', message, { param: 'session.type' })
    }
    const split = splitSession(event.session)
    const voiceBefore = split.voice && voice.settings
    if (split.voice) await voice.configure(split.voice)
    sendUpdate(split.mind, { asked: event, modality: split.modality, voiceBefore })
  }

  function updated(mindSession: RealtimeSession): void {
    session = mindSession
    const pending = updates.shift()
    modality = pending?.modality ?? modality
    if (pending && !pending.asked) return
    emit({
      type: 'session.updated',
      event_id: newId('event'),
      session: mergeSession(session, voice.settings, modality),
    })
  }

  function respond(event: ResponseCreate): void {
    const { mind: params, override, modality: asked } = splitResponse(event.response ?? {})
    const outOfBand = params.conversation === 'none'
    const active = outOfBand ? undefined : turns.active
    if (active) {
      const message = `Conversation already has an active response in progress: ${active.id}.`
      throw new RealtimeError('conversation_already_has_active_response', message)
    }
    const forMind = items.toMind({ ...event, response: params })
    if (forMind) mind.send(forMind)
    creates.add({ eventId: event.event_id, outOfBand, modality: asked, override })
  }

  function cancel(responseId: string | undefined, event: ClientEvent): void {
    const turn = responseId === undefined ? turns.active : turns.find(responseId)
    if (!turn?.spoken) return mind.send(event)
    turn.silence('client_cancelled')
    if (!turn.writing) return
    const eventId = newId('event')
    quiet.add(eventId)
    mind.send({ type: 'response.cancel', event_id: eventId, response_id: turn.id })
  }

  async function fromClient(event: ClientEvent): Promise<void> {
    switch (event.type) {
      case 'session.update':
        return update(event)
      case 'response.create':
        return respond(event)
      case 'response.cancel':
        return cancel(event.response_id ?? undefined, event)
      case 'conversation.item.truncate':
        return truncations.ask(event)
      case 'conversation.item.create': {
        const id = event.item.id ?? newId('item')
        ownItems.add(id)
        const named = items.toMind({ ...event, item: { ...event.item, id } })
        return named && mind.send(named)
      }
      case 'conversation.item.retrieve':
      case 'conversation.item.delete': {
        const named = items.toMind(event)
        if (named) return mind.send(named)
        const { item_id } = event
        if (event.type === 'conversation.item.delete')
          return emit({ type: 'conversation.item.deleted', event_id: newId('event'), item_id })
        throw new RealtimeError('item_retrieve_invalid_item_id', 'Nothing of this item was heard.', {
          param: 'item_id',
        })
      }
      case 'input_audio_buffer.append':
      case 'input_audio_buffer.commit':
      case 'input_audio_buffer.clear':
        return mind.send(event)
      case 'output_audio_buffer.clear':
      case 'extension':
        throw new RealtimeError('unsupported', 'This backend does not know this event.', { param: 'type' })
    }
  }

  function refused(event: Extract<ServerEvent, { type: 'error' }>): void {
    const eventId = event.error.event_id ?? undefined
    if (eventId !== undefined && quiet.delete(eventId)) return
    creates.refused(eventId)
    const index = updates.findIndex((pending) => pending.eventId === eventId)
    const pending = index === -1 ? undefined : updates.splice(index, 1)[0]
    if (!pending) return emit(event)
    if (!pending.asked) {
      return client.fail(
        new RealtimeError('backend_unavailable', `The mind cannot write: ${event.error.message}`),
      )
    }
    if (pending.voiceBefore) void voice.configure(pending.voiceBefore).catch(() => undefined)
    emit({ ...event, error: { ...event.error, event_id: pending.asked.event_id ?? null } })
  }

  function begin(event: Extract<ServerEvent, { type: 'response.created' }>): void {
    const asked = creates.answered(event.response)
    const outOfBand = asked?.outOfBand ?? event.response.conversation_id === null
    const spoken = (asked?.modality ?? modality) === 'audio' && voice.available
    const turn = createTurn({
      created: event,
      outOfBand,
      spoken,
      override: asked?.override,
      voice,
      emit,
      newId,
      muted: ({ code, message }) =>
        warn(`The voice fell silent; the answer goes on as text. ${message}`, code),
    })
    turn.take(event)
    truncations.follow(turn)
    turns.add(turn)
  }

  function fromMind(received: ServerEvent): void {
    if (items.takes(received)) return
    const event = items.toClient(received)
    // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- the other events need nothing here
    switch (event.type) {
      case 'session.created':
        return
      case 'session.updated':
        return event.session.type === 'realtime' ? updated(event.session) : emit(event)
      case 'error':
        return refused(event)
      case 'response.created':
        return begin(event)
      case 'conversation.item.retrieved':
        return emit({ ...event, item: truncations.shown(event.item) })
      case 'input_audio_buffer.speech_started':
        emit(event)
        if (session.audio?.input?.turn_detection?.interrupt_response !== false)
          turns.interrupt('turn_detected')
        return
      default: {
        const answer = answerOf(event, ownItems)
        const turn = answer === 'current' ? turns.written : answer && turns.find(answer)
        return turn ? turn.take(event) : emit(event)
      }
    }
  }

  async function listen(): Promise<void> {
    for await (const event of client) {
      try {
        // Events are answered in their order.
        // oxlint-disable-next-line no-await-in-loop
        await fromClient(event)
      } catch (error) {
        report(toRealtimeError(error), 'event_id' in event ? event.event_id : undefined)
      }
    }
  }

  async function think(): Promise<void> {
    let begun = false
    for await (const event of mind) {
      if (!begun && event.type === 'session.created' && event.session.type === 'realtime') {
        begun = true
        session = event.session
        sendUpdate(
          { type: 'realtime', output_modalities: ['text'] },
          { asked: undefined, modality: undefined, voiceBefore: undefined },
        )
        emit({ ...event, session: mergeSession(session, voice.settings, modality) })
      } else fromMind(event)
    }
  }

  const over = Promise.withResolvers<void>()
  think()
    .then(
      () => client.close(),
      (error: unknown) => client.fail(toRealtimeError(error, 'backend_unavailable')),
    )
    .finally(over.resolve)
  listen()
    .catch(() => undefined)
    .finally(over.resolve)
  await over.promise
  closed = true
  turns.abandon()
  await Promise.allSettled([mind.close(), voice[Symbol.asyncDispose]()])
}

import { durationMs, playoutEnd, withSound } from '@parley/audio'
import { RealtimeError } from '../errors.ts'
import type { ResponseCancel, ResponseCreate } from '../events/client-events.ts'
import type { Item } from '../events/items.ts'
import type {
  ResponseCreated,
  ResponseDone,
  ResponseOutputAudioDelta,
  ResponseOutputAudioTranscriptDelta,
  ResponseOutputItemAdded,
  ResponseOutputItemDone,
  ResponseOutputTextDelta,
  ServerEvent,
} from '../events/server-events.ts'
import { isSpoken, sentText, silentTrack, withText } from './heard.ts'
import type { Track } from './heard.ts'
import { itemDone } from './items.ts'
import { nothing, refuse, takeId } from './session-state.ts'
import type { ActiveResponse, SessionOutput, SessionState, Step } from './session-state.ts'
import { ownVoice, toolProblem, voiceProblem } from './updates.ts'

/** Asks for a response; only one at a time may write to the conversation. */
export function createResponse(state: SessionState, event: ResponseCreate): Step {
  const outOfBand = event.response?.conversation === 'none'
  const error = responseProblem(state, event, outOfBand)
  if (error) return refuse(state, error)
  const voice = event.response?.audio?.output?.voice
  const response =
    voice === undefined ? event.response : withVoice(event.response, ownVoice(voice, state.capabilities))
  return {
    state: outOfBand ? state : { ...state, requested: { eventId: event.event_id } },
    outputs: [{ to: 'provider', event: { ...event, ...(response && { response }) } }],
  }
}

/** Cancels one response, or the one that writes to the conversation; its queued sound is dropped. */
export function cancelResponse(state: SessionState, event: ResponseCancel): Step {
  const target = event.response_id == null ? defaultResponse(state) : state.responses.get(event.response_id)
  const coming = event.response_id == null && state.requested !== undefined
  if (!target && !coming) {
    const message = event.response_id
      ? `There is no active response '${event.response_id}'.`
      : 'Cancellation failed: there is no active response.'
    const details = { eventId: event.event_id, ...(event.response_id && { param: 'response_id' }) }
    return refuse(state, new RealtimeError('response_cancel_not_active', message, details))
  }
  const drop: SessionOutput[] = target ? [{ to: 'outbox', dropAudioOf: target.id }] : []
  return {
    state: { ...state, responses: silenced(state.responses, ({ id }) => id === target?.id) },
    outputs: [...drop, { to: 'provider', event }],
  }
}

/** A response begins. A backend that starts a second one in the conversation has its first ended here. */
export function responseCreated(state: SessionState, event: ResponseCreated): Step {
  const { id, conversation_id: conversationId } = event.response
  if (id === undefined || state.responses.has(id)) return nothing(state)
  const outOfBand = conversationId == null
  const earlier = outOfBand ? undefined : defaultResponse(state)
  const cleared = earlier ? endResponse(state, earlier, 'cancelled') : nothing(state)
  const response: ActiveResponse = { id, outOfBand, silenced: false, open: new Map() }
  const next = cleared.state
  return {
    state: {
      ...next,
      requested: outOfBand ? next.requested : undefined,
      responses: new Map(next.responses).set(id, response),
    },
    outputs: [...cleared.outputs, { to: 'client', event: inConversation(next, event) }],
  }
}

/** A response ends, once. */
export function responseDone(state: SessionState, event: ResponseDone): Step {
  const response = event.response.id === undefined ? undefined : state.responses.get(event.response.id)
  if (!response) return nothing(state)
  return forward(withoutResponse(state, response), inConversation(state, event))
}

/** An output item opens. */
export function outputItemAdded(state: SessionState, event: ResponseOutputItemAdded): Step {
  const response = state.responses.get(event.response_id)
  if (!response || event.item.id === undefined) return nothing(state)
  return forward(withOpen(state, response, event.item.id, event.output_index, silentTrack), event)
}

/** An output item closes; its sound can still be truncated. */
export function outputItemDone(state: SessionState, event: ResponseOutputItemDone): Step {
  const response = state.responses.get(event.response_id)
  if (!response || event.item.id === undefined) return nothing(state)
  const closed = closeItem(state, response, event.item.id)
  return forward(closed, event)
}

/** Sound of an answer. It counts as heard no earlier than the sound before it. */
export function outputAudio(state: SessionState, event: ResponseOutputAudioDelta, at: number): Step {
  const response = state.responses.get(event.response_id)
  if (!response || response.silenced) return nothing(state)
  const item = response.open.get(event.item_id)
  const ms = durationMs(state.output.provider, event.delta.byteLength)
  const before = item?.track ?? silentTrack
  const notBefore = response.outOfBand ? at : state.playoutEndsAt
  const playout = withSound(before.playout, ms, { at, notBefore })
  const track = { ...before, playout, contentIndex: event.content_index }
  const next = withOpen(state, response, event.item_id, item?.outputIndex ?? event.output_index, track)
  return forward(response.outOfBand ? next : { ...next, playoutEndsAt: playoutEnd(track.playout) }, event)
}

/** Words of an answer; those of a spoken one come ahead of their sound. */
export function outputWords(
  state: SessionState,
  event: ResponseOutputAudioTranscriptDelta | ResponseOutputTextDelta,
): Step {
  const response = state.responses.get(event.response_id)
  if (!response || response.silenced) return nothing(state)
  const item = response.open.get(event.item_id)
  const track = withText(item?.track ?? silentTrack, event.delta)
  return forward(withOpen(state, response, event.item_id, event.output_index, track), event)
}

/** Anything else that belongs to a response: passed on while it runs, without the deltas once it is silenced. */
export function responseEvent(
  state: SessionState,
  event: ServerEvent & { readonly response_id: string },
): Step {
  const response = state.responses.get(event.response_id)
  if (!response || (response.silenced && event.type.endsWith('.delta'))) return nothing(state)
  return forward(state, event)
}

/** Ends what still runs, so that every response that began has its `response.done`. */
export function endAllResponses(state: SessionState): Step {
  return [...state.responses.values()].reduce<Step>((step, response) => {
    const ended = endResponse(step.state, response, 'failed')
    return { state: ended.state, outputs: [...step.outputs, ...ended.outputs] }
  }, nothing(state))
}

/** The responses with those that match no longer heard. */
export function silenced(
  responses: SessionState['responses'],
  matches: (response: ActiveResponse) => boolean,
): SessionState['responses'] {
  return new Map(
    [...responses].map(([id, response]) => [
      id,
      matches(response) ? { ...response, silenced: true } : response,
    ]),
  )
}

/** The event with the conversation's own id where the backend has another for it. */
function inConversation<Event extends ResponseCreated | ResponseDone>(
  state: SessionState,
  event: Event,
): Event {
  if (event.response.conversation_id == null) return event
  return { ...event, response: { ...event.response, conversation_id: state.conversationId } }
}

/** The response that writes to the conversation. */
export function defaultResponse(state: SessionState): ActiveResponse | undefined {
  return state.responses.values().find(({ outOfBand }) => !outOfBand)
}

function endResponse(state: SessionState, response: ActiveResponse, status: 'cancelled' | 'failed'): Step {
  const items = [...response.open].flatMap(([id, { outputIndex, track }]) => {
    const item = state.conversation.items.get(id)
    return item ? [{ outputIndex, item: unfinished({ ...item, id }, track) }] : []
  })
  const closed = items.reduce<Step>((step, { item, outputIndex }) => {
    const { state: next, id } = takeId(step.state, 'event')
    const done = {
      type: 'response.output_item.done',
      response_id: response.id,
      output_index: outputIndex,
      item,
    } as const
    const stored = response.outOfBand
      ? nothing(next)
      : itemDone(next, { type: 'conversation.item.done', event_id: `${id}d`, item, previous_item_id: null })
    return {
      state: stored.state,
      outputs: [...step.outputs, ...stored.outputs, { to: 'client', event: { ...done, event_id: id } }],
    }
  }, nothing(state))
  const { state: next, id } = takeId(closed.state, 'event')
  const event: ResponseDone = {
    type: 'response.done',
    event_id: id,
    response: {
      id: response.id,
      object: 'realtime.response',
      status,
      status_details: statusDetails[status],
      output: items.map(({ item }) => item),
      conversation_id: response.outOfBand ? null : next.conversationId,
      usage: null,
    },
  }
  return { state: withoutResponse(next, response), outputs: [...closed.outputs, { to: 'client', event }] }
}

const statusDetails = {
  cancelled: { type: 'cancelled', reason: 'client_cancelled' },
  failed: { type: 'failed', error: { type: 'server_error', code: 'backend_unavailable' } },
} as const

/** The item as far as it came. */
function unfinished(item: Item & { readonly id: string }, track: Track): Item & { readonly id: string } {
  const words = sentText(track)
  if (item.type !== 'message' || item.role !== 'assistant') return { ...item, status: 'incomplete' }
  const content = isSpoken(track)
    ? ({ type: 'output_audio', transcript: words } as const)
    : ({ type: 'output_text', text: words } as const)
  return { ...item, status: 'incomplete', content: words === '' ? [] : [content] }
}

function withoutResponse(state: SessionState, response: ActiveResponse): SessionState {
  const responses = new Map(state.responses)
  responses.delete(response.id)
  const tracks = new Map(state.tracks)
  for (const [itemId, { track }] of response.open) if (isSpoken(track)) tracks.set(itemId, track)
  return {
    ...state,
    responses,
    tracks,
    turns: state.turns + (response.outOfBand ? 0 : 1),
  }
}

function withOpen(
  state: SessionState,
  response: ActiveResponse,
  itemId: string,
  outputIndex: number,
  track: Track,
): SessionState {
  const open = new Map(response.open).set(itemId, { outputIndex, track })
  return { ...state, responses: new Map(state.responses).set(response.id, { ...response, open }) }
}

function closeItem(state: SessionState, response: ActiveResponse, itemId: string): SessionState {
  const track = response.open.get(itemId)?.track
  const open = new Map(response.open)
  open.delete(itemId)
  const tracks = track && isSpoken(track) ? new Map(state.tracks).set(itemId, track) : state.tracks
  return { ...state, tracks, responses: new Map(state.responses).set(response.id, { ...response, open }) }
}

function forward(state: SessionState, event: ServerEvent): Step {
  return { state, outputs: [{ to: 'client', event }] }
}

function withVoice(response: ResponseCreate['response'], voice: unknown): ResponseCreate['response'] {
  const { voice: _asked, ...output } = response?.audio?.output ?? {}
  return {
    ...response,
    audio: { ...response?.audio, output: voice === undefined ? output : { ...output, voice } },
  }
}

function responseProblem(
  state: SessionState,
  event: ResponseCreate,
  outOfBand: boolean,
): RealtimeError | undefined {
  const { capabilities, conversation } = state
  const { response, event_id: eventId } = event
  if (outOfBand && !capabilities.outOfBandResponses) {
    const message = 'This backend has no responses outside the conversation.'
    return new RealtimeError('unsupported', message, { param: 'response.conversation', eventId })
  }
  const active = defaultResponse(state)
  if (!outOfBand && (active || state.requested)) {
    const which = active ? ` in progress: ${active.id}` : ''
    const message = `Conversation already has an active response${which}. Wait until it is done before creating another.`
    return new RealtimeError('conversation_already_has_active_response', message, { eventId })
  }
  const tool = toolProblem(response?.tools, capabilities)
  if (tool) {
    return new RealtimeError('unsupported', tool.message, {
      param: `response.tools[${tool.index}].type`,
      eventId,
    })
  }
  const voice = voiceProblem(response?.audio?.output?.voice, capabilities)
  if (voice)
    return new RealtimeError('invalid_value', voice, { param: 'response.audio.output.voice', eventId })
  const missing = (response?.input ?? []).findIndex(
    (item) => item.type === 'item_reference' && !conversation.items.has(item.id),
  )
  if (missing !== -1) {
    const message = 'The conversation has no item with this id.'
    return new RealtimeError('invalid_value', message, { param: `response.input[${missing}].id`, eventId })
  }
  return undefined
}

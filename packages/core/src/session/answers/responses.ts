import { durationMs, playoutEnd, withSound } from '@parley/audio'
import type { ResponseCancel } from '../../events/client-events.ts'
import type { Item } from '../../events/items.ts'
import type {
  ResponseCreated,
  ResponseDone,
  ResponseOutputAudioDelta,
  ResponseOutputAudioTranscriptDelta,
  ResponseOutputItemAdded,
  ResponseOutputItemDone,
  ResponseOutputTextDelta,
  ServerEvent,
} from '../../events/server-events.ts'
import { isSpoken, silentTrack, withText } from '../heard/heard.ts'
import type { Track } from '../heard/heard.ts'
import { responseEntry } from '../memory/log-entries.ts'
import { ownAnswered, ownEvent } from '../own-events.ts'
import { endResponse, muteResponse, withoutResponse } from './response-end.ts'
import { andThen, nothing, tell } from '../session-state.ts'
import type { ActiveResponse, SessionState, Step } from '../session-state.ts'

/** A response begins. A backend that starts a second one in the conversation has its first ended here. */
export function responseCreated(state: SessionState, event: ResponseCreated): Step {
  const { id, conversation_id: conversationId } = event.response
  if (id === undefined || state.responses.has(id)) return nothing(state)
  const outOfBand = conversationId == null
  const earlier = outOfBand ? undefined : defaultResponse(state)
  const cleared = earlier ? endResponse(state, earlier, 'client_cancelled') : nothing(state)
  const response: ActiveResponse = {
    id,
    outOfBand,
    request: outOfBand ? undefined : state.requested?.event,
    produced: false,
    silenced: false,
    interrupted: false,
    requestedBy: outOfBand ? undefined : clientRequest(state),
    itemIds: [],
    finished: new Map(),
    calls: new Set(),
    open: new Map(),
  }
  const begun = andThen(cleared, (next) =>
    tell(
      {
        ...(outOfBand ? next : answering(next)),
        muted: next.muted.difference(new Set([id])),
        responses: new Map(next.responses).set(id, response),
      },
      inConversation(next, named(event, response)),
    ),
  )
  const { cancelled } = outOfBand ? {} : (state.requested ?? {})
  if (!cancelled) return begun
  return andThen(begun, (next) =>
    state.capabilities.interruption === 'none'
      ? muteResponse(next, response, cancelled)
      : interruptResponse(next, response),
  )
}

/** Says which request of the client it answers, so that nobody has it answered twice. */
function named(event: ResponseCreated, { requestedBy }: ActiveResponse): ResponseCreated {
  return requestedBy === undefined ? event : { ...event, parley: { requested_by: requestedBy } }
}

/** The answer that was asked for, or that the backend gives by itself, is there. */
function answering(state: SessionState): SessionState {
  const known = ownAnswered(state, 'response.create')
  return {
    ...known,
    upstream: { ...known.upstream, answersSince: undefined },
    requested: undefined,
  }
}

/** Has the backend stop an answer because the user spoke: what still comes of it is not heard. */
export function interruptResponse(state: SessionState, response: ActiveResponse): Step {
  const { id } = response
  const responses = new Map(state.responses).set(id, { ...response, silenced: true, interrupted: true })
  const event: ResponseCancel = { type: 'response.cancel', response_id: id }
  const cancel = ownEvent({ ...state, responses }, event)
  return { state: cancel.state, outputs: [{ to: 'provider', event: cancel.event }] }
}

/** A response ends, once. */
export function responseDone(state: SessionState, event: ResponseDone): Step {
  const { id } = event.response
  const response = id === undefined ? undefined : state.responses.get(id)
  if (!response) return nothing({ ...state, muted: state.muted.difference(new Set([id])) })
  const cancelled = response.interrupted && event.response.status === 'cancelled'
  const status_details = cancelled
    ? ({ type: 'cancelled', reason: 'turn_detected' } as const)
    : event.response.status_details
  const told =
    status_details === undefined ? event : { ...event, response: { ...event.response, status_details } }
  const left = ownAnswered(withoutResponse(state, response), 'response.cancel')
  const said = tell({ ...left, asksAgain: 0 }, inConversation(state, told))
  if (response.outOfBand) return said
  const entry = responseEntry(state, response, told.response)
  return { state: said.state, outputs: [{ to: 'store', entries: [entry] }, ...said.outputs] }
}

/** The client's own name of the request that is open; one the session made up is no client's. */
function clientRequest({ requested, own }: SessionState): string | undefined {
  const id = requested?.eventId
  return id === undefined || own.has(id) ? undefined : id
}

/** An output item opens. */
export function outputItemAdded(state: SessionState, event: ResponseOutputItemAdded): Step {
  const { item, response_id: responseId } = event
  if (item.id === undefined) return nothing(state)
  if (state.muted.has(responseId) && !state.responses.has(responseId))
    return nothing({ ...state, mutedItems: new Set([...state.mutedItems, item.id]) })
  const response = state.responses.get(responseId)
  if (!response) return nothing(state)
  // What begins after the listener has stopped the answer is never heard.
  const track: Track = response.silenced ? { ...silentTrack, cut: { ms: 0, by: 'clock' } } : silentTrack
  return tell(withOpen(state, withCall(response, item), item.id, event.output_index, track), event)
}

/** An output item closes; its sound can still be truncated. */
export function outputItemDone(state: SessionState, event: ResponseOutputItemDone): Step {
  const response = state.responses.get(event.response_id)
  if (!response || event.item.id === undefined) return nothing(state)
  const produced = response.produced || event.item.type === 'function_call'
  const finished = new Map(response.finished).set(event.item.id, event.item)
  return tell(
    closeItem(state, { ...withCall(response, event.item), produced, finished }, event.item.id),
    event,
  )
}

/** Sound of an answer. It counts as heard no earlier than the sound before it. */
export function outputAudio(state: SessionState, event: ResponseOutputAudioDelta, at: number): Step {
  const response = state.responses.get(event.response_id)
  if (!response || response.silenced) return nothing(state)
  const item = response.open.get(event.item_id)
  const ms = durationMs(state.settings.output.provider, event.delta.byteLength)
  const before = { ...(item?.track ?? silentTrack), spoken: true }
  const notBefore = response.outOfBand ? at : state.playoutEndsAt
  const playout = withSound(before.playout, ms, { at, notBefore })
  const track = { ...before, playout, contentIndex: event.content_index }
  const produced = { ...response, produced: true }
  const spoken = { ...state, upstream: { ...state.upstream, spoken: true } }
  const next = withOpen(spoken, produced, event.item_id, item?.outputIndex ?? event.output_index, track)
  return tell(response.outOfBand ? next : { ...next, playoutEndsAt: playoutEnd(track.playout) }, event)
}

/** Words of an answer; those of a spoken one come ahead of their sound. */
export function outputWords(
  state: SessionState,
  event: ResponseOutputAudioTranscriptDelta | ResponseOutputTextDelta,
): Step {
  const response = state.responses.get(event.response_id)
  if (!response || response.silenced) return nothing(state)
  const item = response.open.get(event.item_id)
  const before = item?.track ?? silentTrack
  const spoken = before.spoken || event.type === 'response.output_audio_transcript.delta'
  const track = withText({ ...before, spoken }, event.delta)
  return tell(
    withOpen(state, { ...response, produced: true }, event.item_id, event.output_index, track),
    event,
  )
}

/** Anything else that belongs to a response: passed on while it runs, without the deltas once it is silenced. */
export function responseEvent(
  state: SessionState,
  event: ServerEvent & { readonly response_id: string },
): Step {
  const response = state.responses.get(event.response_id)
  if (!response || (response.silenced && event.type.endsWith('.delta'))) return nothing(state)
  return tell(state, event)
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

function withCall(response: ActiveResponse, item: Item): ActiveResponse {
  if (item.type !== 'function_call' || item.call_id === undefined) return response
  return { ...response, calls: new Set([...response.calls, item.call_id]) }
}

function withOpen(
  state: SessionState,
  response: ActiveResponse,
  itemId: string,
  outputIndex: number,
  track: Track,
): SessionState {
  const open = new Map(response.open).set(itemId, { ...response.open.get(itemId), outputIndex, track })
  const itemIds = response.itemIds.includes(itemId) ? response.itemIds : [...response.itemIds, itemId]
  return { ...state, responses: new Map(state.responses).set(response.id, { ...response, open, itemIds }) }
}

function closeItem(state: SessionState, response: ActiveResponse, itemId: string): SessionState {
  const track = response.open.get(itemId)?.track
  const open = new Map(response.open)
  open.delete(itemId)
  const spoken = track && (isSpoken(track) || track.cut)
  const tracks = spoken ? new Map(state.tracks).set(itemId, { ...track, complete: true }) : state.tracks
  return { ...state, tracks, responses: new Map(state.responses).set(response.id, { ...response, open }) }
}

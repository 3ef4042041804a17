import { heardMs } from '@parley/audio'
import { RealtimeError } from '../errors.ts'
import type {
  ConversationItemCreate,
  ConversationItemDelete,
  ConversationItemRetrieve,
  ConversationItemTruncate,
} from '../events/client-events.ts'
import type { Item } from '../events/items.ts'
import type {
  ConversationItemAdded,
  ConversationItemDeleted,
  ConversationItemDone,
  ConversationItemInputAudioTranscriptionCompleted,
  ConversationItemTruncated,
} from '../events/server-events.ts'
import type { ContextEntry } from '../storage/context-store.ts'
import { previousOf, withItem, withPart, withoutItem } from './conversation.ts'
import { heardText, isSpoken } from './heard.ts'
import type { Track } from './heard.ts'
import { nothing, refuse, takeId } from './session-state.ts'
import type { SessionState, Step } from './session-state.ts'

/** Gives the item an id and passes it on, or says what is wrong with it. */
export function createItem(state: SessionState, event: ConversationItemCreate): Step {
  const problem = itemProblem(state, event)
  if (problem) {
    return refuse(
      state,
      new RealtimeError(problem.code, problem.message, { param: problem.param, eventId: event.event_id }),
    )
  }
  const named = event.item.id === undefined ? takeId(state, 'item') : { state, id: event.item.id }
  const item = { ...event.item, id: named.id }
  return { state: named.state, outputs: [{ to: 'provider', event: { ...event, item } }] }
}

/** Answers from what the session knows, whatever the backend. */
export function retrieveItem(state: SessionState, event: ConversationItemRetrieve): Step {
  const item = state.conversation.items.get(event.item_id)
  if (!item) return refuse(state, unknownItem('item_retrieve_invalid_item_id', event))
  const { state: next, id } = takeId(state, 'event')
  return {
    state: next,
    outputs: [{ to: 'client', event: { type: 'conversation.item.retrieved', event_id: id, item } }],
  }
}

/** Passes a deletion on. */
export function deleteItem(state: SessionState, event: ConversationItemDelete): Step {
  if (!state.conversation.items.has(event.item_id))
    return refuse(state, unknownItem('item_delete_invalid_item_id', event))
  return { state, outputs: [{ to: 'provider', event }] }
}

/** Cuts an answer to what was played: `audio_end_ms` never exceeds what was sent or can have been heard. */
export function truncateItem(state: SessionState, event: ConversationItemTruncate, at: number): Step {
  const item = state.conversation.items.get(event.item_id)
  if (!item) return refuse(state, unknownItem('item_truncate_invalid_item_id', event))
  const track = trackOf(state, event.item_id)
  const part = item.type === 'message' ? item.content[event.content_index] : undefined
  if (item.type !== 'message' || item.role !== 'assistant' || (!track && part?.type !== 'output_audio')) {
    const message = 'Only assistant messages with audio can be truncated.'
    return refuse(
      state,
      new RealtimeError('invalid_value', message, { param: 'item_id', eventId: event.event_id }),
    )
  }
  if (track?.contentIndex !== event.content_index) {
    const message = track
      ? `The audio of this item is at content index ${track.contentIndex}.`
      : 'This item was spoken in an earlier session; its audio is no longer held.'
    const param = track ? 'content_index' : 'item_id'
    return refuse(state, new RealtimeError('invalid_value', message, { param, eventId: event.event_id }))
  }
  const audioEndMs = Math.floor(Math.min(event.audio_end_ms, heardMs(track.playout, at)))
  const clamped: ConversationItemTruncate = {
    ...event,
    audio_end_ms: audioEndMs,
    parley: { heard_transcript: heardText(track, audioEndMs) },
  }
  if (state.capabilities.truncation === 'native')
    return { state, outputs: [{ to: 'provider', event: clamped }] }
  const { state: next, id } = takeId(state, 'event')
  const { item_id, content_index } = event
  return itemTruncated(next, {
    type: 'conversation.item.truncated',
    event_id: id,
    item_id,
    content_index,
    audio_end_ms: audioEndMs,
  })
}

/** An item stands in the conversation. Items the backend was reminded of are known to the client already. */
export function itemAdded(state: SessionState, event: ConversationItemAdded): Step {
  const item = withId(event.item)
  if (!item || state.seeded.has(item.id)) return nothing(state)
  const conversation = withItem(state.conversation, item, event.previous_item_id)
  const previous_item_id = previousOf(conversation, item.id)
  return {
    state: { ...state, conversation },
    outputs: [{ to: 'client', event: { ...event, previous_item_id } }],
  }
}

/** An item is final: stored, then acknowledged. */
export function itemDone(state: SessionState, event: ConversationItemDone): Step {
  const item = withId(event.item)
  if (!item) return nothing(state)
  if (state.seeded.has(item.id)) {
    const seeded = new Set(state.seeded)
    seeded.delete(item.id)
    return nothing({ ...state, seeded })
  }
  const track = trackOf(state, item.id)
  const placed = withItem(state.conversation, item, event.previous_item_id)
  const previousItemId = previousOf(placed, item.id)
  const stored: ContextEntry = { type: 'item', item, previousItemId }
  // An answer may be cut before it is done: what is final about it is what was heard.
  const cut = track?.cutMs === undefined ? undefined : truncation(item.id, track, track.cutMs)
  const conversation = cut
    ? withPart(placed, item.id, cut.contentIndex, { transcript: cut.heardTranscript })
    : placed
  return {
    state: { ...state, conversation },
    outputs: [
      { to: 'store', entries: cut ? [stored, cut] : [stored] },
      { to: 'client', event: { ...event, previous_item_id: previousItemId } },
    ],
  }
}

/** What the user said is known: stored, then acknowledged. */
export function transcriptCompleted(
  state: SessionState,
  event: ConversationItemInputAudioTranscriptionCompleted,
): Step {
  const { item_id: itemId, content_index: contentIndex, transcript } = event
  const conversation = withPart(state.conversation, itemId, contentIndex, { transcript })
  return {
    state: { ...state, conversation },
    outputs: [
      { to: 'store', entries: [{ type: 'transcript', itemId, contentIndex, transcript }] },
      { to: 'client', event },
    ],
  }
}

/** An answer was cut: its transcript is what was heard. */
export function itemTruncated(state: SessionState, event: ConversationItemTruncated): Step {
  const { item_id: itemId, content_index: contentIndex, audio_end_ms: audioEndMs } = event
  const track = trackOf(state, itemId)
  const heardTranscript = track ? heardText(track, audioEndMs) : ''
  const entry: ContextEntry = { type: 'truncated', itemId, contentIndex, audioEndMs, heardTranscript }
  const conversation = withPart(state.conversation, itemId, contentIndex, { transcript: heardTranscript })
  const cut = track ? withTrack(state, itemId, { ...track, cutMs: audioEndMs }) : state
  return {
    state: { ...cut, conversation },
    outputs: [
      { to: 'store', entries: [entry] },
      { to: 'client', event: { ...event, parley: { heard_transcript: heardTranscript } } },
    ],
  }
}

/** An item is gone, here and in the store. */
export function itemDeleted(state: SessionState, event: ConversationItemDeleted): Step {
  const tracks = new Map(state.tracks)
  tracks.delete(event.item_id)
  return {
    state: { ...state, tracks, conversation: withoutItem(state.conversation, event.item_id) },
    outputs: [
      { to: 'store', entries: [{ type: 'deleted', itemId: event.item_id }] },
      { to: 'client', event },
    ],
  }
}

/** The sound of an item, whether its response still runs or not. */
function trackOf(state: SessionState, itemId: string): Track | undefined {
  for (const { open } of state.responses.values()) {
    const item = open.get(itemId)
    if (item && isSpoken(item.track)) return item.track
  }
  return state.tracks.get(itemId)
}

function withTrack(state: SessionState, itemId: string, track: Track): SessionState {
  for (const response of state.responses.values()) {
    const item = response.open.get(itemId)
    if (!item) continue
    const open = new Map(response.open).set(itemId, { ...item, track })
    return { ...state, responses: new Map(state.responses).set(response.id, { ...response, open }) }
  }
  return { ...state, tracks: new Map(state.tracks).set(itemId, track) }
}

function truncation(
  itemId: string,
  track: Track,
  audioEndMs: number,
): ContextEntry & { readonly type: 'truncated' } {
  const heardTranscript = heardText(track, audioEndMs)
  return { type: 'truncated', itemId, contentIndex: track.contentIndex, audioEndMs, heardTranscript }
}

function withId(item: Item): (Item & { readonly id: string }) | undefined {
  return item.id === undefined ? undefined : { ...item, id: item.id }
}

interface Problem {
  readonly code: 'invalid_value' | 'unsupported'
  readonly param: string
  readonly message: string
}

function itemProblem(
  state: SessionState,
  { item, previous_item_id: previous }: ConversationItemCreate,
): Problem | undefined {
  const known = state.conversation.items
  if (item.id !== undefined && known.has(item.id)) {
    return {
      code: 'invalid_value',
      param: 'item.id',
      message: `The conversation has an item '${item.id}' already.`,
    }
  }
  if (previous && previous !== 'root' && !known.has(previous)) {
    const message = `The conversation has no item '${previous}'.`
    return { code: 'invalid_value', param: 'previous_item_id', message }
  }
  if (item.type === 'function_call_output' && !hasCall(known, item.call_id)) {
    return {
      code: 'invalid_value',
      param: 'item.call_id',
      message: `No function call has the id '${item.call_id}'.`,
    }
  }
  if (item.type !== 'message') return undefined
  const { inputModalities } = state.capabilities
  for (const [index, part] of item.content.entries()) {
    const param = `item.content[${index}].type`
    if (part.type === 'output_audio') {
      return { code: 'invalid_value', param, message: 'Assistant audio cannot be created. Send output_text.' }
    }
    if (part.type === 'input_image' && !inputModalities.includes('image')) {
      return { code: 'unsupported', param, message: 'This backend takes no images.' }
    }
    if (part.type === 'input_audio' && part.transcript == null && !inputModalities.includes('audio')) {
      return {
        code: 'unsupported',
        param,
        message: 'This backend takes audio by input_audio_buffer.append only.',
      }
    }
  }
  return undefined
}

function hasCall(items: ReadonlyMap<string, Item>, callId: string): boolean {
  return items.values().some((item) => item.type === 'function_call' && item.call_id === callId)
}

function unknownItem(
  code: 'item_retrieve_invalid_item_id' | 'item_delete_invalid_item_id' | 'item_truncate_invalid_item_id',
  event: { readonly item_id: string; readonly event_id?: string | undefined },
): RealtimeError {
  return new RealtimeError(code, `The conversation has no item '${event.item_id}'.`, {
    param: 'item_id',
    eventId: event.event_id,
  })
}

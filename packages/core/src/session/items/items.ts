import type {
  ConversationItemCreate,
  ConversationItemDelete,
  ConversationItemRetrieve,
} from '../../events/client-events.ts'
import type { Item } from '../../events/items.ts'
import type {
  ConversationItemAdded,
  ConversationItemDeleted,
  ConversationItemDone,
  ConversationItemInputAudioTranscriptionCompleted,
} from '../../events/server-events.ts'
import type { ContextEntry } from '../../storage/context-store.ts'
import type { ItemPlace } from './conversation.ts'
import { previousOf, withItem, withPart, withoutItem } from './conversation.ts'
import type { Track } from '../heard/heard.ts'
import { itemError, unknownItem } from './item-rules.ts'
import { heardEntry } from '../heard/ledger.ts'
import { ownEvent } from '../own-events.ts'
import { andThen, nothing, refuse, takeId, warn } from '../session-state.ts'
import type { SessionState, Step } from '../session-state.ts'
import { trackOf, withDone } from '../heard/tracks.ts'

/** Gives the item an id and passes it on, or says what is wrong with it. */
export function createItem(state: SessionState, event: ConversationItemCreate): Step {
  const error = itemError(state, event)
  if (error) return refuse(state, error)
  const named = event.item.id === undefined ? takeId(state, 'item') : { state, id: event.item.id }
  const item = { ...event.item, id: named.id }
  const told = withCallOf(named.state, item)
  const { untold } = told.state.upstream
  const { previous_item_id: previous, ...rest } = event
  // A place behind what the backend does not hold is the end of what it holds.
  const place = previous == null || untold.has(previous) ? {} : { previous_item_id: previous }
  const create =
    previous !== null && previous !== undefined ? { ...rest, ...place, item } : { ...event, item }
  return { state: told.state, outputs: [...told.outputs, { to: 'provider', event: create }] }
}

/** A function call the backend does not hold, because its output was still to come, goes ahead of that output. */
function withCallOf(state: SessionState, item: Item): Step {
  if (item.type !== 'function_call_output') return nothing(state)
  const { conversation, upstream, seeded } = state
  const call = conversation.items
    .values()
    .find((other) => other.type === 'function_call' && other.call_id === item.call_id)
  if (call?.type !== 'function_call' || call.id === undefined || !upstream.untold.has(call.id))
    return nothing(state)
  const { id, type, name, call_id, arguments: given } = call
  const create = {
    type: 'conversation.item.create',
    item: { id, type, name, call_id, arguments: given },
  } as const
  const own = ownEvent(
    {
      ...state,
      seeded: new Set([...seeded, id]),
      upstream: { ...upstream, untold: upstream.untold.difference(new Set([id])) },
    },
    create,
  )
  return { state: own.state, outputs: [{ to: 'provider', event: own.event }] }
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

/** Passes a deletion on, or forgets the item here where the backend cannot. */
export function deleteItem(state: SessionState, event: ConversationItemDelete): Step {
  if (!state.conversation.items.has(event.item_id))
    return refuse(state, unknownItem('item_delete_invalid_item_id', event))
  const isThere = !state.upstream.untold.has(event.item_id)
  if (isThere && state.capabilities.itemDeletion === 'native')
    return { state, outputs: [{ to: 'provider', event }] }
  const notice = {
    param: 'item_id',
    message:
      'This backend forgets nothing: the item is gone from the stored conversation, not from this session.',
  }
  const warned =
    state.toldOfDeletion || !isThere ? nothing(state) : warn({ ...state, toldOfDeletion: true }, [notice])
  return andThen(warned, (told) => {
    const { state: next, id } = takeId(told, 'event')
    return itemDeleted(next, { type: 'conversation.item.deleted', event_id: id, item_id: event.item_id })
  })
}

/** An item stands in the conversation. Items the backend was reminded of are known to the client already. */
export function itemAdded(state: SessionState, event: ConversationItemAdded): Step {
  const item = withId(event.item)
  if (!item || state.seeded.has(item.id) || state.mutedItems.has(item.id)) return nothing(state)
  const conversation = withItem(state.conversation, item, placeOf(state, event))
  const previous_item_id = previousOf(conversation, item.id)
  return {
    state: { ...state, conversation },
    outputs: [{ to: 'client', event: { ...event, previous_item_id } }],
  }
}

function placeOf(
  { upstream: { untold } }: SessionState,
  { previous_item_id: previousItemId }: ConversationItemAdded | ConversationItemDone,
): ItemPlace {
  return { previousItemId, untold }
}

/** An item is final: stored, then acknowledged. */
export function itemDone(state: SessionState, event: ConversationItemDone): Step {
  const item = withId(event.item)
  if (!item || state.mutedItems.has(item.id)) return nothing(state)
  if (state.seeded.has(item.id)) {
    const seeded = new Set(state.seeded)
    seeded.delete(item.id)
    return nothing({ ...state, seeded })
  }
  const track = trackOf(state, item.id)
  const placed = withItem(state.conversation, item, placeOf(state, event))
  const previousItemId = previousOf(placed, item.id)
  const stored: ContextEntry = { type: 'item', item, previousItemId }
  // An answer may be cut before it is done: what is final about it is what was heard.
  const cut = track?.cut && isSpokenPart(item, track) ? heardEntry(item.id, track, track.cut) : undefined
  const conversation = cut
    ? withPart(placed, item.id, cut.contentIndex, { transcript: cut.heardTranscript })
    : placed
  const { toTranscribe, settings } = state
  const language = settings.supplied.transcription?.language ?? undefined
  return {
    state: {
      ...withDone(state, item.id),
      conversation,
      toTranscribe: toTranscribe.difference(new Set([item.id])),
    },
    outputs: [
      { to: 'store', entries: cut ? [stored, cut] : [stored] },
      { to: 'client', event: { ...event, previous_item_id: previousItemId } },
      ...(toTranscribe.has(item.id) ? [{ to: 'transcriber', itemId: item.id, language } as const] : []),
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
  const wordless = new Map(state.wordless)
  wordless.delete(itemId)
  return {
    state: { ...state, conversation, wordless },
    outputs: [
      { to: 'store', entries: [{ type: 'transcript', itemId, contentIndex, transcript }] },
      { to: 'client', event },
    ],
  }
}

/** An item is gone, here and in the store. */
export function itemDeleted(state: SessionState, event: ConversationItemDeleted): Step {
  const tracks = new Map(state.tracks)
  tracks.delete(event.item_id)
  const item = state.conversation.items.get(event.item_id)
  const answered = new Map(state.answered)
  if (item?.type === 'function_call_output') answered.delete(item.call_id)
  return {
    state: { ...state, tracks, answered, conversation: withoutItem(state.conversation, event.item_id) },
    outputs: [
      { to: 'store', entries: [{ type: 'deleted', itemId: event.item_id }] },
      { to: 'client', event },
    ],
  }
}

function isSpokenPart(item: Item, { contentIndex }: Track): boolean {
  return item.type === 'message' && item.content[contentIndex]?.type === 'output_audio'
}

function withId(item: Item): (Item & { readonly id: string }) | undefined {
  return item.id === undefined ? undefined : { ...item, id: item.id }
}

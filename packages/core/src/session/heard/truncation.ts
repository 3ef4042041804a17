import { heardMs, playoutEnd } from '@parley/audio'
import { RealtimeError } from '../../errors.ts'
import type { ConversationItemTruncate } from '../../events/client-events.ts'
import type { ConversationItemTruncated } from '../../events/server-events.ts'
import { heardText, isSpoken, safeEndMs } from './heard.ts'
import type { Cut, Track } from './heard.ts'
import { unknownItem } from '../items/item-rules.ts'
import { cutItem } from './ledger.ts'
import { ownEvent } from '../own-events.ts'
import { andThen, nothing, refuse, takeId } from '../session-state.ts'
import type { SessionState, Step } from '../session-state.ts'
import { conversationTracks, trackOf } from './tracks.ts'

/** Players count a little more than was sent, by their buffers; what is further beyond the sound is a mistake (ms). */
export const overcountMs = 1_000

/**
 * Cuts an answer to what was played: `audio_end_ms` stays below what the backend holds and can have been heard. One
 * far beyond the sound is refused, as OpenAI documents it.
 */
export function truncateItem(state: SessionState, event: ConversationItemTruncate, at: number): Step {
  const track = cuttable(state, event)
  if (track instanceof RealtimeError) return refuse(state, track)
  const audioEndMs = Math.floor(Math.min(event.audio_end_ms, heardMs(track.playout, at), safeEndMs(track)))
  const unheard = without(state.unheard, event.item_id)
  const asked = { ...state, unheard, playoutEndsAt: endWithout(state, event.item_id, at) }
  const clamped = { ...event, audio_end_ms: audioEndMs }
  // The backend holds no more than the session left it.
  const isLess = audioEndMs < (state.ownTruncates.get(event.item_id) ?? Infinity)
  return canBeCutThere(state, event.item_id) && isLess
    ? toBackend(asked, clamped, { track, by: 'truncate' })
    : truncatedHere(asked, clamped, 'truncate')
}

/**
 * The client was interrupted and did not say how much was heard: what the session knows of it is told to a backend
 * that can forget the rest, and to the client.
 */
export function truncateUnheard(state: SessionState, reached: number): Step {
  const due = [...state.unheard].flatMap(([itemId, deadline]) => (deadline <= reached ? [itemId] : []))
  return due.reduce<Step>(
    (step, itemId) => andThen(step, (next) => truncateOwn(next, itemId)),
    nothing(state),
  )
}

function truncateOwn(state: SessionState, itemId: string): Step {
  const next = { ...state, unheard: without(state.unheard, itemId) }
  const track = trackOf(state, itemId)
  if (!track?.cut || !hasSound(state, itemId, track)) return nothing(next)
  const { ms, by } = track.cut
  const event: ConversationItemTruncate = {
    type: 'conversation.item.truncate',
    item_id: itemId,
    content_index: track.contentIndex,
    audio_end_ms: Math.floor(Math.min(ms, safeEndMs(track))),
  }
  if (!canBeCutThere(state, itemId)) return truncatedHere(next, event, by)
  const ownTruncates = new Map(state.ownTruncates).set(itemId, event.audio_end_ms)
  const own = ownEvent({ ...next, ownTruncates }, event)
  return toBackend(own.state, own.event, { track, by })
}

/** The backend can cut answers, and it holds the sound of this one. */
function canBeCutThere({ capabilities, upstream }: SessionState, itemId: string): boolean {
  return capabilities.truncation === 'native' && !upstream.retold.has(itemId)
}

/** When the player falls silent if this item is taken out of it: the next answer begins to sound no later. */
function endWithout(state: SessionState, itemId: string, at: number): number {
  const ends = conversationTracks(state).map(([otherId, { cut, playout }]) =>
    otherId === itemId || cut ? at : playoutEnd(playout),
  )
  return Math.min(state.playoutEndsAt, Math.max(at, ...ends))
}

function hasSound({ conversation }: SessionState, itemId: string, track: Track): boolean {
  const item = conversation.items.get(itemId)
  if (item?.type !== 'message') return false
  return isSpoken(track) || item.content[track.contentIndex]?.type === 'output_audio'
}

function toBackend(
  state: SessionState,
  event: ConversationItemTruncate,
  { track, by }: { readonly track: Track; readonly by: Cut['by'] },
): Step {
  const told: ConversationItemTruncate = {
    ...event,
    // Only a backend of our own knows the field; a wire would refuse it.
    ...(state.capabilities.dialect === undefined && {
      parley: { heard_transcript: heardText(track, event.audio_end_ms) },
    }),
  }
  const truncating = new Map(state.truncating).set(event.item_id, by)
  return { state: { ...state, truncating }, outputs: [{ to: 'provider', event: told }] }
}

function truncatedHere(
  state: SessionState,
  { item_id, content_index, audio_end_ms }: ConversationItemTruncate,
  by: Cut['by'],
): Step {
  const { state: next, id } = takeId(state, 'event')
  const truncating = new Map(state.truncating).set(item_id, by)
  const type = 'conversation.item.truncated'
  const event: ConversationItemTruncated = { type, event_id: id, item_id, content_index, audio_end_ms }
  return itemTruncated({ ...next, truncating }, event)
}

/** An answer was cut: its transcript is what was heard. A backend that cuts on its own goes by its clock. */
export function itemTruncated(state: SessionState, event: ConversationItemTruncated): Step {
  const { item_id: itemId, content_index: contentIndex, audio_end_ms: ms } = event
  const by = state.truncating.get(itemId) ?? 'clock'
  const answered: SessionState = {
    ...state,
    truncating: without(state.truncating, itemId),
    unheard: without(state.unheard, itemId),
  }
  const cut = cutItem(answered, itemId, { contentIndex, ms, by })
  const told = { ...event, parley: { heard_transcript: cut.heardTranscript } }
  return { state: cut.state, outputs: [...cut.outputs, { to: 'client', event: told }] }
}

/** The sound that is to be cut, or what is wrong with cutting it. */
function cuttable(state: SessionState, event: ConversationItemTruncate): Track | RealtimeError {
  const { event_id: eventId } = event
  const item = state.conversation.items.get(event.item_id)
  if (!item) return unknownItem('item_truncate_invalid_item_id', event)
  const sent = trackOf(state, event.item_id)
  const track = sent && (isSpoken(sent) || sent.cut) ? sent : undefined
  const part = item.type === 'message' ? item.content[event.content_index] : undefined
  if (item.type !== 'message' || item.role !== 'assistant' || (!track && part?.type !== 'output_audio')) {
    const message = 'Only assistant messages with audio can be truncated.'
    return new RealtimeError('invalid_value', message, { param: 'item_id', eventId })
  }
  if (track?.contentIndex !== event.content_index) {
    const message = track
      ? `The audio of this item is at content index ${track.contentIndex}.`
      : 'This item was spoken in an earlier session; its audio is no longer held.'
    const param = track ? 'content_index' : 'item_id'
    return new RealtimeError('invalid_value', message, { param, eventId })
  }
  if (event.audio_end_ms > track.playout.totalMs + overcountMs) {
    const message = `The item has ${Math.floor(track.playout.totalMs)} ms of audio.`
    return new RealtimeError('invalid_value', message, { param: 'audio_end_ms', eventId })
  }
  return track
}

function without<Value>(map: ReadonlyMap<string, Value>, key: string): ReadonlyMap<string, Value> {
  if (!map.has(key)) return map
  const rest = new Map(map)
  rest.delete(key)
  return rest
}

import { heardMs } from '@parley/audio'
import { RealtimeError } from '../errors.ts'
import type { ConversationItemTruncate } from '../events/client-events.ts'
import type { ConversationItemTruncated } from '../events/server-events.ts'
import type { ContextEntry } from '../storage/context-store.ts'
import { withPart } from './conversation.ts'
import { heardText, isSpoken, safeEndMs } from './heard.ts'
import type { Track } from './heard.ts'
import { unknownItem } from './item-rules.ts'
import { refuse, takeId } from './session-state.ts'
import type { SessionState, Step } from './session-state.ts'

/** Players count a little more than was sent, by their buffers; what is further beyond the sound is a mistake (ms). */
const overcountMs = 1_000

/**
 * Cuts an answer to what was played: `audio_end_ms` stays below what the backend holds and can have been heard. One
 * far beyond the sound is refused, as OpenAI documents it.
 */
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
  if (event.audio_end_ms > track.playout.totalMs + overcountMs) {
    const message = `The item has ${Math.floor(track.playout.totalMs)} ms of audio.`
    return refuse(
      state,
      new RealtimeError('invalid_value', message, { param: 'audio_end_ms', eventId: event.event_id }),
    )
  }
  const audioEndMs = Math.floor(Math.min(event.audio_end_ms, heardMs(track.playout, at), safeEndMs(track)))
  const clamped: ConversationItemTruncate = {
    ...event,
    audio_end_ms: audioEndMs,
    // Only a backend of our own knows the field; a wire would refuse it.
    ...(state.capabilities.dialect === undefined && {
      parley: { heard_transcript: heardText(track, audioEndMs) },
    }),
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

/** The sound of an item, whether its response still runs or not. */
export function trackOf(state: SessionState, itemId: string): Track | undefined {
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

/** The entry that says what was heard of an item. */
export function truncation(
  itemId: string,
  track: Track,
  audioEndMs: number,
): ContextEntry & { readonly type: 'truncated' } {
  const heardTranscript = heardText(track, audioEndMs)
  return { type: 'truncated', itemId, contentIndex: track.contentIndex, audioEndMs, heardTranscript }
}

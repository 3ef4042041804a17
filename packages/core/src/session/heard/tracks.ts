import type { Track } from './heard.ts'
import type { SessionState } from '../session-state.ts'

/** What was sent of an item, whether its response still runs or not; of finished items only the spoken ones. */
export function trackOf(state: SessionState, itemId: string): Track | undefined {
  for (const { open } of state.responses.values()) {
    const item = open.get(itemId)
    if (item) return item.track
  }
  return state.tracks.get(itemId)
}

/** The answers of the conversation with their sound, those that still run last. */
export function conversationTracks(
  state: SessionState,
): readonly (readonly [itemId: string, track: Track])[] {
  const done = [...state.tracks].filter(([itemId]) => state.conversation.items.has(itemId))
  const open = [...state.responses.values()].flatMap((response) =>
    response.outOfBand ? [] : [...response.open].map(([itemId, { track }]) => [itemId, track] as const),
  )
  return [...done, ...open]
}

/** The session with the track of an item replaced where it stands. */
export function withTrack(state: SessionState, itemId: string, track: Track): SessionState {
  for (const response of state.responses.values()) {
    const item = response.open.get(itemId)
    if (!item) continue
    const open = new Map(response.open).set(itemId, { ...item, track })
    return { ...state, responses: new Map(state.responses).set(response.id, { ...response, open }) }
  }
  return { ...state, tracks: new Map(state.tracks).set(itemId, track) }
}

/** The session once an item is final although the response it belongs to goes on. */
export function withDone(state: SessionState, itemId: string): SessionState {
  for (const response of state.responses.values()) {
    const item = response.open.get(itemId)
    if (!item) continue
    const open = new Map(response.open).set(itemId, { ...item, isDone: true })
    return { ...state, responses: new Map(state.responses).set(response.id, { ...response, open }) }
  }
  return state
}

/** True while the backend still makes the item. */
export function isOpen(state: SessionState, itemId: string): boolean {
  return state.responses.values().some(({ open }) => open.has(itemId))
}

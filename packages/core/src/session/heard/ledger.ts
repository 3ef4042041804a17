import { heardMs } from '@parley/audio'
import type { ContextEntry } from '../../storage/context-store.ts'
import { withPart } from '../items/conversation.ts'
import { heardText, isSpoken, safeEndMs, silentTrack } from './heard.ts'
import type { Cut, Track } from './heard.ts'
import { lifeEntry } from '../memory/log-entries.ts'
import { nothing } from '../session-state.ts'
import type { SessionOutput, SessionState, Step } from '../session-state.ts'
import { conversationTracks, isOpen, trackOf, withTrack } from './tracks.ts'

/** How long a client has to say what it has played, before the session says it in its place (ms). */
const patienceMs = 500

/** Why the sound of answers stops; after an interruption clients tell next how much they had played. */
export type Stop = 'turn_detected' | 'client_cancelled' | 'session_ended'

/**
 * The listener hears no more of what was sent: every answer that has not come to its end is cut to what was heard by
 * `at`. Answers still being made are stored so when they are done, the others now.
 */
export function stopSound(state: SessionState, at: number, why: Stop): Step {
  const cut = conversationTracks(state).filter(([itemId, track]) => isUnheard(state, itemId, track, at))
  let next: SessionState = { ...state, playoutEndsAt: Math.min(state.playoutEndsAt, at) }
  if (cut.length === 0) return nothing(next)
  const entries: ContextEntry[] = []
  const unheard = new Map(state.unheard)
  for (const [itemId, track] of cut) {
    const by = track.acknowledgedMs === undefined ? 'clock' : 'playback'
    const ms = Math.floor(Math.min(heardMs(track.playout, at), track.playout.totalMs))
    const stopped = withCut(next, itemId, { ...track, cut: { ms, by } })
    next = stopped.state
    entries.push(...stopped.entries)
    unheard.set(itemId, at + patienceMs)
  }
  const stored: readonly SessionOutput[] = entries.length > 0 ? [{ to: 'store', entries }] : []
  if (why === 'session_ended') return { state: next, outputs: stored }
  const outputs: readonly SessionOutput[] = [
    { to: 'store', entries: [...entries, lifeEntry(state, 'interrupted', why)] },
  ]
  if (why === 'turn_detected' && cutsItself(state)) return { state: next, outputs }
  return { state: { ...next, unheard }, outputs: [...outputs, { to: 'clock', wakeAt: at + patienceMs }] }
}

/** A step made first whose outputs come last: nothing may hold up the news by which clients fall silent. */
export function before(stopped: Step, news: (state: SessionState) => Step): Step {
  const { state, outputs } = news(stopped.state)
  return { state, outputs: [...outputs, ...stopped.outputs] }
}

/** Cuts one answer to what someone knows was heard. Gives the words of it. */
export function cutItem(
  state: SessionState,
  itemId: string,
  { contentIndex, ...cut }: Cut & { readonly contentIndex: number },
): Step & { readonly heardTranscript: string } {
  const track = trackOf(state, itemId) ?? { ...silentTrack, contentIndex }
  const heardTranscript = heardText(track, cut.ms)
  const known = track.cut?.ms === cut.ms && track.cut.by === cut.by
  const { state: next, entries } = withCut(state, itemId, { ...track, cut })
  return {
    state: next,
    outputs: known || entries.length === 0 ? [] : [{ to: 'store', entries }],
    heardTranscript,
  }
}

/** The entry that says what was heard of a cut answer. */
export function heardEntry(
  itemId: string,
  track: Track,
  { ms, by }: Cut,
): ContextEntry & { readonly type: 'heard' } {
  const { contentIndex, playout } = track
  const generatedMs = Math.max(Math.round(playout.totalMs), ms)
  const heardTranscript = heardText(track, ms)
  return { type: 'heard', itemId, contentIndex, generatedMs, heardMs: ms, heardTranscript, by }
}

/** Keeps the cut; what is done is stored and remembered as it was heard. */
function withCut(
  state: SessionState,
  itemId: string,
  track: Track & { readonly cut: Cut },
): { readonly state: SessionState; readonly entries: readonly ContextEntry[] } {
  const next = withTrack(state, itemId, track)
  if (isOpen(state, itemId) || !state.conversation.items.has(itemId)) return { state: next, entries: [] }
  const entry = heardEntry(itemId, track, track.cut)
  const change = { transcript: entry.heardTranscript }
  const conversation = withPart(state.conversation, itemId, track.contentIndex, change)
  return { state: { ...next, conversation }, entries: [entry] }
}

/** An answer that has something left to be heard, or is still being made. One that broke off may go on sounding. */
function isUnheard(state: SessionState, itemId: string, track: Track, at: number): boolean {
  if (track.cut && !isSounding(track)) return false
  if (!track.cut && isOpen(state, itemId)) return true
  return isSpoken(track) && heardMs(track.playout, at) < safeEndMs(track)
}

/** Its backend broke off, and what it had sent goes on sounding: the listener did not stop it. */
export function isSounding({ cut, playout }: Track): boolean {
  return cut === undefined || (cut.by === 'clock' && cut.ms >= Math.floor(playout.totalMs))
}

/** The backend cuts interrupted answers itself, by the clock of its own. */
function cutsItself({ session }: SessionState): boolean {
  if (session?.type !== 'realtime') return false
  return session.extensions?.turn_detection?.['auto_truncate'] === true
}

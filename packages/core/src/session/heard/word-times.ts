import type { ExtensionEvent } from '../../events/extension.ts'
import type { SessionExtensions } from '../../events/extensions.ts'
import type { Session } from '../../events/session-config.ts'
import { WordTimed } from '../../events/word-timed.ts'
import type { Capabilities } from '../../providers/capabilities.ts'
import { nothing, tell } from '../session-state.ts'
import type { SessionState, Step } from '../session-state.ts'
import { trackOf, withTrack } from './tracks.ts'

/** Voices of which no word times are known to come: the ones called HD. */
const silentVoice = /HD/

/**
 * What a backend is asked for so that it tells when each word sounds, where the client has not asked for it: Voice
 * Live measures the words of Azure's standard voices, and might refuse the wish with any other.
 */
export function wordTimesFor(
  asked: SessionExtensions | undefined,
  voice: SessionExtensions['voice'],
  { sessionExtensions }: Pick<Capabilities, 'sessionExtensions'>,
): Pick<SessionExtensions, 'output_audio_timestamp_types'> | undefined {
  if (!sessionExtensions.includes('output_audio_timestamp_types')) return undefined
  if (asked?.output_audio_timestamp_types || voice?.['type'] !== 'azure-standard') return undefined
  return silentVoice.test(String(voice['name'])) ? undefined : { output_audio_timestamp_types: ['word'] }
}

/** Keeps the time of a word, and passes it on where the client has asked for such times. */
export function wordTimed(state: SessionState, event: ExtensionEvent): Step {
  const word = WordTimed.safeParse(event.event)
  const track = word.success ? trackOf(state, word.data.item_id) : undefined
  const next = word.success && track ? withWord(state, word.data) : state
  return clientWantsWordTimes(state) ? tell(next, event) : nothing(next)
}

/** The session without what only this gateway asked for. */
export function withoutOwnWordTimes(session: Session, state: SessionState): Session {
  if (session.type !== 'realtime' || clientWantsWordTimes(state)) return session
  const { output_audio_timestamp_types: own, ...extensions } = session.extensions ?? {}
  return own ? { ...session, extensions } : session
}

/** True for an event about the times of words. */
export function isWordTime({ event }: ExtensionEvent): boolean {
  return (
    event['type'] === 'response.audio_timestamp.delta' || event['type'] === 'response.audio_timestamp.done'
  )
}

function withWord(state: SessionState, word: WordTimed): SessionState {
  const { item_id: itemId, audio_offset_ms: startMs, audio_duration_ms: lengthMs, text } = word
  const track = trackOf(state, itemId)
  if (!track) return state
  const words = [...track.words, { text: text.trim(), startMs, endMs: startMs + lengthMs }]
  return withTrack(state, itemId, { ...track, words })
}

function clientWantsWordTimes({ settings }: SessionState): boolean {
  const { wanted } = settings
  const asked = wanted?.type === 'realtime' ? wanted.extensions?.output_audio_timestamp_types : undefined
  return (asked?.length ?? 0) > 0
}

import { delayed, playedTo, playoutEnd } from '@parley/audio'
import { RealtimeError } from '../../errors.ts'
import { PlaybackUpdate } from '../../events/parley-events.ts'
import { heardText } from './heard.ts'
import type { Track } from './heard.ts'
import { cutItem, isSounding } from './ledger.ts'
import { nothing, refuse } from '../session-state.ts'
import type { SessionState, Step } from '../session-state.ts'
import { conversationTracks, trackOf, withTrack } from './tracks.ts'
import { overcountMs } from './truncation.ts'

/**
 * The client's player has come this far with an item: it counts in place of the clock, which runs on from there. One
 * that tells of an item after it was stopped corrects what is stored of it.
 */
export function playbackUpdated(
  state: SessionState,
  event: Readonly<Record<string, unknown>>,
  at: number,
): Step {
  const update = parseUpdate(event)
  if (update instanceof RealtimeError) return refuse(state, update)
  const { item_id: itemId, audio_ms: told } = update
  const track = trackOf(state, itemId)
  // The sound of an item of an earlier session may still be playing, and nothing is left to be known of it.
  if (!track && state.conversation.items.has(itemId)) return nothing({ ...state, acknowledges: true })
  const problem = problemOf(track, update)
  if (!track || problem) return refuse(state, problem ?? unknown(update))
  const ms = Math.min(told, track.playout.totalMs)
  const playout = playedTo(track.playout, { ms, at })
  const heard: Track = { ...track, playout, acknowledgedMs: ms }
  const next = withTrack({ ...state, acknowledges: true }, itemId, heard)
  if (!isSounding(track)) return corrected(next, itemId, heard)
  const shiftMs = playoutEnd(playout) - playoutEnd(track.playout)
  const endedAt = playoutEnd(track.playout)
  const moved = conversationTracks(next).reduce(
    (before, [otherId, other]) =>
      otherId !== itemId && other.playout.totalMs > 0 && other.playout.startedAt >= endedAt
        ? withTrack(before, otherId, { ...other, playout: delayed(other.playout, { byMs: shiftMs, at }) })
        : before,
    next,
  )
  return nothing({ ...moved, playoutEndsAt: Math.max(at, moved.playoutEndsAt + shiftMs) })
}

/** The player knows better than the clock how much was heard before it was stopped, but not than the client. */
function corrected(state: SessionState, itemId: string, track: Track): Step {
  const { cut, contentIndex, acknowledgedMs = 0 } = track
  const ms = Math.floor(acknowledgedMs)
  if (!cut || cut.by === 'truncate') return nothing(state)
  if (cut.by === 'playback' && heardText(track, cut.ms) === heardText(track, ms)) return nothing(state)
  return cutItem(state, itemId, { contentIndex, ms, by: 'playback' })
}

function parseUpdate(event: Readonly<Record<string, unknown>>): PlaybackUpdate | RealtimeError {
  const result = PlaybackUpdate.safeParse(event)
  if (result.success) return result.data
  const [issue] = result.error.issues
  const param = String(issue?.path[0] ?? 'type')
  const eventId = typeof event['event_id'] === 'string' ? event['event_id'] : undefined
  return event[param] === undefined
    ? new RealtimeError('missing_required_parameter', `Missing required parameter: '${param}'.`, {
        param,
        eventId,
      })
    : new RealtimeError(
        'invalid_value',
        `Invalid value for '${param}'. ${expectations[param] ?? ''}`.trim(),
        {
          param,
          eventId,
        },
      )
}

const expectations: Readonly<Record<string, string>> = {
  item_id: 'Expected a string.',
  content_index: 'Expected a whole number from 0.',
  audio_ms: 'Expected a number from 0.',
}

function problemOf(track: Track | undefined, update: PlaybackUpdate): RealtimeError | undefined {
  if (!track) return unknown(update)
  const { audio_ms: told, event_id: eventId } = update
  const invalid = (param: string, message: string): RealtimeError =>
    new RealtimeError('invalid_value', message, { param, eventId })
  if (track.contentIndex !== update.content_index)
    return invalid('content_index', `The audio of this item is at content index ${track.contentIndex}.`)
  if (told < (track.acknowledgedMs ?? 0))
    return invalid('audio_ms', `${Math.floor(track.acknowledgedMs ?? 0)} ms of this item were played before.`)
  if (told > track.playout.totalMs + overcountMs)
    return invalid('audio_ms', `The item has ${Math.floor(track.playout.totalMs)} ms of audio.`)
  return undefined
}

function unknown({ item_id: itemId, event_id: eventId }: PlaybackUpdate): RealtimeError {
  const message = `The conversation has no item '${itemId}'.`
  return new RealtimeError('invalid_value', message, { param: 'item_id', eventId })
}

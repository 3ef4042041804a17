import { RealtimeError } from '../../errors.ts'
import type { ResponseCreate } from '../../events/client-events.ts'
import type { SessionMigrated } from '../../events/parley-events.ts'
import { sentText } from '../heard/heard.ts'
import { cutItem } from '../heard/ledger.ts'
import { endAllResponses } from '../answers/response-end.ts'
import { defaultResponse } from '../answers/responses.ts'
import { andThen, nothing, refuse } from '../session-state.ts'
import type { ActiveResponse, OpenItem, SessionState, Step } from '../session-state.ts'
import { withRenewed } from './renewal.ts'
import { settle } from '../settings/unacknowledged.ts'

/** A backend that answers turns by itself begins within this time (ms). */
export const ownAnswerMs = 10_000

/** How often an answer of which nothing came is asked for again. */
const maxAsksAgain = 2

/**
 * The session at the backend is no more, or is given up: what it left unfinished is finished here. Until another takes
 * over, what the client says waits.
 */
export function openGap(before: SessionState, reason: SessionMigrated['reason'], at: number): Step {
  const state = withRenewed(before)
  const update = state.succession?.update ?? state.updates.findLast(({ own }) => !own)?.event
  const owed = owedAnswer(state, at)
  const isGivenUp = owed !== undefined && state.asksAgain >= maxAsksAgain
  const asksAgain = owed && !isGivenUp ? state.asksAgain + 1 : 0
  const gap = {
    reason,
    unfinishedItemId: unfinishedItem(state),
    answer: isGivenUp ? undefined : owed,
    update: update && { eventId: update.event_id },
  }
  const ended = andThen(andThen(settle({ ...state, asksAgain }), cutOpen), endAllResponses)
  // The end of a response that had begun says enough.
  const isUntold = isGivenUp && !defaultResponse(state)
  const finished = isUntold ? andThen(ended, (next) => giveUp(next, owed)) : ended
  const hold = state.hold ?? { events: [], bytes: 0 }
  return {
    state: {
      ...finished.state,
      gap,
      hold: { ...hold, deadline: Infinity },
      updates: [],
      requested: undefined,
      muted: new Set(),
      mutedItems: new Set(),
      own: new Map(),
      seeded: new Set(),
      idleAt: undefined,
    },
    outputs: finished.outputs,
  }
}

/** An answer that ends every session it is asked of is not asked for without end. */
function giveUp(state: SessionState, { event_id: eventId }: ResponseCreate): Step {
  const message = `An answer was asked for ${maxAsksAgain + 1} times, and each time the backend was lost.`
  return refuse(state, new RealtimeError('backend_unavailable', message, { eventId }))
}

/** Why a session that ended is replaced. */
export function reasonOfLoss({ code }: RealtimeError): 'notice' | 'lost' {
  return code === 'session_expired' ? 'notice' : 'lost'
}

/** True where the backend answers what it has committed without being asked. */
export function answersByItself({ session, settings, kind }: SessionState): boolean {
  if (kind === 'supplied-transcription' || settings.supplied.listening || session?.type !== 'realtime')
    return false
  const detection = session.audio?.input?.turn_detection
  return detection != null && detection.create_response !== false
}

/** The last thing the listener will have heard of an answer is the end of what was sent. */
function cutOpen(state: SessionState): Step {
  const response = defaultResponse(state)
  return [...(response?.open ?? [])].reduce<Step>(
    (step, [id, { track, isDone }]) =>
      isDone || track.playout.totalMs === 0 || track.cut
        ? step
        : andThen(step, (next) =>
            cutItem(next, id, {
              contentIndex: track.contentIndex,
              ms: Math.floor(track.playout.totalMs),
              by: 'clock',
            }),
          ),
    nothing(state),
  )
}

function unfinishedItem(state: SessionState): string | null {
  const open = [...(defaultResponse(state)?.open ?? [])]
  const isCut = ({ track, isDone }: OpenItem): boolean =>
    !isDone && (sentText(track) !== '' || track.playout.totalMs > 0)
  return open.findLast(([, item]) => isCut(item))?.[0] ?? null
}

/** What asks for the answer the user is waiting for, if nothing of it came. */
function owedAnswer(state: SessionState, at: number): ResponseCreate | undefined {
  const plain: ResponseCreate = { type: 'response.create' }
  const { requested, speech, upstream } = state
  const active = defaultResponse(state)
  if (active) return isUnheard(active) ? (active.request ?? plain) : undefined
  if (requested) return requested.cancelled ? undefined : requested.event
  if (!answersByItself(state)) return undefined
  const isDue = upstream.answersSince !== undefined && at - upstream.answersSince < ownAnswerMs
  return isDue || speech?.span ? plain : undefined
}

function isUnheard({ produced, silenced, interrupted }: ActiveResponse): boolean {
  return !produced && !silenced && !interrupted
}

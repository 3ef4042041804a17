import { RealtimeError } from '../errors.ts'
import type { SessionCreated } from '../events/server-events.ts'
import { clientView } from './settings/client-view.ts'
import { end } from './ending.ts'
import { interrupts } from './settings/interrupts.ts'
import { ownEvent } from './own-events.ts'
import { sendOrHold } from './settings/pending-updates.ts'
import { contextReport, seed } from './memory/seeding.ts'
import { andThen, nothing, takeId } from './session-state.ts'
import type { SessionState, Step } from './session-state.ts'
import { canSupplyTranscription } from './settings/transcription-session.ts'
import { named } from './upstream/migration.ts'
import { endOf, watchLimit } from './upstream/upstream-limit.ts'
import { quietUpdate } from './settings/updates.ts'

/** The backend is there: tell the client, name the conversation, and remind the backend of what was said. */
export function open(state: SessionState, event: SessionCreated, at: number): Step {
  const supplied = state.kind === 'transcription' && !state.capabilities.transcriptionSessions
  if (supplied && !canSupplyTranscription(state)) {
    const message = 'This backend has no transcription sessions.'
    return end(state, { error: new RealtimeError('unsupported', message, { param: 'intent' }), at })
  }
  const opened: SessionState = {
    ...state,
    phase: 'open',
    kind: supplied ? 'supplied-transcription' : state.kind,
    session: event.session,
    interrupts: interrupts(event.session, state),
    upstream: { ...state.upstream, endsAt: endOf(event.session, state, at) },
  }
  const reminded = andThen(seed(opened), (next) => (supplied ? keepQuiet(next, at) : nothing(next)))
  const { state: next, id } = takeId(reminded.state, 'event')
  const conversation = { id: state.conversationId, object: 'realtime.conversation' } as const
  const parley = { context: contextReport(next), backend: named(next.upstream) }
  return {
    state: next,
    outputs: [
      ...reminded.outputs,
      ...watchLimit(next),
      { to: 'client', event: { ...event, session: clientView(event.session, next) } },
      { to: 'client', event: { type: 'conversation.created', event_id: id, conversation, parley } },
    ],
  }
}

/** Keeps a spoken session from answering; the client's sound waits until that is certain. */
function keepQuiet(state: SessionState, at: number): Step {
  const { event, settings } = quietUpdate(state)
  const own = ownEvent(state, event)
  return sendOrHold({ ...own.state, settings }, { event: own.event, own: true, before: state.settings }, at)
}

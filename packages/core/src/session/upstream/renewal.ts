import type { SessionUpdate } from '../../events/client-events.ts'
import { mergeWanted } from '../settings/wanted.ts'
import type { SessionState, Step } from '../session-state.ts'
import type { Succession } from './upstream-state.ts'

/** Whether what a session at the backend keeps for its whole life can be had in another one that knows what was said. */
export function canRenew({ recovery, capabilities, conversation }: SessionState): boolean {
  const isTold = capabilities.historySeeding !== 'none' || conversation.order.length === 0
  return recovery !== undefined && isTold
}

/** An update waits for the next session at the backend, which is prepared and takes over at the end of a turn. */
export function renew(state: SessionState, update: SessionUpdate): Step {
  const { succession, upstream, recovery } = state
  const session = mergeWanted(succession?.update?.session, update.session)
  const waiting: SessionUpdate = { ...update, session }
  if (succession) return { state: { ...state, succession: { ...succession, update: waiting } }, outputs: [] }
  const latestAt = (upstream.endsAt ?? Infinity) - (recovery?.marginMs ?? 0)
  return prepare(state, { reason: 'settings', successor: undefined, latestAt, update: waiting })
}

/** The state after an update that does not wait: it is newer than one that does. */
export function withLater(state: SessionState, { session }: SessionUpdate): SessionState {
  const { succession } = state
  if (!succession?.update) return state
  const update = { ...succession.update, session: mergeWanted(succession.update.session, session) }
  return { ...state, succession: { ...succession, update } }
}

/** The state once an update that waits has its turn: the next session is told of it with all the others. */
export function withRenewed(state: SessionState): SessionState {
  const { succession, settings } = state
  if (!succession?.update) return state
  const wanted = mergeWanted(settings.wanted, succession.update.session)
  return { ...state, settings: { ...settings, wanted } }
}

/** Has the next session dialled while the present one works. */
export function prepare(state: SessionState, succession: Succession): Step {
  const { latestAt } = succession
  return {
    state: { ...state, succession },
    outputs: [
      { to: 'upstream', dial: { cause: undefined } },
      ...(latestAt === Infinity ? [] : [{ to: 'clock', wakeAt: latestAt } as const]),
    ],
  }
}

import type { Item } from '../../events/items.ts'
import type { SessionCreated } from '../../events/server-events.ts'
import { migrate } from './migration.ts'
import type { SessionState, Step } from '../session-state.ts'

/** Goes on with a session that another process began: the client knows it already. */
export function resume(state: SessionState, created: SessionCreated, at: number): Step {
  const { capabilities, upstream, resuming } = state
  const { backend, model } = upstream
  const isTranscription = resuming?.session?.type === 'transcription'
  const gap = {
    reason: 'restart',
    unfinishedItemId: resuming?.unfinishedItemId ?? null,
    answer: isUnanswered(state) && !isTranscription ? ({ type: 'response.create' } as const) : undefined,
    update: undefined,
  } as const
  const kind = state.kind ?? resuming?.session?.type
  return migrate({ ...state, kind, gap }, { backend, model, capabilities, created }, at)
}

/** The user has spoken last, and turns are answered without being asked for. */
function isUnanswered({ conversation, resuming }: SessionState): boolean {
  const detection = resuming?.session?.audio?.input?.turn_detection
  const isAutomatic = detection === undefined || (detection !== null && detection.create_response !== false)
  const last: Item | undefined = conversation.items.get(conversation.order.at(-1) ?? '')
  return isAutomatic && last?.type === 'message' && last.role === 'user'
}

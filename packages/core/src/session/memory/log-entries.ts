import type { ResponseDone } from '../../events/server-events.ts'
import type { ContextEntry, LifeEvent } from '../../storage/context-store.ts'
import type { ActiveResponse, SessionState } from '../session-state.ts'

/** A turn for the log: how a response of the conversation ended and what it cost. */
export function responseEntry(
  state: SessionState,
  { id, itemIds, requestedBy }: ActiveResponse,
  { status, status_details: details, usage }: ResponseDone['response'],
): ContextEntry {
  const known = status === 'in_progress' || status === undefined ? 'incomplete' : status
  return {
    type: 'response',
    responseId: id,
    status: known,
    ...(known !== 'completed' && reasonOf(details) !== undefined && { reason: reasonOf(details) }),
    itemIds,
    ...backendOf(state),
    ...(usage && { usage }),
    ...(requestedBy !== undefined && { requestedBy }),
  }
}

/** Something that happened to the session, for the log. */
export function lifeEntry(state: SessionState, event: LifeEvent, detail: string | undefined): ContextEntry {
  return { type: 'life', event, ...backendOf(state), ...(detail !== undefined && { detail }) }
}

function reasonOf(details: ResponseDone['response']['status_details']): string | undefined {
  return details?.reason ?? details?.error?.code ?? undefined
}

function backendOf({ upstream, session }: SessionState): { backend: string; model?: string } {
  const { backend, model } = upstream
  const used = model ?? (session?.type === 'realtime' ? session.model : undefined)
  return { backend, ...(typeof used === 'string' && { model: used }) }
}

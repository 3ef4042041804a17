import { RealtimeError } from '../../errors.ts'
import type { ConversationItemCreate, ResponseCreate } from '../../events/client-events.ts'
import { itemError } from '../items/item-rules.ts'
import { createItem } from '../items/items.ts'
import { activeError, createResponse, isOutOfBand, requestError } from './response-requests.ts'
import { defaultResponse } from './responses.ts'
import { andThen, nothing, refuse } from '../session-state.ts'
import type { SessionState, Step } from '../session-state.ts'

/** Most events that wait for a response to end. */
const maxWaiting = 256

/** Adds an item; the output of a function call waits until the response that made the call is done. */
export function itemFromClient(state: SessionState, event: ConversationItemCreate): Step {
  const error = itemError(state, event) ?? secondOutputError(state, event)
  if (error) return refuse(state, error)
  const { item } = event
  const answered =
    item.type === 'function_call_output'
      ? new Map(state.answered).set(item.call_id, event.event_id)
      : state.answered
  const next = { ...state, answered }
  const behind = state.waiting.some(({ type }) => type === 'conversation.item.create')
  return behind || isEarly(state, event) ? wait(next, event) : createItem(next, event)
}

/** Asks for a response; one that continues after function calls waits until the response that made them is done. */
export function responseFromClient(state: SessionState, event: ResponseCreate): Step {
  if (isOutOfBand(event) || !continues(state)) return createResponse(state, event)
  const asked = state.waiting.some(({ type }) => type === 'response.create')
  const error = asked ? activeError({ ...state, requested: { eventId: undefined, event } }, event) : undefined
  const problem = requestError(state, event) ?? error
  return problem ? refuse(state, problem) : wait(state, event)
}

/** Asks for a response as soon as none is active, once. */
export function responseWhenFree(state: SessionState, event: ResponseCreate): SessionState {
  if (state.waiting.some(({ type }) => type === 'response.create')) return state
  return { ...state, waiting: [...state.waiting, event] }
}

/** Goes on with what waits, as far as it can. */
export function continueWaiting(step: Step): Step {
  const [head, ...waiting] = step.state.waiting
  if (!head || step.state.phase !== 'open' || step.state.hold || !isReady(step.state, head)) return step
  const next = andThen(step, (state) =>
    head.type === 'response.create'
      ? createResponse({ ...state, waiting }, head)
      : createItem({ ...state, waiting }, head),
  )
  return continueWaiting(next)
}

/** The backend did not take the output of a call, so that another may be sent. */
export function outputRefused(state: SessionState, eventId: string | null | undefined): SessionState {
  const refused = state.answered.entries().find(([, id]) => id !== undefined && id === eventId)
  if (!refused) return state
  const answered = new Map(state.answered)
  answered.delete(refused[0])
  return { ...state, answered }
}

function isReady(state: SessionState, event: ConversationItemCreate | ResponseCreate): boolean {
  if (event.type === 'conversation.item.create') return !isEarly(state, event)
  const isFree = !defaultResponse(state) && !state.requested && state.muted.size === 0
  return isFree && state.upstream.resaid.length === 0
}

function isEarly({ responses }: SessionState, { item }: ConversationItemCreate): boolean {
  return (
    item.type === 'function_call_output' && responses.values().some(({ calls }) => calls.has(item.call_id))
  )
}

/** A response that is asked for now follows one that is not over for the backend. */
function continues(state: SessionState): boolean {
  const active = defaultResponse(state)
  return state.waiting.length > 0 || state.muted.size > 0 || (active !== undefined && active.calls.size > 0)
}

function wait(state: SessionState, event: ConversationItemCreate | ResponseCreate): Step {
  if (state.waiting.length < maxWaiting) return nothing({ ...state, waiting: [...state.waiting, event] })
  const message = `More than ${maxWaiting} events wait for the active response to end.`
  return refuse(state, new RealtimeError('buffer_overflow', message, { eventId: event.event_id }))
}

function secondOutputError(
  { answered, conversation }: SessionState,
  { item, event_id: eventId }: ConversationItemCreate,
): RealtimeError | undefined {
  if (item.type !== 'function_call_output') return undefined
  const stored = conversation.items
    .values()
    .some((other) => other.type === 'function_call_output' && other.call_id === item.call_id)
  if (!stored && !answered.has(item.call_id)) return undefined
  const message = `The function call '${item.call_id}' has an output already.`
  return new RealtimeError('invalid_value', message, { param: 'item.call_id', eventId })
}

import { RealtimeError } from '../../errors.ts'
import type { ResponseCreate } from '../../events/client-events.ts'
import { isManual, openResponse, type Exchange } from './exchange.ts'
import { openSession } from './opening.ts'
import { flushPending } from './pending.ts'

/** Hands over the outputs of calls, which the model answers. */
export function sendOutputs(exchange: Exchange): void {
  const functionResponses = [...exchange.outputs.values()]
  exchange.outputs = new Map()
  exchange.expected = true
  exchange.link.send({ toolResponse: { functionResponses } })
}

/** Asks for an answer to what the client wrote, said or found out; Gemini may be about to give it anyway. */
export function createResponse(exchange: Exchange, event: ResponseCreate): void {
  refuseOverrides(event)
  if (exchange.active) {
    throw new RealtimeError(
      'conversation_already_has_active_response',
      `Conversation already has an active response in progress: ${exchange.active.id}.`,
    )
  }
  const { manual, link, turns } = exchange
  openSession(exchange)
  exchange.requested = { eventId: event.event_id }
  const hadOutputs = exchange.outputs.size > 0
  if (hadOutputs) sendOutputs(exchange)
  const spoken = isManual(exchange) && manual.committed
  const wrote = flushPending(exchange, !spoken)
  if (spoken) {
    Object.assign(manual, { started: false, committed: false })
    exchange.expected = true
    link.send({ realtimeInput: { activityEnd: {} } })
  }
  // Otherwise the model is about to answer by itself, or waits for outputs of its calls.
  if (hadOutputs || wrote || spoken || exchange.expected || turns.speaking || exchange.calls.size > 0) return
  if (exchange.begun && !exchange.options.traits.laterClientContent) {
    exchange.requested = undefined
    throw new RealtimeError('unsupported', 'This model of Gemini Live answers only to new input.')
  }
  exchange.expected = true
  link.send({ clientContent: { turnComplete: true } })
}

const overrides = [
  'input',
  'instructions',
  'tools',
  'tool_choice',
  'max_output_tokens',
  'output_modalities',
] as const

function refuseOverrides({ response }: ResponseCreate): void {
  if (!response) return
  if (response.conversation === 'none') {
    throw new RealtimeError('unsupported', 'Gemini Live has no responses outside the conversation.', {
      param: 'response.conversation',
    })
  }
  const name = overrides.find((key) => response[key] !== undefined)
  if (name === undefined) return
  throw new RealtimeError('unsupported', 'Gemini Live has no settings for a single response.', {
    param: `response.${name}`,
  })
}

/** Gemini has no such message: the rest of its turn is dropped here. */
export function cancelResponse(exchange: Exchange): void {
  if (!exchange.active && !exchange.requested) {
    throw new RealtimeError('response_cancel_not_active', 'Cancellation failed: there is no active response.')
  }
  const response = exchange.active ?? openResponse(exchange)
  response.end({
    status: 'cancelled',
    details: { type: 'cancelled', reason: 'client_cancelled' },
    usage: null,
  })
  exchange.active = undefined
  exchange.discarding = true
}

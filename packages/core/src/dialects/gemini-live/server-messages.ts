import type { ResponseStatusDetails } from '../../events/response.ts'
import { isManual, openResponse, type Exchange } from './exchange.ts'
import type { ServerContent, ServerMessage } from './messages.ts'
import { flushPending } from './pending.ts'
import type { ResponseEnd, ResponseWriter } from './response-writer.ts'
import { toUsage } from './usage.ts'

const knownKeys: ReadonlySet<string> = new Set([
  'setupComplete',
  'serverContent',
  'toolCall',
  'toolCallCancellation',
  'usageMetadata',
  'goAway',
  'sessionResumptionUpdate',
  'voiceActivity',
  'voiceActivityDetectionSignal',
])

const knownContentKeys: ReadonlySet<string> = new Set([
  'modelTurn',
  'generationComplete',
  'turnComplete',
  'turnCompleteReason',
  'interrupted',
  'inputTranscription',
  'interimInputTranscription',
  'outputTranscription',
])

/** Takes a message of the service. What GA has no event for is passed on as an extension. */
export function takeServerMessage(exchange: Exchange, message: ServerMessage): void {
  const { link } = exchange
  if (message.setupComplete) setupComplete(exchange)
  const { sessionResumptionUpdate: update } = message
  if (update?.resumable && update.newHandle) link.covered(update.newHandle)
  if (message.usageMetadata) exchange.usage = message.usageMetadata
  const activity =
    message.voiceActivity?.voiceActivityType ?? message.voiceActivityDetectionSignal?.vadSignalType
  if (activity !== undefined) voiceActivity(exchange, activity)
  for (const id of message.toolCallCancellation?.ids ?? []) cancelCall(exchange, id)
  if (message.serverContent) content(exchange, message.serverContent)
  if (message.toolCall) toolCall(exchange, message.toolCall.functionCalls ?? [])
  if (message.goAway) {
    exchange.push({ to: 'connection', leaveWithinMs: milliseconds(message.goAway.timeLeft) })
  }
  passOn(exchange, 'message', message, knownKeys)
}

function setupComplete(exchange: Exchange): void {
  const { emit, session, link } = exchange
  for (; exchange.unacknowledged > 0; exchange.unacknowledged--) emit({ type: 'session.updated', session })
  link.ready()
  if (exchange.askAgain) exchange.askedAgain += 1
  exchange.askAgain = false
  const { flush } = exchange
  exchange.flush = 'no'
  if (flush !== 'no') flushPending(exchange, flush === 'for an answer')
}

/** Whatever is left of an object, as an event of the same name. */
function passOn(
  { push, newId }: Exchange,
  name: string,
  object: Readonly<Record<string, unknown>>,
  known: ReadonlySet<string>,
): void {
  const rest = Object.entries(object).filter(([key]) => !known.has(key))
  if (rest.length === 0) return
  const event = { type: `gemini.${name}`, event_id: newId('event'), ...Object.fromEntries(rest) }
  push({ to: 'client', event: { type: 'extension', dialect: 'gemini-live', event } })
}

function voiceActivity(exchange: Exchange, type: string): void {
  if (isManual(exchange)) return
  if (type === 'ACTIVITY_START' || type === 'VAD_SIGNAL_TYPE_SOS') exchange.turns.begin()
  if (type === 'ACTIVITY_END' || type === 'VAD_SIGNAL_TYPE_EOS') {
    if (exchange.turns.speaking) exchange.expected = true
    exchange.turns.end()
  }
}

function content(exchange: Exchange, part: ServerContent): void {
  const { turns } = exchange
  if (part.interrupted) interrupted(exchange)
  if (part.interimInputTranscription?.text?.trim() && !isManual(exchange) && !turns.awaitsWords) turns.begin()
  if (part.inputTranscription) {
    userWords(exchange, part.inputTranscription.text ?? '')
    if (part.inputTranscription.finished) turns.wordsDone()
  }
  if (!part.interrupted) modelOutput(exchange, part)
  if (part.generationComplete) exchange.active?.soundDone()
  if (part.turnComplete) turnComplete(exchange, part)
  passOn(exchange, 'server_content', part, knownContentKeys)
}

/** Words between two turns belong to the one whose transcript is still open. */
function userWords(exchange: Exchange, text: string): void {
  const { turns } = exchange
  if (text === '') return
  if (!isManual(exchange) && !turns.awaitsWords && text.trim() !== '') turns.begin()
  turns.words(text)
}

function modelOutput(exchange: Exchange, { outputTranscription, modelTurn }: ServerContent): void {
  const words = outputTranscription?.text ?? ''
  const parts = (modelTurn?.parts ?? []).filter(({ thought }) => !thought)
  const pieces = parts.map((part) => ({ part, sound: exchange.outputSound(part) }))
  for (const { part, sound } of pieces) {
    if (!sound && part.text === undefined) passOn(exchange, 'model_part', part, new Set())
  }
  const spoken = pieces.filter(({ part, sound }) => sound !== undefined || (part.text ?? '') !== '')
  if (words === '' && spoken.length === 0) return
  const response = answer(exchange)
  if (!response) return
  // Words come ahead of their sound, as what was heard is reckoned from the sound that follows them.
  if (words !== '') response.words(words)
  for (const { part, sound } of spoken) {
    if (sound) response.sound(sound)
    else response.words(part.text ?? '')
  }
}

/** The response that what the model says belongs to, `undefined` when nobody wants it. */
function answer(exchange: Exchange): ResponseWriter | undefined {
  const { active, discarding, turns } = exchange
  if (discarding) return undefined
  if (active) return active
  // An answer to speech that Gemini gave no sign of.
  if (!exchange.expected && exchange.heardSound && !isManual(exchange)) turns.begin()
  turns.end()
  return openResponse(exchange)
}

function interrupted(exchange: Exchange): void {
  const { turns, active } = exchange
  const byUser = !exchange.expected && !isManual(exchange)
  turns.wordsDone()
  if (byUser) turns.begin()
  if (active) {
    end(exchange, active, {
      status: 'cancelled',
      details: { type: 'cancelled', reason: byUser ? 'turn_detected' : 'client_cancelled' },
    })
  }
  exchange.discarding = false
  exchange.turnEndIsStale = true
}

function turnComplete(exchange: Exchange, { turnCompleteReason, waitingForInput }: ServerContent): void {
  const { turns, active } = exchange
  if (exchange.discarding) {
    exchange.discarding = false
    exchange.usage = undefined
  } else if (active) {
    end(exchange, active, outcome(turnCompleteReason))
  } else if (exchange.turnEndIsStale) {
    exchange.turnEndIsStale = false
  } else if (exchange.requested || exchange.expected) {
    end(exchange, openResponse(exchange), outcome(turnCompleteReason))
  } else if (!waitingForInput) {
    turns.end()
  }
  if (!turns.speaking) turns.wordsDone()
}

function end(exchange: Exchange, response: ResponseWriter, how: Omit<ResponseEnd, 'usage'>): void {
  response.end({ ...how, usage: exchange.usage ? toUsage(exchange.usage) : null })
  exchange.active = undefined
  exchange.usage = undefined
}

const failures: ReadonlySet<string> = new Set([
  'MALFORMED_FUNCTION_CALL',
  'RESPONSE_REJECTED',
  'MAX_REGENERATION_REACHED',
])

const fine: ReadonlySet<string> = new Set(['TURN_COMPLETE_REASON_UNSPECIFIED', 'NEED_MORE_INPUT'])

/** Every other reason is a kind of content that may not be taken or given. */
function outcome(reason: string | undefined): {
  readonly status: 'completed' | 'failed' | 'incomplete'
  readonly details?: ResponseStatusDetails
} {
  if (reason === undefined || fine.has(reason)) return { status: 'completed' }
  if (!failures.has(reason)) {
    return { status: 'incomplete', details: { type: 'incomplete', reason: 'content_filter' } }
  }
  const message = `Gemini Live ended the turn: ${reason}.`
  return {
    status: 'failed',
    details: { type: 'failed', error: { type: 'server_error', code: reason.toLowerCase(), message } },
  }
}

type FunctionCalls = NonNullable<NonNullable<ServerMessage['toolCall']>['functionCalls']>

/** Calls end the response, because clients of GA answer only then. */
function toolCall(exchange: Exchange, functionCalls: FunctionCalls): void {
  const { calls, cancelledCalls, newId } = exchange
  const response = answer(exchange)
  if (!response) {
    for (const { id } of functionCalls) if (id !== undefined) cancelledCalls.add(id)
    return
  }
  for (const { id, name, args } of functionCalls) {
    const callId = id ?? newId('call')
    calls.set(callId, { name, invented: id === undefined })
    response.call({ callId, name, arguments: JSON.stringify(args ?? {}) })
  }
  end(exchange, response, { status: 'completed' })
  exchange.turnEndIsStale = true
}

function cancelCall(exchange: Exchange, id: string): void {
  exchange.calls.delete(id)
  exchange.cancelledCalls.add(id)
  exchange.outputs = new Map([...exchange.outputs].filter(([callId]) => callId !== id))
}

/** A duration as the service writes it, for example `9.5s`. */
function milliseconds(duration: string | undefined): number {
  const seconds = Number.parseFloat(duration ?? '')
  return Number.isFinite(seconds) ? Math.max(0, seconds * 1000) : 0
}

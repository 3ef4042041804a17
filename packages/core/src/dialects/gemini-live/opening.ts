import { toTurns } from './content.ts'
import type { PlacedItem } from './conversation.ts'
import { currentSetup, openResponse, type Exchange } from './exchange.ts'
import { toldAgain } from './link.ts'
import type { ClientMessage, Setup } from './messages.ts'
import { contentMessages, splitHistory } from './pending.ts'

/** Sends the setup, once: with the settings so far, and the items so far as history. */
export function openSession(exchange: Exchange): void {
  if (exchange.link.phase !== 'unset') return
  const { history, unanswered } = splitHistory(exchange.pending, exchange.options.traits)
  exchange.pending = unanswered
  openWith(exchange, history)
}

/** Ends what cannot go on without the connection. Until the next one nothing is sent. */
export function loseConnection(exchange: Exchange): void {
  const { turns, link, active, calls, manual } = exchange
  const wasReady = link.phase === 'ready'
  link.lost()
  if (!wasReady) return
  const ended = manual.inForce && !manual.started && link.sound.length > 0
  exchange.askAgain =
    exchange.expected &&
    !active &&
    exchange.askedAgain < maxAskedAgain &&
    (link.uncovered.length > 0 || ended)
  const unanswerable =
    exchange.requested && exchange.expected && !exchange.askAgain && exchange.flush === 'no'
  const failed = active ?? (unanswerable ? openResponse(exchange) : undefined)
  failed?.end({ status: 'failed', details: lostDetails, usage: null })
  exchange.active = undefined
  if (!exchange.askAgain) exchange.expected = false
  // Speech under way is: it goes on over the next connection.
  const saysAgain = ended && exchange.askAgain
  if (saysAgain || (manual.started && manual.committed)) turns.again('ended')
  else if (turns.speaking || manual.started) turns.again('speaking')
  else {
    turns.end()
    turns.wordsDone()
  }
  // The service may not have said yet that somebody speaks; where nobody does, silence is sent again.
  if (!manual.inForce) exchange.soundAgain = [...link.sound]
  else if (!manual.started && !saysAgain) exchange.soundAgain = []
  else exchange.soundAgain = [activityStart, ...link.sound, ...(saysAgain ? [activityEnd] : [])]
  // The next connection does not know the calls: their outputs are told in words.
  exchange.pending = [...outputItems(exchange), ...exchange.pending]
  exchange.outputs = new Map()
  calls.clear()
  exchange.discarding = false
  exchange.turnEndIsStale = false
  exchange.usage = undefined
}

const activityStart: ClientMessage = { realtimeInput: { activityStart: {} } }
const activityEnd: ClientMessage = { realtimeInput: { activityEnd: {} } }

/** Connections in a row a question may end, after the first. */
const maxAskedAgain = 3

const lostDetails = {
  type: 'failed',
  error: { type: 'server_error', code: 'backend_unavailable', message: 'The connection was lost.' },
} as const

function outputItems({ conversation, outputs }: Exchange): readonly PlacedItem[] {
  return conversation.items.filter(
    (item) => item.type === 'function_call_output' && outputs.has(item.call_id),
  )
}

/** Opens another connection of the same session; `resumed` with its handle, else with the history. */
export function reopenSession(exchange: Exchange, resumed: boolean): void {
  const { link, askAgain } = exchange
  if (!resumed || link.handle === undefined) return reopenAnew(exchange)
  takeSettings(exchange)
  const setup: Setup = { ...exchange.setup, sessionResumption: { handle: link.handle } }
  // One question at a time: what comes before the last is told again, not asked.
  const last = endsSpeech(exchange) ? -1 : link.uncovered.length - 1
  link.open({ setup }, [
    ...link.uncovered.flatMap((message, index) => toldAgain(message, askAgain && index === last)),
    ...speechAgain(exchange),
  ])
}

/** The speech that was under way or unanswered when the connection was lost, once more, as turns are ended now. */
function speechAgain({ soundAgain, manual }: Exchange): readonly ClientMessage[] {
  const isMarked = soundAgain[0] === activityStart
  if (manual.inForce) return isMarked ? soundAgain : []
  return soundAgain.filter((message) => message !== activityStart && message !== activityEnd)
}

/** Speech is asked for again, and no text. */
function endsSpeech({ soundAgain }: Exchange): boolean {
  return soundAgain.at(-1) === activityEnd
}

/** Without the turns that are to be heard again. */
function withoutUnheard(exchange: Exchange, items: readonly PlacedItem[]): readonly PlacedItem[] {
  if (!exchange.manual.committed && !endsSpeech(exchange)) return items
  const said = items.findLastIndex((item) => !(item.type === 'message' && item.role === 'user'))
  return items.filter((item, index) => index <= said || !isSpoken(item))
}

function isSpoken(item: PlacedItem): boolean {
  return item.type === 'message' && item.content.some(({ type }) => type === 'input_audio')
}

function reopenAnew(exchange: Exchange): void {
  const { link, conversation, pending, options, askAgain } = exchange
  link.forgetHandle()
  const waiting = new Set(pending.map(({ id }) => id))
  const all = conversation.items.filter(({ id }) => !waiting.has(id))
  const known = withoutUnheard(exchange, all)
  const { history, unanswered } =
    askAgain && !endsSpeech(exchange)
      ? splitHistory(known, options.traits)
      : { history: known, unanswered: [] }
  exchange.begun = false
  openWith(exchange, history, unanswered)
}

function openWith(
  exchange: Exchange,
  history: readonly PlacedItem[],
  unanswered: readonly PlacedItem[] = [],
): void {
  const { link, options } = exchange
  const turns = toTurns(history)
  takeSettings(exchange)
  const { initialHistory } = options.traits
  const setup: Setup =
    turns.length > 0 && initialHistory
      ? { ...exchange.setup, historyConfig: { initialHistoryInClientContent: true } }
      : exchange.setup
  link.open({ setup }, [
    ...(turns.length === 0 ? [] : [{ clientContent: { turns, turnComplete: initialHistory } }]),
    ...(unanswered.length === 0 ? [] : contentMessages(exchange, unanswered, true)),
    ...speechAgain(exchange),
  ])
}

/** The present settings become those of a connection. */
function takeSettings(exchange: Exchange): void {
  exchange.setup = currentSetup(exchange)
  const { disabled = false } = exchange.setup.realtimeInputConfig.automaticActivityDetection
  exchange.manual.inForce = disabled
}

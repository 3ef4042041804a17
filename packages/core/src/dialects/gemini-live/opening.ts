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
  const { turns, link, active, calls } = exchange
  const wasReady = link.phase === 'ready'
  link.lost()
  if (!wasReady) return
  exchange.askAgain =
    exchange.expected && !active && exchange.askedAgain < maxAskedAgain && link.uncovered.length > 0
  // Sound that became a turn is not sent a second time.
  const unanswerable =
    exchange.requested && exchange.expected && !exchange.askAgain && exchange.flush === 'no'
  const failed = active ?? (unanswerable ? openResponse(exchange) : undefined)
  failed?.end({ status: 'failed', details: lostDetails, usage: null })
  exchange.active = undefined
  if (!exchange.askAgain) exchange.expected = false
  // Speech under way is: it goes on over the next connection.
  const speaks = turns.speaking && !exchange.manual.started
  const holds = exchange.manual.started && !exchange.manual.committed
  if (speaks || holds) turns.again()
  else {
    turns.end()
    turns.wordsDone()
  }
  // The service may not have said yet that somebody speaks; where nobody does, silence is sent again.
  exchange.soundAgain = holds || !exchange.manual.inForce ? [...link.sound] : []
  // The next connection does not know the calls: their outputs are told in words.
  exchange.pending = [...outputItems(exchange), ...exchange.pending]
  exchange.outputs = new Map()
  calls.clear()
  exchange.discarding = false
  exchange.turnEndIsStale = false
  Object.assign(exchange.manual, { started: holds, committed: false })
  exchange.usage = undefined
}

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
  const last = link.uncovered.length - 1
  link.open({ setup }, [
    ...link.uncovered.flatMap((message, index) => toldAgain(message, askAgain && index === last)),
    ...speechAgain(exchange),
  ])
}

/** The speech that was under way when the connection was lost, once more. */
function speechAgain(exchange: Exchange): readonly ClientMessage[] {
  const { soundAgain, manual } = exchange
  if (!manual.inForce) return soundAgain
  return manual.started ? [{ realtimeInput: { activityStart: {} } }, ...soundAgain] : []
}

function reopenAnew(exchange: Exchange): void {
  const { link, conversation, pending, options, askAgain } = exchange
  link.forgetHandle()
  const waiting = new Set(pending.map(({ id }) => id))
  const known = conversation.items.filter(({ id }) => !waiting.has(id))
  const { history, unanswered } = askAgain
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

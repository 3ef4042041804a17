import { toTurns } from './content.ts'
import type { PlacedItem } from './conversation.ts'
import { currentSetup, openResponse, type Exchange } from './exchange.ts'
import { toldAgain } from './link.ts'
import type { ClientMessage, Setup } from './messages.ts'
import { flushPending, splitHistory } from './pending.ts'

/** Sends the setup, once: with the settings so far, and the items so far as history. */
export function openSession(exchange: Exchange): void {
  if (exchange.link.phase !== 'unset') return
  const { history, unanswered } = splitHistory(exchange.pending, exchange.options.traits)
  exchange.pending = unanswered
  openWith(exchange, history)
}

/** Ends what cannot go on without the connection. Until the next one nothing is sent. */
export function loseConnection(exchange: Exchange): void {
  const { turns, link, active, calls, cancelledCalls } = exchange
  link.lost()
  const details = {
    type: 'failed',
    error: { type: 'server_error', code: 'backend_unavailable', message: 'The connection was lost.' },
  } as const
  const toBeAsked = exchange.expected && link.uncovered.length > 0
  const unanswerable = exchange.requested !== undefined && !toBeAsked && exchange.expected
  const failed = active ?? (unanswerable ? openResponse(exchange) : undefined)
  failed?.end({ status: 'failed', details, usage: null })
  exchange.active = undefined
  turns.end()
  turns.wordsDone()
  for (const id of calls.keys()) cancelledCalls.add(id)
  calls.clear()
  exchange.discarding = false
  exchange.turnEndIsStale = false
  exchange.expected = toBeAsked
  exchange.manual = { started: false, committed: false }
  exchange.usage = undefined
}

/** Opens another connection of the same session; `resumed` with its handle, else with the history. */
export function reopenSession(exchange: Exchange, resumed: boolean): void {
  const { link, conversation, pending } = exchange
  if (resumed && link.handle !== undefined) {
    const again = link.uncovered.flatMap((message) => toldAgain(message, exchange.expected))
    exchange.setup = currentSetup(exchange)
    link.open({ setup: { ...exchange.setup, sessionResumption: { handle: link.handle } } }, again)
    return
  }
  link.forgetHandle()
  const waiting = new Set(pending.map(({ id }) => id))
  const known = conversation.items.filter(({ id }) => !waiting.has(id))
  const { history, unanswered } = exchange.expected
    ? splitHistory(known, exchange.options.traits)
    : { history: known, unanswered: [] }
  exchange.begun = false
  openWith(exchange, history)
  if (unanswered.length === 0) return
  exchange.pending = [...unanswered, ...pending]
  flushPending(exchange, true)
}

function openWith(exchange: Exchange, history: readonly PlacedItem[]): void {
  const { link, options } = exchange
  const turns = toTurns(history)
  exchange.setup = currentSetup(exchange)
  const { initialHistory } = options.traits
  const setup: Setup =
    turns.length > 0 && initialHistory
      ? { ...exchange.setup, historyConfig: { initialHistoryInClientContent: true } }
      : exchange.setup
  const first: readonly ClientMessage[] =
    turns.length === 0 ? [] : [{ clientContent: { turns, turnComplete: initialHistory } }]
  link.open({ setup }, first)
}

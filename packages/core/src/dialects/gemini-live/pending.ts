import { toTurns } from './content.ts'
import type { PlacedItem } from './conversation.ts'
import type { Exchange } from './exchange.ts'
import type { ClientMessage, ClientPart, ClientTurn } from './messages.ts'

/** Sends what the client wrote and did not yet have sent. False when there was nothing. */
export function flushPending(exchange: Exchange, answer: boolean): boolean {
  const turns = toTurns(exchange.pending)
  exchange.pending = []
  if (turns.length === 0) return false
  for (const message of contentMessages(exchange, turns, answer)) exchange.link.send(message)
  exchange.begun = true
  if (answer) exchange.expected = true
  return true
}

function contentMessages(
  { begun, options }: Exchange,
  turns: readonly ClientTurn[],
  answer: boolean,
): readonly ClientMessage[] {
  if (options.traits.laterClientContent || (!begun && !options.traits.initialHistory)) {
    return [{ clientContent: { turns, turnComplete: answer } }]
  }
  return turns.flatMap(({ parts }) => parts.map(realtimeMessage))
}

function realtimeMessage(part: ClientPart): ClientMessage {
  return { realtimeInput: 'text' in part ? { text: part.text } : { video: part.inlineData } }
}

/** Splits items into what lies behind and what the user wrote last, which is still to be answered. */
export function splitHistory(items: readonly PlacedItem[]): {
  readonly history: readonly PlacedItem[]
  readonly unanswered: readonly PlacedItem[]
} {
  const last = items.findLastIndex((item) => !(item.type === 'message' && item.role === 'user'))
  return { history: items.slice(0, last + 1), unanswered: items.slice(last + 1) }
}

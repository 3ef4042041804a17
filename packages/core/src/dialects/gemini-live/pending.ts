import { toTurns } from './content.ts'
import type { PlacedItem } from './conversation.ts'
import type { Exchange } from './exchange.ts'
import type { ClientMessage, ClientTurn } from './messages.ts'
import type { ModelTraits } from './model-traits.ts'

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
  { options }: Exchange,
  turns: readonly ClientTurn[],
  answer: boolean,
): readonly ClientMessage[] {
  if (options.traits.laterClientContent) return [{ clientContent: { turns, turnComplete: answer } }]
  const parts = turns.flatMap((turn) => turn.parts)
  const texts = parts.flatMap((part) => ('text' in part ? [part.text] : []))
  const video = parts.flatMap((part) => ('text' in part ? [] : [part.inlineData]))
  return [
    ...video.map((image) => ({ realtimeInput: { video: image } })),
    // Each text is a turn of its own, and only a text is answered.
    { realtimeInput: { text: texts.join('\n') || placeholder } },
  ]
}

/** Asks for an answer to what was only shown. */
const placeholder = '.'

/**
 * Splits items into what lies behind and what the user wrote last, which is still to be answered. Models that take
 * one text at a time are left one.
 */
export function splitHistory(
  items: readonly PlacedItem[],
  { laterClientContent }: ModelTraits,
): {
  readonly history: readonly PlacedItem[]
  readonly unanswered: readonly PlacedItem[]
} {
  const before = items.findLastIndex((item) => !(item.type === 'message' && item.role === 'user'))
  const last = laterClientContent ? before : Math.max(before, items.length - 2)
  return { history: items.slice(0, last + 1), unanswered: items.slice(last + 1) }
}

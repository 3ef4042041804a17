import { toTurns } from './content.ts'
import type { PlacedItem } from './conversation.ts'
import type { Exchange } from './exchange.ts'
import type { ClientMessage } from './messages.ts'
import type { ModelTraits } from './model-traits.ts'

/** Sends what the client wrote and did not yet have sent, now or once the setup is complete. False without any. */
export function flushPending(exchange: Exchange, answer: boolean): boolean {
  const { pending, link } = exchange
  if (toTurns(pending).length === 0) return false
  if (answer) exchange.expected = true
  if (link.phase !== 'ready') {
    exchange.flush = answer ? 'for an answer' : 'silently'
    return true
  }
  exchange.pending = []
  for (const message of contentMessages(exchange, pending, answer)) link.send(message)
  exchange.begun = true
  return true
}

/** Items as messages of a model that has begun. */
export function contentMessages(
  { options }: Exchange,
  items: readonly PlacedItem[],
  answer: boolean,
): readonly ClientMessage[] {
  const turns = toTurns(items)
  if (options.traits.laterClientContent) return [{ clientContent: { turns, turnComplete: answer } }]
  const parts = turns.filter(({ role }) => role === 'user').flatMap((turn) => turn.parts)
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

/** Puts an item among those not sent: where the client wants it, else last. */
export function withPending(
  pending: readonly PlacedItem[],
  item: PlacedItem,
  previous: string | null | undefined,
): readonly PlacedItem[] {
  if (previous === 'root') return [item, ...pending]
  const before = previous == null ? -1 : pending.findIndex(({ id }) => id === previous)
  return before === -1 ? [...pending, item] : pending.toSpliced(before + 1, 0, item)
}

import { RealtimeError } from '../../errors.ts'
import type { ConversationItemTruncate } from '../../events/client-events.ts'
import type { Item } from '../../events/items.ts'
import type { ServerEvent } from '../../events/server-events.ts'
import type { MindItems } from './mind-items.ts'
import { toSpokenItem } from './spoken-events.ts'
import { wordsBefore, type SpokenPart } from './turn-parts.ts'
import type { Turn } from './turn.ts'

/** Cuts spoken answers to what was heard, at the mind too. */
export interface Truncations {
  /** Parts of this answer may be cut from now on. */
  follow(turn: Turn): void
  /** Answers `conversation.item.truncate`, once the answer has ended. Throws for an item without sound. */
  ask(event: ConversationItemTruncate): void
  /** The client has the whole answer: the mind forgets what was never told, or what was cut meanwhile. */
  settle(turn: Turn): void
  /** An item as the client knows it. */
  shown(item: Item): Item
}

/** What cutting needs. */
export interface TruncationsOptions {
  readonly items: MindItems
  readonly cutsAnswers: boolean
  readonly emit: (event: ServerEvent) => void
  readonly report: (error: RealtimeError, eventId: string | undefined) => void
  readonly newId: (prefix: string) => string
}

/** Creates the truncations of one session. */
export function createTruncations(options: TruncationsOptions): Truncations {
  const { items, cutsAnswers, emit, report, newId } = options
  const turns: Turn[] = []
  const waiting = new Map<string, ConversationItemTruncate>()

  function find(itemId: string): { readonly turn: Turn; readonly part: SpokenPart } | undefined {
    for (const turn of turns.toReversed()) {
      const part = turn.parts.find((other) => other.itemId === itemId)
      if (part) return { turn, part }
    }
    return undefined
  }

  function cut(part: SpokenPart, event: ConversationItemTruncate): void {
    const { item_id, content_index, audio_end_ms, event_id } = event
    const words = event.parley?.heard_transcript ?? wordsBefore(part, audio_end_ms)
    items.replace(item_id, words, (error) => {
      if (error) return report(error, event_id)
      part.told = words
      part.written = words
      emit({
        type: 'conversation.item.truncated',
        event_id: newId('event'),
        item_id,
        content_index,
        audio_end_ms,
      })
    })
  }

  return {
    follow(turn) {
      if (turn.spoken) turns.push(turn)
    },
    ask(event) {
      const found = find(event.item_id)
      if (!found || !cutsAnswers) {
        const message = `There is no spoken item '${event.item_id}' that can be cut.`
        throw new RealtimeError('item_truncate_invalid_item_id', message, { param: 'item_id' })
      }
      if (found.part.contentIndex !== event.content_index) {
        throw new RealtimeError('invalid_value', 'This item has no audio there.', { param: 'content_index' })
      }
      if (found.turn.delivered) cut(found.part, event)
      else waiting.set(event.item_id, event)
    },
    settle(turn) {
      for (const part of turn.parts) {
        const event = waiting.get(part.itemId)
        waiting.delete(part.itemId)
        if (event) cut(part, event)
        else if (cutsAnswers && part.told !== part.written) {
          items.replace(part.itemId, part.told, () => undefined)
        }
      }
    },
    shown(item) {
      const found = item.id === undefined ? undefined : find(item.id)
      return found ? toSpokenItem(item, { part: () => found.part, silenced: false }) : item
    },
  }
}

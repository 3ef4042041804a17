import type { Item } from '../../events/items.ts'
import type { Emit } from './output.ts'

/** An item with its id. */
export type PlacedItem = Item & { readonly id: string }

/**
 * The items of a session in order. Gemini names none of its turns and gives none of them back, so this is what a
 * new session is told when an old one cannot be resumed.
 */
export interface Conversation {
  readonly items: readonly PlacedItem[]
  /** Announces an item and acknowledges it. `previous` as in `conversation.item.create`. */
  place(item: PlacedItem, previous?: string | null): void
  /** Announces an item that is still open: `shown` is what the client sees of it. */
  add(item: PlacedItem, shown?: PlacedItem): void
  /** Acknowledges an announced item with its final content. */
  finish(item: PlacedItem): void
  /** Sets the transcript of an item's first part, without an event. */
  transcribe(id: string, transcript: string): void
  remove(id: string): void
}

/** An empty conversation. */
export function createConversation(emit: Emit): Conversation {
  let items: readonly PlacedItem[] = []

  function placeAt(item: PlacedItem, previous: string | null | undefined): string | null | undefined {
    const index = previous === 'root' ? -1 : items.findIndex(({ id }) => id === previous)
    const known = previous === 'root' || index !== -1
    const before = known ? items[index] : items.at(-1)
    items = known ? items.toSpliced(index + 1, 0, item) : [...items, item]
    // `null` would put it first, which only the session can know.
    return previous === 'root' ? 'root' : before?.id
  }

  function replace(item: PlacedItem): void {
    items = items.map((other) => (other.id === item.id ? item : other))
  }

  const after = (previous: string | null | undefined) =>
    previous == null ? {} : { previous_item_id: previous }

  return {
    get items() {
      return items
    },
    place(item, previous) {
      const placed = after(placeAt(item, previous))
      emit({ type: 'conversation.item.added', ...placed, item })
      emit({ type: 'conversation.item.done', ...placed, item })
    },
    add(item, shown = item) {
      emit({ type: 'conversation.item.added', ...after(placeAt(item, undefined)), item: shown })
    },
    finish(item) {
      replace(item)
      const before = items[items.findIndex(({ id }) => id === item.id) - 1]
      emit({ type: 'conversation.item.done', ...after(before?.id), item })
    },
    transcribe(id, transcript) {
      const item = items.find((other) => other.id === id)
      if (item?.type !== 'message' || item.role !== 'user') return
      replace({
        ...item,
        content: item.content.map((part) => (part.type === 'input_audio' ? { ...part, transcript } : part)),
      })
    },
    remove(id) {
      items = items.filter((item) => item.id !== id)
    },
  }
}

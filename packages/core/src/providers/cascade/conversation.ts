import { RealtimeError } from '../../errors.ts'
import type { Item } from '../../events/items.ts'

/** An item that is part of the conversation, so it has an id. */
export type PlacedItem = Item & { readonly id: string }

/** The default conversation of one session. Items are values: a changed one is a new object. */
export interface Conversation {
  readonly items: readonly PlacedItem[]
  find(id: string): PlacedItem | undefined
  /** Id of the item before `id`, `null` for the first. */
  previousOf(id: string): string | null
  /** Id of the last item, `null` without any. */
  lastId(): string | null
  /**
   * Puts an item behind `previousItemId` (`root` = first, absent = last). Throws `invalid_value` for an id that
   * is taken or a place that does not exist.
   */
  insert(item: PlacedItem, previousItemId?: string | null): void
  /** Writes the final state of an item; one that was truncated keeps the words that were heard. */
  replace(item: PlacedItem): void
  /** Sets the words of one audio part. */
  setTranscript(id: string, contentIndex: number, transcript: string): void
  /** Cuts an assistant item to the words that were heard; `false` when there is no such part. */
  truncate(id: string, contentIndex: number, heardTranscript: string): boolean
  /** `false` when there is no such item. */
  remove(id: string): boolean
}

/** Creates an empty conversation. */
export function createConversation(): Conversation {
  let items: readonly PlacedItem[] = []
  const truncated = new Set<string>()
  const indexOf = (id: string): number => items.findIndex((item) => item.id === id)

  function setTranscript(id: string, contentIndex: number, transcript: string): boolean {
    const index = indexOf(id)
    const item = items[index]
    const changed = item && withTranscript(item, contentIndex, transcript)
    if (!changed) return false
    items = items.with(index, changed)
    return true
  }

  return {
    get items() {
      return items
    },
    find: (id) => items.find((item) => item.id === id),
    previousOf: (id) => items[indexOf(id) - 1]?.id ?? null,
    lastId: () => items.at(-1)?.id ?? null,
    insert(item, previousItemId) {
      if (indexOf(item.id) !== -1) {
        throw new RealtimeError('invalid_value', `There is already an item '${item.id}'.`, {
          param: 'item.id',
        })
      }
      items = items.toSpliced(placeBehind(items, previousItemId), 0, item)
    },
    replace(item) {
      const index = indexOf(item.id)
      const before = items[index]
      if (!before) return
      const kept = truncated.has(item.id) && item.type === 'message' && before.type === 'message'
      // The part types of an item never change, so the content kept is of the item's own role.
      items = items.with(index, kept ? ({ ...item, content: before.content } as PlacedItem) : item)
    },
    setTranscript(id, contentIndex, transcript) {
      setTranscript(id, contentIndex, transcript)
    },
    truncate(id, contentIndex, heardTranscript) {
      const done = setTranscript(id, contentIndex, heardTranscript)
      if (done) truncated.add(id)
      return done
    },
    remove(id) {
      const index = indexOf(id)
      if (index === -1) return false
      items = items.toSpliced(index, 1)
      return true
    },
  }
}

function placeBehind(items: readonly PlacedItem[], previousItemId: string | null | undefined): number {
  if (previousItemId === undefined || previousItemId === null) return items.length
  if (previousItemId === 'root') return 0
  const index = items.findIndex(({ id }) => id === previousItemId)
  if (index !== -1) return index + 1
  throw new RealtimeError('invalid_value', `There is no item '${previousItemId}'.`, {
    param: 'previous_item_id',
  })
}

function withTranscript(item: PlacedItem, contentIndex: number, transcript: string): PlacedItem | undefined {
  if (item.type !== 'message') return undefined
  const part = item.content[contentIndex]
  if (part?.type !== 'output_audio' && part?.type !== 'input_audio') return undefined
  const content = item.content.map((other, index) =>
    index === contentIndex ? { ...other, transcript } : other,
  )
  // Only the transcript of a part changed, so the content still fits the item's role.
  return { ...item, content } as PlacedItem
}

/** What a model is shown of the items: those in which something was said, shown or called. */
export function toHistory(items: readonly Item[]): readonly Item[] {
  return items.filter((item) => {
    if (item.type !== 'message') return true
    return item.content.some((part) => {
      switch (part.type) {
        case 'input_text':
        case 'output_text':
          return part.text !== ''
        case 'input_audio':
        case 'output_audio':
          return (part.transcript ?? '') !== ''
        case 'input_image':
          return true
      }
    })
  })
}

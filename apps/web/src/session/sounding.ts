/** Sound of the answers, as the controller sees it. */
export interface Sounding {
  /** False for sound of an item or a response that was cut off: it is dropped. */
  accepts(item: { readonly itemId: string; readonly responseId: string }): boolean
  /** The player has got sound of this item. */
  queued(item: { readonly itemId: string; readonly responseId: string; readonly contentIndex: number }): void
  /** True for an item that had sound on this connection. */
  knows(itemId: string): boolean
  /** Which part of the item its sound belongs to. */
  contentIndexOf(itemId: string): number
  ended(itemId: string): void
  /** True while something is queued or sounding. */
  readonly isActive: boolean
  /** From now on nothing more of what is queued is accepted. Returns the items cut off, in order. */
  cut(): readonly string[]
  /** A new connection starts with nothing. */
  reset(): void
}

/** Keeps which items are in the player, and which were cut off and must not come back. */
export function createSounding(): Sounding {
  const queue = new Map<string, string>()
  const contentIndexes = new Map<string, number>()
  const cutItems = new Set<string>()
  const cutResponses = new Set<string>()
  return {
    accepts: ({ itemId, responseId }) => !cutItems.has(itemId) && !cutResponses.has(responseId),
    queued: ({ itemId, responseId, contentIndex }) => {
      queue.set(itemId, responseId)
      contentIndexes.set(itemId, contentIndex)
    },
    knows: (itemId) => contentIndexes.has(itemId),
    contentIndexOf: (itemId) => contentIndexes.get(itemId) ?? 0,
    ended: (itemId) => {
      queue.delete(itemId)
    },
    get isActive() {
      return queue.size > 0
    },
    cut: () => {
      const items = [...queue.keys()]
      for (const [itemId, responseId] of queue) {
        cutItems.add(itemId)
        cutResponses.add(responseId)
      }
      queue.clear()
      return items
    },
    reset: () => {
      queue.clear()
      contentIndexes.clear()
      cutItems.clear()
      cutResponses.clear()
    },
  }
}

import type { Item } from '../events/items.ts'

/** The items of the default conversation in order, as the session last knew them. */
export interface Conversation {
  readonly order: readonly string[]
  readonly items: ReadonlyMap<string, Item>
}

/** A conversation with the given items; items without an id are left out. */
export function conversationOf(items: readonly Item[]): Conversation {
  const known = new Map(items.flatMap((item) => (item.id === undefined ? [] : [[item.id, item] as const])))
  return { order: [...known.keys()], items: known }
}

/** The items in order. */
export function itemsOf({ order, items }: Conversation): readonly Item[] {
  return order.map((id) => items.get(id)).filter((item) => item !== undefined)
}

/** Id of the item before `id`, or of the last item when `id` is not there yet; `null` for the first. */
export function previousOf({ order }: Conversation, id: string): string | null {
  const index = order.indexOf(id)
  return order[(index === -1 ? order.length : index) - 1] ?? null
}

/** Puts an item after `previousItemId` (`null` or `root` = first, unknown or `undefined` = last), or replaces it. */
export function withItem(
  conversation: Conversation,
  item: Item & { readonly id: string },
  previousItemId?: string | null,
): Conversation {
  const items = new Map(conversation.items).set(item.id, item)
  if (conversation.items.has(item.id)) return { order: conversation.order, items }
  const first = previousItemId === null || previousItemId === 'root'
  const after = previousItemId === undefined || first ? -1 : conversation.order.indexOf(previousItemId)
  const index = first ? 0 : after === -1 ? conversation.order.length : after + 1
  return { order: conversation.order.toSpliced(index, 0, item.id), items }
}

/** The conversation without the item. */
export function withoutItem(conversation: Conversation, id: string): Conversation {
  const items = new Map(conversation.items)
  items.delete(id)
  return { order: conversation.order.filter((other) => other !== id), items }
}

/** Applies `change` to one content part of a message; anything else stays as it is. */
export function withPart(
  conversation: Conversation,
  id: string,
  contentIndex: number,
  change: Readonly<Record<string, unknown>>,
): Conversation {
  const item = conversation.items.get(id)
  if (item?.type !== 'message') return conversation
  const content = item.content.map((part, index) => (index === contentIndex ? { ...part, ...change } : part))
  // Checked by the caller: the change keeps the part's type.
  return { ...conversation, items: new Map(conversation.items).set(id, { ...item, content } as Item) }
}

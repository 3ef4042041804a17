import type { Item } from '../../events/items.ts'

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

/** Where an item goes. */
export interface ItemPlace {
  /** `null` or `root` for the first, unknown or `undefined` for the last. */
  readonly previousItemId?: string | null | undefined
  /** Items that whoever named the place does not know: what it puts behind an item comes behind these, too. */
  readonly untold?: ReadonlySet<string>
}

const allTold: ReadonlySet<string> = new Set()

/** Puts an item in its place, or replaces it where it is. */
export function withItem(
  conversation: Conversation,
  item: Item & { readonly id: string },
  { previousItemId, untold = allTold }: ItemPlace,
): Conversation {
  const items = new Map(conversation.items).set(item.id, item)
  if (conversation.items.has(item.id)) return { order: conversation.order, items }
  const { order } = conversation
  const first = previousItemId === null || previousItemId === 'root'
  const after = previousItemId === undefined || first ? -1 : order.indexOf(previousItemId)
  let index = first ? 0 : after === -1 ? order.length : after + 1
  while (untold.has(order[index] ?? '')) index += 1
  return { order: order.toSpliced(index, 0, item.id), items }
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

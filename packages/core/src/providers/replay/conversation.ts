import type { Item } from '../../events/items.ts'
import type { ServerEvent } from '../../events/server-events.ts'

/** Gives ids of its own to what the recorded backend made up, and keeps the items in their order. */
export interface ReplayedConversation {
  /** The event as this connection says it: with ids and places of its own. */
  localise(event: ServerEvent): ServerEvent
  /** Adds an item of the client; gives it as the server shows it, with the one before. */
  add(item: Item): { readonly item: Item; readonly previousId: string | null }
  item(id: string): Item | undefined
  remove(id: string): boolean
}

/** An empty conversation; `recorded` are the ids that are made anew. */
export function createConversation(
  recorded: ReadonlySet<string>,
  newId: (prefix: string) => string,
): ReplayedConversation {
  const ids = new Map<string, string>()
  const items = new Map<string, Item>()
  const previous = new Map<string, string | null>()

  function localId(id: string): string {
    const known = ids.get(id)
    if (known !== undefined) return known
    const made = newId(/^[a-z]+(?=_)/i.exec(id)?.[0] ?? 'item')
    ids.set(id, made)
    return made
  }

  function localised(value: unknown): unknown {
    if (typeof value === 'string') return recorded.has(value) ? localId(value) : value
    if (Array.isArray(value)) return value.map(localised)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, localised(field)]))
  }

  function previousOf(id: string): string | null {
    const known = previous.get(id)
    if (known !== undefined) return known
    const last = [...items.keys()].filter((other) => other !== id).at(-1) ?? null
    previous.set(id, last)
    return last
  }

  return {
    localise(event) {
      const event_id = newId('event')
      if (event.type === 'response.output_audio.delta') {
        return {
          ...event,
          event_id,
          item_id: localId(event.item_id),
          response_id: localId(event.response_id),
        }
      }
      // Checked: only texts were replaced by texts.
      const local = { ...(localised(event) as ServerEvent), event_id } as ServerEvent
      if (local.type === 'input_audio_buffer.committed') {
        return { ...local, previous_item_id: previousOf(local.item_id) }
      }
      if (local.type !== 'conversation.item.added' && local.type !== 'conversation.item.done') return local
      const { id } = local.item
      if (id === undefined) return local
      const previous_item_id = previousOf(id)
      items.set(id, local.item)
      return { ...local, previous_item_id }
    },
    add(item) {
      const id = item.id ?? newId('item')
      const previousId = previousOf(id)
      const placed: Item = { ...item, id, object: 'realtime.item', status: 'completed' }
      items.set(id, placed)
      return { item: placed, previousId }
    },
    item: (id) => items.get(id),
    remove: (id) => items.delete(id),
  }
}

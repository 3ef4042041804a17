import type { Item } from '../../events/items.ts'
import type { ServerEvent } from '../../events/server-events.ts'
import { toItem } from './items.ts'
import type { FlatItemCreated } from './server-events.ts'

interface OpenItem {
  readonly responseId: string
  readonly name: unknown
  /** Set once the item is in the conversation: what its `done` needs. */
  created?: { readonly eventId: string; readonly previousItemId: string | null | undefined }
}

/**
 * What a flat wire says once and GA twice: an item is created there, added and done here. An item that a response
 * announced is done when the response says so, any other at once.
 */
export class ItemPairs {
  #open = new Map<string, OpenItem>()

  /** The events in GA of a new item. */
  created(event: FlatItemCreated): readonly ServerEvent[] {
    const item = toItem(event.item)
    const added: ServerEvent = { ...event, type: 'conversation.item.added', item }
    const open = this.#open.get(item.id ?? '')
    if (!open) return [added, doneEvent(event.event_id, event.previous_item_id, item)]
    open.created = { eventId: event.event_id, previousItemId: event.previous_item_id }
    return [added]
  }

  /** The events in GA of one that is not about a new item. */
  around(event: ServerEvent): readonly ServerEvent[] {
    // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- most events are the same on both wires
    switch (event.type) {
      case 'response.output_item.added': {
        const { item, response_id: responseId } = event
        const name = item.type === 'function_call' ? item.name : undefined
        if (item.id !== undefined) this.#open.set(item.id, { responseId, name })
        return [event]
      }
      case 'response.function_call_arguments.done': {
        const name = this.#open.get(event.item_id)?.name
        return event.name === undefined && typeof name === 'string' ? [{ ...event, name }] : [event]
      }
      case 'response.output_item.done': {
        const created = this.#open.get(event.item.id ?? '')?.created
        this.#open.delete(event.item.id ?? '')
        if (!created) return [event]
        return [doneEvent(created.eventId, created.previousItemId, event.item), event]
      }
      case 'response.done': {
        for (const [id, { responseId }] of this.#open)
          if (responseId === event.response.id) this.#open.delete(id)
        return [event]
      }
      default:
        return [event]
    }
  }
}

function doneEvent(eventId: string, previousItemId: string | null | undefined, item: Item): ServerEvent {
  return {
    type: 'conversation.item.done',
    event_id: `${eventId}_done`,
    ...(previousItemId !== undefined && { previous_item_id: previousItemId }),
    item,
  }
}

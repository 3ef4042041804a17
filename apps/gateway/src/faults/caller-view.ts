import type { WireEvent } from '../testing/event-log.ts'

/** An item as a client has been told of it, in any dialect. */
export interface SeenItem {
  readonly id: string
  readonly type: string
  readonly role: string | undefined
  /** Told to be in the conversation for good, and not as one that is not stored yet. */
  readonly isAcknowledged: boolean
}

/** A response that has ended. */
export interface SeenResponse {
  readonly id: string
  readonly status: string
  readonly output: readonly WireEvent[]
}

/** What a client knows, from what it was told. */
export interface CallerView {
  /** In the order of the conversation. */
  readonly items: readonly SeenItem[]
  readonly openResponses: ReadonlySet<string>
  readonly responses: readonly SeenResponse[]
  /** Everything, in the order it came. */
  readonly events: readonly WireEvent[]
  count(type: string): number
  take(event: WireEvent): void
  /** The connection is lost: whatever was being answered is not any more. */
  lose(): void
}

/** Knows nothing yet. */
export function createCallerView(): CallerView {
  const items: SeenItem[] = []
  const openResponses = new Set<string>()
  const responses: SeenResponse[] = []
  const events: WireEvent[] = []

  function place(event: WireEvent, isAcknowledged: boolean): void {
    const item = objectAt(event, 'item')
    const id = textAt(item, 'id')
    if (item === undefined || id === undefined) return
    const seen = { id, type: textAt(item, 'type') ?? '', role: textAt(item, 'role'), isAcknowledged }
    const known = items.findIndex((other) => other.id === id)
    if (known !== -1) {
      items[known] = { ...seen, isAcknowledged: isAcknowledged || items[known]?.isAcknowledged === true }
      return
    }
    const before = event['previous_item_id']
    const after = items.findIndex((other) => other.id === before)
    items.splice(before === null ? 0 : after === -1 ? items.length : after + 1, 0, seen)
  }

  return {
    items,
    openResponses,
    responses,
    events,
    lose: () => openResponses.clear(),
    count: (type) => events.filter((event) => event.type === type).length,
    take(event) {
      events.push(event)
      switch (event.type) {
        case 'conversation.item.created':
        case 'conversation.item.added':
          return place(event, false)
        case 'conversation.item.done':
          return place(event, objectAt(event, 'parley')?.['stored'] !== false)
        case 'conversation.item.deleted':
          items.splice(0, items.length, ...items.filter(({ id }) => id !== event['item_id']))
          return
        case 'response.created':
          openResponses.add(textAt(objectAt(event, 'response'), 'id') ?? '')
          return
        case 'response.done': {
          const response = objectAt(event, 'response')
          const id = textAt(response, 'id') ?? ''
          const output = response?.['output']
          openResponses.delete(id)
          responses.push({
            id,
            status: textAt(response, 'status') ?? '',
            // Each item has a type.
            output: Array.isArray(output) ? (output as readonly WireEvent[]) : [],
          })
        }
      }
    },
  }
}

function objectAt(event: WireEvent, field: string): Readonly<Record<string, unknown>> | undefined {
  const value = event[field]
  // Not null and an object, so it has fields.
  return typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string, unknown>>)
    : undefined
}

function textAt(object: Readonly<Record<string, unknown>> | undefined, field: string): string | undefined {
  const value = object?.[field]
  return typeof value === 'string' ? value : undefined
}

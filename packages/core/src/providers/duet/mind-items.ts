import { RealtimeError } from '../../errors.ts'
import type { ClientEvent } from '../../events/client-events.ts'
import type { Item, ItemReference } from '../../events/items.ts'
import type { ErrorEvent, ServerEvent } from '../../events/server-events.ts'

/**
 * The mind's items under the client's ids. An answer that was cut is another, shorter item at the mind, because a
 * text item cannot be truncated; the client sees one item all the time.
 */
export interface MindItems {
  /** The client's event with the mind's ids; `undefined` when it concerns an item that only the client knows. */
  toMind<Event extends ClientEvent>(event: Event): Event | undefined
  /** The mind's event with the client's ids. */
  toClient(event: ServerEvent): ServerEvent
  /** `true` when the event answers a replacement, so it is not for the client. */
  takes(event: ServerEvent): boolean
  /** Replaces the words of an item, or removes it when there are none; `done` hears the outcome once. */
  replace(id: string, words: string, done: (error: RealtimeError | undefined) => void): void
}

/** Creates the items of one session. */
export function createMindItems({
  send,
  newId,
}: {
  readonly send: (event: ClientEvent) => void
  readonly newId: (prefix: string) => string
}): MindItems {
  /** Client's id to mind's; `undefined` where the mind has no such item any more. */
  const moved = new Map<string, string | undefined>()
  const clientIds = new Map<string, string>()
  const hidden = new Set<string>()
  const removing = new Map<string, (error: RealtimeError | undefined) => void>()
  const eventIds = new Map<string, string | undefined>()

  const mindId = (id: string): string | undefined => (moved.has(id) ? moved.get(id) : id)
  const clientId = (id: string): string => clientIds.get(id) ?? id

  function failed({ error }: ErrorEvent): boolean {
    const eventId = error.event_id ?? undefined
    if (eventId === undefined || !eventIds.has(eventId)) return false
    const item = eventIds.get(eventId)
    eventIds.delete(eventId)
    if (item !== undefined) settle(item, new RealtimeError('backend_unavailable', error.message))
    return true
  }

  function settle(item: string, error?: RealtimeError): void {
    const done = removing.get(item)
    removing.delete(item)
    done?.(error)
  }

  return {
    toMind(event) {
      if (event.type === 'extension') return event
      const renamed: Record<string, unknown> = {}
      if ('item_id' in event && typeof event.item_id === 'string') {
        const id = mindId(event.item_id)
        if (id === undefined) return undefined
        renamed['item_id'] = id
      }
      if ('previous_item_id' in event && typeof event.previous_item_id === 'string')
        renamed['previous_item_id'] = mindId(event.previous_item_id)
      if (event.type === 'response.create' && event.response?.input) {
        const input = event.response.input.flatMap((entry): readonly (Item | ItemReference)[] => {
          if (entry.type !== 'item_reference') return [entry]
          const id = mindId(entry.id)
          return id === undefined ? [] : [{ ...entry, id }]
        })
        renamed['response'] = { ...event.response, input }
      }
      return { ...event, ...renamed }
    },
    toClient(event) {
      if (event.type === 'extension' || clientIds.size === 0) return event
      const renamed: Record<string, unknown> = {}
      if ('item_id' in event && typeof event.item_id === 'string')
        renamed['item_id'] = clientId(event.item_id)
      if ('previous_item_id' in event && typeof event.previous_item_id === 'string')
        renamed['previous_item_id'] = clientId(event.previous_item_id)
      if (hasItem(event) && event.item.id !== undefined)
        renamed['item'] = { ...event.item, id: clientId(event.item.id) }
      // Only ids changed, so the event is still of its type.
      return { ...event, ...renamed } as ServerEvent
    },
    takes(event) {
      if (event.type === 'error') return failed(event)
      if (event.type === 'conversation.item.deleted' && removing.has(event.item_id)) {
        settle(event.item_id)
        return true
      }
      const placed =
        event.type === 'conversation.item.added' ||
        event.type === 'conversation.item.created' ||
        event.type === 'conversation.item.done'
      if (!placed || event.item.id === undefined || !hidden.has(event.item.id)) return false
      if (event.type !== 'conversation.item.added') hidden.delete(event.item.id)
      return true
    },
    replace(id, words, done) {
      const old = mindId(id)
      if (old === undefined) return done(undefined)
      const text = words.trim()
      const next = text === '' ? undefined : newId('item')
      moved.set(id, next)
      if (next !== undefined) {
        clientIds.set(next, id)
        hidden.add(next)
        const eventId = newId('event')
        eventIds.set(eventId, undefined)
        send({
          type: 'conversation.item.create',
          event_id: eventId,
          // Behind the old one, so that it takes its place.
          previous_item_id: old,
          item: { id: next, type: 'message', role: 'assistant', content: [{ type: 'output_text', text }] },
        })
      }
      const eventId = newId('event')
      eventIds.set(eventId, old)
      removing.set(old, done)
      send({ type: 'conversation.item.delete', event_id: eventId, item_id: old })
    },
  }
}

type ItemEvent = Extract<ServerEvent, { readonly item: Item }>

function hasItem(event: ServerEvent): event is ItemEvent {
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- the other events need nothing here
  switch (event.type) {
    case 'conversation.item.added':
    case 'conversation.item.created':
    case 'conversation.item.done':
    case 'conversation.item.retrieved':
    case 'response.output_item.added':
    case 'response.output_item.done':
      return true
    default:
      return false
  }
}

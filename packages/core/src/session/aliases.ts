import type { ClientEvent } from '../events/client-events.ts'
import type { Item } from '../events/items.ts'
import type { ServerEvent } from '../events/server-events.ts'
import type { SessionOutput, SessionState } from './session-state.ts'

/**
 * Speech the session hears is announced under an id before the backend names the item, which is then one item with
 * two names: the client only ever sees the announced one.
 */
export function nameCommitted(state: SessionState, event: ServerEvent): SessionState {
  const { announced, aliases } = state
  if (event.type !== 'input_audio_buffer.committed' || announced === undefined) return state
  return {
    ...state,
    announced: undefined,
    aliases: {
      toClient: new Map(aliases.toClient).set(event.item_id, announced),
      toBackend: new Map(aliases.toBackend).set(announced, event.item_id),
    },
  }
}

/** The backend's event with the ids the client knows. */
export function forClient({ aliases }: SessionState, event: ServerEvent): ServerEvent {
  return aliases.toClient.size === 0 ? event : renamed(event, aliases.toClient)
}

/** Outputs whose client events carry the ids the backend knows. */
export function forBackend(
  { aliases }: SessionState,
  outputs: readonly SessionOutput[],
): readonly SessionOutput[] {
  if (aliases.toBackend.size === 0) return outputs
  return outputs.map((output) =>
    output.to === 'provider' && output.event.type !== 'extension'
      ? { ...output, event: renamed(output.event, aliases.toBackend) }
      : output,
  )
}

function renamed<Event extends ClientEvent | ServerEvent>(
  event: Event,
  names: ReadonlyMap<string, string>,
): Event {
  const changes: Record<string, unknown> = {}
  for (const key of ['item_id', 'previous_item_id']) {
    const id: unknown = key in event ? Reflect.get(event, key) : undefined
    const name = typeof id === 'string' ? names.get(id) : undefined
    if (name !== undefined) changes[key] = name
  }
  const item = 'item' in event ? renamedItem(event.item as Item, names) : undefined
  if (item) changes['item'] = item
  // Ids stay strings.
  return Object.keys(changes).length === 0 ? event : { ...event, ...changes }
}

function renamedItem(item: Item, names: ReadonlyMap<string, string>): Item | undefined {
  const name = item.id === undefined ? undefined : names.get(item.id)
  return name === undefined ? undefined : { ...item, id: name }
}

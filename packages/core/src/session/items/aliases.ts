import type { ClientEvent } from '../../events/client-events.ts'
import type { Item } from '../../events/items.ts'
import type { ServerEvent } from '../../events/server-events.ts'
import type { SessionOutput, SessionState } from '../session-state.ts'

/**
 * Speech that is said again to another backend, and speech the session hears is announced under an id before the backend names the item, which is then one item with
 * two names: the client only ever sees the announced one.
 */
export function nameCommitted(state: SessionState, event: ServerEvent): SessionState {
  const { announced, upstream } = state
  const [resaid] = upstream.resaid
  if (event.type === 'input_audio_buffer.speech_started' && !resaid && upstream.resumedSpeech)
    return withAlias(state, event.item_id, upstream.resumedSpeech.itemId)
  if (event.type !== 'input_audio_buffer.committed') return state
  if (resaid) return withAlias(state, event.item_id, resaid.itemId)
  return announced === undefined
    ? state
    : withAlias({ ...state, announced: undefined }, event.item_id, announced)
}

function withAlias(state: SessionState, backendId: string, clientId: string): SessionState {
  const { toClient, toBackend } = state.aliases
  return {
    ...state,
    aliases: {
      toClient: new Map(toClient).set(backendId, clientId),
      toBackend: new Map(toBackend).set(clientId, backendId),
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

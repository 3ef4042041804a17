import { toldItems } from '../../context/material.ts'
import type { ConversationItemDeleted } from '../../events/server-events.ts'
import type { Item } from '../../events/items.ts'
import { ownEvent } from '../own-events.ts'
import { andThen, nothing } from '../session-state.ts'
import type { SessionState, Step } from '../session-state.ts'

/**
 * An answer that a backend was told as text may still sound, and be interrupted then: where the backend forgets items,
 * it is told that answer once more as it was heard. Any other backend keeps the longer words until the next one is told.
 */
export function retellHeard(before: SessionState, state: SessionState): Step {
  const { capabilities, upstream, gap, phase } = state
  const isSame = before.conversation === state.conversation && before.seeded === state.seeded
  if (isSame || gap || phase !== 'open' || capabilities.itemDeletion !== 'native') return nothing(state)
  if (upstream.retold.size === 0) return nothing(state)
  return [...state.tracks.keys()].reduce<Step>(
    (step, id) => andThen(step, (next) => retell(next, id)),
    nothing(state),
  )
}

/** The session's own deletion of an item that is told again: nobody else hears of it. `undefined` for any other. */
export function ownDeleted(state: SessionState, { item_id: id }: ConversationItemDeleted): Step | undefined {
  const { retelling } = state.upstream
  if (!retelling.has(id)) return undefined
  return nothing(withRetelling(state, retelling.difference(new Set([id]))))
}

function retell(state: SessionState, id: string): Step {
  const { upstream, conversation, seeded } = state
  const told = upstream.retold.get(id)
  const item = conversation.items.get(id)
  if (!told || !item || upstream.untold.has(id) || wordsOf(told) === wordsOf(item)) return nothing(state)
  // One change at a time: its echo has to be told from the client's own.
  if (seeded.has(id) || upstream.retelling.has(id)) return nothing(state)
  const asked = withRetelling(state, new Set([...upstream.retelling, id]))
  const forget = ownEvent(asked, { type: 'conversation.item.delete', item_id: id } as const)
  const [heard] = toldItems([item])
  if (!heard) {
    const untold = new Set([...upstream.untold, id])
    const next = { ...forget.state, upstream: { ...forget.state.upstream, untold } }
    return { state: next, outputs: [{ to: 'provider', event: forget.event }] }
  }
  const create = ownEvent(forget.state, {
    type: 'conversation.item.create',
    previous_item_id: placeOf(state, id),
    item: heard,
  } as const)
  const retold = new Map(upstream.retold).set(id, item)
  return {
    state: {
      ...create.state,
      seeded: new Set([...seeded, id]),
      upstream: { ...create.state.upstream, retold },
    },
    outputs: [
      { to: 'provider', event: forget.event },
      { to: 'provider', event: create.event },
    ],
  }
}

/** What the backend holds before the item. */
function placeOf({ conversation: { order }, upstream: { untold } }: SessionState, id: string): string {
  return order.slice(0, order.indexOf(id)).findLast((other) => !untold.has(other)) ?? 'root'
}

function withRetelling(state: SessionState, retelling: ReadonlySet<string>): SessionState {
  return { ...state, upstream: { ...state.upstream, retelling } }
}

function wordsOf(item: Item): string {
  return item.type === 'message' ? JSON.stringify(item.content) : ''
}

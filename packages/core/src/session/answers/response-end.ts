import type { ResponseDone } from '../../events/server-events.ts'
import type { Item } from '../../events/items.ts'
import { isSpoken, sentText } from '../heard/heard.ts'
import type { Track } from '../heard/heard.ts'
import { itemDone } from '../items/items.ts'
import { responseEntry } from '../memory/log-entries.ts'
import { andThen, nothing, takeId, tell } from '../session-state.ts'
import type { ActiveResponse, SessionOutput, SessionState, Step } from '../session-state.ts'

/** Why the session ends a response: the client or the user's voice stopped it, or it cannot go on. */
export type Ending = 'client_cancelled' | 'turn_detected' | 'failed'

/** Ends what still runs, so that every response that began has its `response.done`. */
export function endAllResponses(state: SessionState): Step {
  return [...state.responses.values()].reduce<Step>(
    (step, response) => andThen(step, (next) => endResponse(next, response, 'failed')),
    nothing(state),
  )
}

/** Ends a response for the client while the backend goes on: what still comes of it is dropped. */
export function muteResponse(state: SessionState, response: ActiveResponse, ending: Ending): Step {
  const ended = endResponse(state, response, ending)
  return {
    state: {
      ...ended.state,
      muted: new Set([...state.muted, response.id]),
      mutedItems: new Set([...state.mutedItems, ...response.open.keys()]),
    },
    outputs: [{ to: 'outbox', dropAudioOf: response.id }, ...ended.outputs],
  }
}

/** Ends a response here, its open items with it, as far as they came. */
export function endResponse(state: SessionState, response: ActiveResponse, ending: Ending): Step {
  const status = ending === 'failed' ? 'failed' : 'cancelled'
  const items = [...response.open].flatMap(([id, { outputIndex, track, isDone = false }]) => {
    const known = state.conversation.items.get(id)
    if (!known) return []
    const item = isDone ? { ...known, id } : unfinished({ ...known, id }, track)
    return [{ outputIndex, item, isDone }]
  })
  const closed = items.reduce<Step>(
    (step, { item, outputIndex, isDone }) => {
      const { state: next, id } = takeId(step.state, 'event')
      const done = {
        type: 'response.output_item.done',
        response_id: response.id,
        output_index: outputIndex,
        item,
      } as const
      const stored =
        response.outOfBand || isDone
          ? nothing(next)
          : itemDone(next, {
              type: 'conversation.item.done',
              event_id: `${id}d`,
              item,
              previous_item_id: null,
            })
      return {
        state: stored.state,
        outputs: [...step.outputs, ...stored.outputs, { to: 'client', event: { ...done, event_id: id } }],
      }
    },
    finishInConversation(state, response),
  )
  const { state: next, id } = takeId(closed.state, 'event')
  const event: ResponseDone = {
    type: 'response.done',
    event_id: id,
    response: {
      id: response.id,
      object: 'realtime.response',
      status,
      status_details: statusDetails[ending],
      output: outputOf(response, items),
      conversation_id: response.outOfBand ? null : next.conversationId,
      usage: null,
    },
  }
  const told = tell(withoutResponse(next, response), event)
  const entry = responseEntry(state, response, event.response)
  const log: readonly SessionOutput[] = response.outOfBand ? [] : [{ to: 'store', entries: [entry] }]
  return { state: told.state, outputs: [...closed.outputs, ...log, ...told.outputs] }
}

/** Items that are done in the response and of which the conversation was not told that any more. */
function finishInConversation(state: SessionState, { finished }: ActiveResponse): Step {
  const late = [...finished].filter(([id]) => state.conversation.items.get(id)?.status === 'in_progress')
  return late.reduce<Step>(
    (step, [itemId, item]) =>
      andThen(step, (before) => {
        const { state: next, id } = takeId(before, 'event')
        const done = { type: 'conversation.item.done', event_id: id, previous_item_id: null } as const
        return itemDone(next, { ...done, item: { ...item, id: itemId } })
      }),
    nothing(state),
  )
}

/** All items of the response, those that were finished before it ended, too. */
function outputOf({ itemIds, finished }: ActiveResponse, ended: readonly { readonly item: Item }[]): Item[] {
  const last = new Map(ended.map(({ item }) => [item.id, item]))
  return itemIds.flatMap((id) => last.get(id) ?? finished.get(id) ?? [])
}

const statusDetails = {
  client_cancelled: { type: 'cancelled', reason: 'client_cancelled' },
  turn_detected: { type: 'cancelled', reason: 'turn_detected' },
  failed: { type: 'failed', error: { type: 'server_error', code: 'backend_unavailable' } },
} as const

/** The item as far as it came. */
function unfinished(item: Item & { readonly id: string }, track: Track): Item & { readonly id: string } {
  const words = sentText(track)
  if (item.type !== 'message' || item.role !== 'assistant') return { ...item, status: 'incomplete' }
  const content = isSpoken(track)
    ? ({ type: 'output_audio', transcript: words } as const)
    : ({ type: 'output_text', text: words } as const)
  return { ...item, status: 'incomplete', content: words === '' ? [] : [content] }
}

/** The session without a response; its spoken items can still be truncated. */
export function withoutResponse(state: SessionState, response: ActiveResponse): SessionState {
  const responses = new Map(state.responses)
  responses.delete(response.id)
  const tracks = new Map(state.tracks)
  for (const [itemId, { track }] of response.open)
    if (isSpoken(track) || track.cut) tracks.set(itemId, { ...track, complete: true })
  return {
    ...state,
    responses,
    tracks,
    turns: state.turns + (response.outOfBand ? 0 : 1),
  }
}

import { RealtimeError } from '../../errors.ts'
import type { ConversationItemCreate } from '../../events/client-events.ts'
import type { Item } from '../../events/items.ts'
import type { SessionState } from '../session-state.ts'

/** What is wrong with an item the client wants to add, `undefined` when nothing is. */
export function itemError(state: SessionState, event: ConversationItemCreate): RealtimeError | undefined {
  const problem = itemProblem(state, event)
  if (!problem) return undefined
  return new RealtimeError(problem.code, problem.message, { param: problem.param, eventId: event.event_id })
}

/** The error for an item the conversation does not have. */
export function unknownItem(
  code: 'item_retrieve_invalid_item_id' | 'item_delete_invalid_item_id' | 'item_truncate_invalid_item_id',
  event: { readonly item_id: string; readonly event_id?: string | undefined },
): RealtimeError {
  return new RealtimeError(code, `The conversation has no item '${event.item_id}'.`, {
    param: 'item_id',
    eventId: event.event_id,
  })
}

interface Problem {
  readonly code: 'invalid_value' | 'unsupported'
  readonly param: string
  readonly message: string
}

function itemProblem(
  state: SessionState,
  { item, previous_item_id: previous }: ConversationItemCreate,
): Problem | undefined {
  const known = state.conversation.items
  if (item.id !== undefined && known.has(item.id)) {
    return {
      code: 'invalid_value',
      param: 'item.id',
      message: `The conversation has an item '${item.id}' already.`,
    }
  }
  if (previous && previous !== 'root' && !known.has(previous)) {
    const message = `The conversation has no item '${previous}'.`
    return { code: 'invalid_value', param: 'previous_item_id', message }
  }
  if (item.type === 'function_call_output' && !hasCall(known, item.call_id)) {
    return {
      code: 'invalid_value',
      param: 'item.call_id',
      message: `No function call has the id '${item.call_id}'.`,
    }
  }
  if (item.type !== 'message') return undefined
  const { inputModalities } = state.capabilities
  for (const [index, part] of item.content.entries()) {
    const param = `item.content[${index}].type`
    if (part.type === 'output_audio') {
      return { code: 'invalid_value', param, message: 'Assistant audio cannot be created. Send output_text.' }
    }
    if (part.type === 'input_image' && !inputModalities.includes('image')) {
      return { code: 'unsupported', param, message: 'This backend takes no images.' }
    }
    if (part.type === 'input_audio' && part.transcript == null && !inputModalities.includes('audio')) {
      return {
        code: 'unsupported',
        param,
        message: 'This backend takes audio by input_audio_buffer.append only.',
      }
    }
  }
  return undefined
}

function hasCall(items: ReadonlyMap<string, Item>, callId: string): boolean {
  return items.values().some((item) => item.type === 'function_call' && item.call_id === callId)
}

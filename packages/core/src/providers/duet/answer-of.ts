import type { ServerEvent } from '../../events/server-events.ts'

/**
 * Which answer an event belongs to: the id of its response, `current` for the one that is written now, or
 * `undefined` for none. `ownItems` are the ids of items the client put into the conversation itself.
 */
export function answerOf(event: ServerEvent, ownItems: ReadonlySet<string>): string | undefined {
  if (event.type === 'extension') {
    const id = event.event['response_id']
    return typeof id === 'string' ? id : undefined
  }
  if ('response_id' in event && typeof event.response_id === 'string') return event.response_id
  if (event.type === 'response.done') return event.response.id
  if (event.type.startsWith('response.')) return 'current'
  const placed =
    event.type === 'conversation.item.added' ||
    event.type === 'conversation.item.created' ||
    event.type === 'conversation.item.done'
  if (!placed || (event.item.id !== undefined && ownItems.has(event.item.id))) return undefined
  switch (event.item.type) {
    case 'message':
      return event.item.role === 'assistant' ? 'current' : undefined
    case 'function_call':
    case 'mcp_call':
    case 'mcp_approval_request':
      return 'current'
    case 'function_call_output':
    case 'mcp_list_tools':
    case 'mcp_approval_response':
      return undefined
  }
}

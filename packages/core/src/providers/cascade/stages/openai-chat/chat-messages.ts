import type { ContentPart, FunctionCallItem, Item, MessageItem } from '../../../../events/items.ts'

/** A call inside an assistant message. */
interface ChatToolCall {
  readonly id: string
  readonly type: 'function'
  readonly function: { readonly name: string; readonly arguments: string }
}

type ChatPart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'image_url'; readonly image_url: { readonly url: string; readonly detail?: string } }

/** A message of the chat completions protocol. */
export type ChatMessage =
  | { readonly role: 'system'; readonly content: string }
  | { readonly role: 'user'; readonly content: string | readonly ChatPart[] }
  | { readonly role: 'assistant'; content: string | null; tool_calls?: ChatToolCall[] }
  | { readonly role: 'tool'; readonly tool_call_id: string; readonly content: string }

const noResultYet = '{"status":"no result yet"}'

/**
 * Turns a conversation into chat messages: consecutive calls share one assistant message, each result follows
 * its calls wherever it came, a call without a result gets a placeholder, and a result without its call is told
 * as a system message. Turns without words or pictures, and MCP items, are left out.
 */
export function toChatMessages(instructions: string, items: readonly Item[]): readonly ChatMessage[] {
  const messages: ChatMessage[] =
    instructions.trim() === '' ? [] : [{ role: 'system', content: instructions }]
  const outputs = new Map<string, string>()
  const callIds = new Set<string>()
  for (const item of items) {
    if (item.type === 'function_call_output') outputs.set(item.call_id, item.output)
    if (item.type === 'function_call') callIds.add(callIdOf(item))
  }

  let calling:
    | { readonly message: ChatMessage & { role: 'assistant' }; readonly calls: ChatToolCall[] }
    | undefined
  function endCalls(): void {
    for (const { id } of calling?.calls ?? []) {
      messages.push({ role: 'tool', tool_call_id: id, content: outputs.get(id) ?? noResultYet })
    }
    calling = undefined
  }

  for (const item of items) {
    if (item.type === 'function_call') {
      calling ??= openCalls(messages)
      calling.calls.push({
        id: callIdOf(item),
        type: 'function',
        function: { name: item.name, arguments: item.arguments === '' ? '{}' : item.arguments },
      })
      continue
    }
    endCalls()
    if (item.type === 'message') messages.push(...toMessage(item))
    if (item.type === 'function_call_output' && !callIds.has(item.call_id)) {
      messages.push({ role: 'system', content: `Result of an earlier function call: ${item.output}` })
    }
  }
  endCalls()
  return messages
}

/** The assistant message that carries the next calls: the one just before, or a new one. */
function openCalls(messages: ChatMessage[]): {
  message: ChatMessage & { role: 'assistant' }
  calls: ChatToolCall[]
} {
  const last = messages.at(-1)
  const calls: ChatToolCall[] = []
  if (last?.role === 'assistant' && last.tool_calls === undefined) {
    last.tool_calls = calls
    return { message: last, calls }
  }
  const message = { role: 'assistant' as const, content: null, tool_calls: calls }
  messages.push(message)
  return { message, calls }
}

function toMessage(item: MessageItem): readonly ChatMessage[] {
  const parts = item.content.flatMap((part: ContentPart) => toPart(part))
  if (parts.length === 0) return []
  const text = parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n')
  if (item.role === 'user') {
    return [{ role: 'user', content: parts.some((part) => part.type === 'image_url') ? parts : text }]
  }
  return text === '' ? [] : [{ role: item.role, content: text }]
}

function toPart(part: ContentPart): readonly ChatPart[] {
  if (part.type === 'input_image') {
    if (!part.image_url) return []
    const detail = part.detail ?? undefined
    return [
      { type: 'image_url', image_url: { url: part.image_url, ...(detail !== undefined && { detail }) } },
    ]
  }
  const text = part.type === 'input_audio' || part.type === 'output_audio' ? part.transcript : part.text
  return !text || text.trim() === '' ? [] : [{ type: 'text', text }]
}

/** Replayed history may lack the call id; the item's own id then keeps the message valid. */
function callIdOf(call: FunctionCallItem): string {
  return call.call_id ?? call.id ?? `call_${call.name}`
}

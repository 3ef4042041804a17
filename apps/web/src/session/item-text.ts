import type { Turn } from './turns.ts'
import { field, textField } from './unchecked.ts'

/** Who says an item; `undefined` for what the transcript does not show. */
export function roleOfItem(item: { readonly type: string }): Turn['role'] | undefined {
  switch (item.type) {
    case 'message': {
      const role = textField(item, 'role')
      return role === 'user' || role === 'assistant' ? role : undefined
    }
    case 'function_call':
    case 'function_call_output':
    case 'mcp_call':
      return 'tool'
    default:
      return undefined
  }
}

/** Words of an item: its text and transcripts, or what was called with what. */
export function itemText(item: { readonly type: string }): string {
  if (item.type === 'function_call' || item.type === 'mcp_call') {
    return `${textField(item, 'name') ?? ''}(${textField(item, 'arguments') ?? ''})`
  }
  if (item.type === 'function_call_output') return `→ ${textField(item, 'output') ?? ''}`
  const content = field(item, 'content')
  if (!Array.isArray(content)) return ''
  return content
    .flatMap((part: unknown) => (textField(part, 'text') ?? textField(part, 'transcript'))?.trim() || [])
    .join(' ')
}

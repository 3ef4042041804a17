import { field } from './latency.ts'
import type { Turn } from './turns.ts'

/** Who says an item; `undefined` for what the transcript does not show. */
export function roleOfItem(item: { readonly type: string }): Turn['role'] | undefined {
  switch (item.type) {
    case 'message': {
      const role = field(item, 'role')
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
    return `${String(field(item, 'name'))}(${String(field(item, 'arguments') ?? '')})`
  }
  if (item.type === 'function_call_output') return `→ ${String(field(item, 'output') ?? '')}`
  const content = field(item, 'content')
  if (!Array.isArray(content)) return ''
  return content
    .flatMap((part: unknown) => {
      const words = field(part, 'text') ?? field(part, 'transcript')
      return typeof words === 'string' && words !== '' ? [words.trim()] : []
    })
    .join(' ')
}

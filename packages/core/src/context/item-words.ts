import type { Item } from '../events/items.ts'
import { estimateTokens } from './tokens.ts'

/** Who an item comes from, as told to a model. */
export type Speaker = 'User' | 'Assistant' | 'Application' | 'Tool call' | 'Tool result'

/** What an item says in words. */
export interface Words {
  readonly speaker: Speaker
  readonly text: string
}

/** The words of an item, `undefined` where there are none. */
export function wordsOf(item: Item): Words | undefined {
  switch (item.type) {
    case 'message': {
      const speaker = item.role === 'user' ? 'User' : item.role === 'assistant' ? 'Assistant' : 'Application'
      const texts = item.content.flatMap((part) => {
        if (part.type === 'input_image') return []
        return part.type === 'input_text' || part.type === 'output_text' ? part.text : (part.transcript ?? [])
      })
      const text = texts.join(' ').trim()
      return text === '' ? undefined : { speaker, text }
    }
    case 'function_call':
      return { speaker: 'Tool call', text: `${item.name} ${item.arguments}` }
    case 'function_call_output':
      return { speaker: 'Tool result', text: item.output }
    case 'mcp_list_tools':
    case 'mcp_call':
    case 'mcp_approval_request':
    case 'mcp_approval_response':
      return undefined
  }
}

/** Tokens around the words of each item or line: who says it, separators. */
export const itemOverhead = 6

/** An image of a megapixel in full detail, as GPT-4o counts it; nobody counts more by default. */
const imageTokens = 765

const counted = new WeakMap<Item, number>()

/** About how many tokens an item costs. */
export function itemTokens(item: Item): number {
  const known = counted.get(item)
  if (known !== undefined) return known
  const images =
    item.type === 'message' && item.role === 'user'
      ? item.content.filter(({ type }) => type === 'input_image').length
      : 0
  const words = wordsOf(item)
  const tokens = itemOverhead + images * imageTokens + (words ? estimateTokens(words.text) : 0)
  counted.set(item, tokens)
  return tokens
}

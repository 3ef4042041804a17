import type { Item } from '../events/items.ts'

/** Neighbouring items that are told together or not at all. */
export type Part = readonly Item[]

/**
 * A conversation in turns: what the user said and all that came of it, up to what the user said next. A function call
 * and its output are in one turn, however late the output came.
 */
export function turnsOf(items: readonly Item[]): readonly Part[] {
  return partsOf(items, (item, previous) => opensTurn(item) && !opensTurn(previous))
}

/** The smallest parts: each item alone, but a function call with everything up to its output. */
export function smallestPartsOf(items: readonly Item[]): readonly Part[] {
  return partsOf(items, () => true)
}

function opensTurn(item: Item): boolean {
  return item.type === 'message' && item.role !== 'assistant'
}

function partsOf(items: readonly Item[], begins: (item: Item, previous: Item) => boolean): readonly Part[] {
  const starts = items.map((item, index) => {
    const previous = items[index - 1]
    return previous === undefined || begins(item, previous)
  })
  const calls = new Map<string, number>()
  items.forEach((item, index) => {
    if (item.type === 'function_call' && item.call_id !== undefined) calls.set(item.call_id, index)
    const call = item.type === 'function_call_output' ? calls.get(item.call_id) : undefined
    if (call !== undefined) starts.fill(false, call + 1, index + 1)
  })
  const parts: Item[][] = []
  items.forEach((item, index) => {
    if (starts[index] === true) parts.push([item])
    else parts.at(-1)?.push(item)
  })
  return parts
}

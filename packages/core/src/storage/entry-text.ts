import { RealtimeError } from '../errors.ts'
import type { ContextEntry } from './context-store.ts'

/** Entry as the JSON text every store keeps. Throws `invalid_value` for one that is not JSON. */
export function encodeEntry(entry: ContextEntry): string {
  try {
    return JSON.stringify(entry)
  } catch {
    // The engine's own message quotes keys of the item, so it is not kept as the cause.
    throw new RealtimeError('invalid_value', 'A conversation entry cannot be written as JSON.', {
      param: 'entries',
    })
  }
}

/** The entry in a stored text, `undefined` when the text is not one. */
export function decodeEntry(text: string): ContextEntry | undefined {
  const value = parseJson(text)
  return isContextEntry(value) ? value : undefined
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isContextEntry(value: unknown): value is ContextEntry {
  if (!isRecord(value)) return false
  switch (value['type']) {
    case 'item':
      return isRecord(value['item']) && typeof value['item']['type'] === 'string'
    case 'transcript':
    case 'truncated':
    case 'deleted':
    case 'heard':
      return typeof value['itemId'] === 'string'
    case 'response':
      return typeof value['responseId'] === 'string' && Array.isArray(value['itemIds'])
    case 'life':
      return typeof value['event'] === 'string'
    case 'summary':
      return typeof value['throughItemId'] === 'string' && typeof value['text'] === 'string'
    case 'pinned':
      return typeof value['factId'] === 'string' && typeof value['text'] === 'string'
    case 'unpinned':
      return typeof value['factId'] === 'string'
    case 'erased':
      return true
    default:
      return false
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

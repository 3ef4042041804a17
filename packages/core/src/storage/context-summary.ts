import { foldEntries, inputTexts } from './context-items.ts'
import type { StoredEntry } from './context-store.ts'

/** The parts of a list row that follow from the items. */
export interface ContextGist {
  readonly itemCount: number
  readonly title: string
}

const maxTitleLength = 80

/** Counts the items and takes the title from the first words said by the user. */
export function summarizeEntries(entries: readonly StoredEntry[]): ContextGist {
  const items = foldEntries(entries)
  const words = items.flatMap(({ item }) =>
    item.type === 'message' && item.role === 'user' ? inputTexts(item) : [],
  )
  return { itemCount: items.length, title: toTitle(words[0] ?? '') }
}

function toTitle(words: string): string {
  // Not every database keeps U+0000, and none half a character.
  const line = words.toWellFormed().replaceAll('\0', '').trim().replaceAll(/\s+/gu, ' ')
  // Counted in code points, so that no character is cut in two.
  return Array.from(line).slice(0, maxTitleLength).join('').trimEnd()
}

import type { ContextEntry } from '../../storage/context-store.ts'

/** What the user said or wrote, in the words of newly stored entries. */
export function saidIn(entries: readonly ContextEntry[]): readonly string[] {
  const texts = entries.flatMap((entry): readonly (string | null | undefined)[] => {
    if (entry.type === 'transcript') return [entry.transcript]
    if (entry.type !== 'item' || entry.item.type !== 'message' || entry.item.role !== 'user') return []
    return entry.item.content.map((part) => {
      if (part.type === 'input_image') return undefined
      return part.type === 'input_text' ? part.text : part.transcript
    })
  })
  return texts.map((text) => text?.trim() ?? '').filter((text) => text !== '')
}

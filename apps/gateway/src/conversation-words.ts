import type { ConversationDocument, DocumentItem } from './conversation-document.ts'
import { exportWords } from './export-words.ts'
import type { ExportWords, Reader } from './export-words.ts'

/** One part of a message in words: what was heard of it and what was not. */
export interface PartWords {
  readonly contentIndex: number
  readonly heard: string
  /** Empty where all of it was heard. */
  readonly unheard: string
  /** Data address of an image. */
  readonly image?: string | undefined
}

/** What was said in a message, part by part. Parts behind a cut were not heard. */
export function messageWords(
  { item, heard }: DocumentItem,
  words: Pick<ExportWords, 'wordless' | 'image'>,
): readonly PartWords[] {
  if (item.type !== 'message') return []
  return item.content.map((part, contentIndex) => {
    const text = partText(part) ?? (part.type === 'input_image' ? words.image : words.wordless)
    const image = part.type === 'input_image' ? (part.image_url ?? undefined) : undefined
    if (heard === undefined || contentIndex < heard.contentIndex)
      return { contentIndex, heard: text, unheard: '', image }
    if (contentIndex > heard.contentIndex) return { contentIndex, heard: '', unheard: text }
    if (!text.startsWith(heard.transcript)) return { contentIndex, heard: text, unheard: '' }
    return {
      contentIndex,
      heard: heard.transcript.trimEnd(),
      unheard: text.slice(heard.transcript.length).trim(),
    }
  })
}

const maxTitleLength = 80

/** The first words the person said, in one line of at most 80 characters; empty without any. */
export function firstWords(items: readonly DocumentItem[]): string {
  for (const { item } of items) {
    if (item.type !== 'message' || item.role !== 'user') continue
    const line = item.content.map((part) => partText(part) ?? '').find((text) => text.trim() !== '')
    if (line !== undefined) {
      return Array.from(line.trim().replaceAll(/\s+/gu, ' ')).slice(0, maxTitleLength).join('')
    }
  }
  return ''
}

/** What became of the sessions, in words and in order; leaves out what is no news to who reads what was said. */
export function lifeWords(
  life: ConversationDocument['life'],
  { titleOf, language }: Pick<Reader, 'titleOf' | 'language'>,
): readonly { readonly at: number; readonly text: string }[] {
  const words = exportWords[language].life
  let before: string | undefined
  return life.flatMap(({ at, event, backend = '' }) => {
    // Only another backend is news.
    const isNews = event !== 'connected' || (before !== undefined && backend !== before)
    if (backend !== '') before = backend
    const text = isNews ? words[event]?.(titleOf(backend)) : undefined
    return text === undefined ? [] : [{ at, text }]
  })
}

type Part = Extract<DocumentItem['item'], { type: 'message' }>['content'][number]

/** `undefined` for what has no words. */
function partText(part: Part): string | undefined {
  switch (part.type) {
    case 'input_text':
    case 'output_text':
      return part.text
    case 'input_audio':
    case 'output_audio':
      return part.transcript ?? undefined
    case 'input_image':
      return undefined
  }
}

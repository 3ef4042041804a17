import type { DocumentItem } from './conversation-document.ts'

/** Names of who speaks, as the exports give them. */
export const speakers = { system: 'System', user: 'User', assistant: 'Assistant' } as const

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
export function messageWords({ item, heard }: DocumentItem): readonly PartWords[] {
  if (item.type !== 'message') return []
  return item.content.map((part, contentIndex) => {
    const text = partText(part)
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

type Part = Extract<DocumentItem['item'], { type: 'message' }>['content'][number]

function partText(part: Part): string {
  switch (part.type) {
    case 'input_text':
    case 'output_text':
      return part.text
    case 'input_audio':
    case 'output_audio':
      return part.transcript ?? '(sound without words)'
    case 'input_image':
      return '(image)'
  }
}

import type { ContextStore } from '@parley/core/storage'
import type { ConversationDocument } from './conversation-document.ts'
import { toMarkdown } from './conversation-markdown.ts'
import { conversationPage } from './conversation-page.ts'

/** Kinds of file a conversation is exported as; the first can be imported again. */
export const exportFormats = ['json', 'markdown', 'html'] as const

/** One of the kinds. */
export type ExportFormat = (typeof exportFormats)[number]

/** A file to download. */
export interface ExportFile {
  readonly body: string | ReadableStream<Uint8Array>
  readonly mediaType: string
  readonly extension: string
}

/** A conversation as a file; the page comes as a stream, since it holds all kept sound. */
export function exportFile(
  conversation: ConversationDocument,
  { format, store }: { format: ExportFormat; store: ContextStore },
): ExportFile {
  switch (format) {
    case 'json':
      return { extension: 'json', mediaType: 'application/json', body: JSON.stringify(conversation, null, 2) }
    case 'markdown':
      return { extension: 'md', mediaType: 'text/markdown', body: toMarkdown(conversation) }
    case 'html': {
      const page = conversationPage(conversation, (note) => store.loadAudio(conversation.id, note))
      const body = ReadableStream.from(page).pipeThrough(new TextEncoderStream())
      return { extension: 'html', mediaType: 'text/html', body }
    }
  }
}

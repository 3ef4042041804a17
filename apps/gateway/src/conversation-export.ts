import { exportContext } from '@parley/core/storage'
import type { ContextStore } from '@parley/core/storage'
import type { ConversationDocument } from './conversation-document.ts'
import { toMarkdown } from './conversation-markdown.ts'
import { conversationPage } from './conversation-page.ts'
import type { Reader } from './export-words.ts'

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

/** How it is exported. */
export interface ExportOptions {
  readonly format: ExportFormat
  readonly store: ContextStore
  /** With the sound that is kept. */
  readonly audio: boolean
  /** Whom the files for people are written for. */
  readonly reader: Reader
}

/**
 * A conversation as a file. JSON holds the whole log, to be imported again, and the items it amounts to; the page comes
 * as a stream.
 */
export async function exportFile(
  conversation: ConversationDocument,
  { format, store, audio, reader }: ExportOptions,
): Promise<ExportFile> {
  switch (format) {
    case 'json': {
      const whole = await exportContext(store, conversation.id, { audio })
      const body = JSON.stringify({ ...whole, items: conversation.items }, null, 2)
      return { extension: 'json', mediaType: 'application/json', body }
    }
    case 'markdown':
      return { extension: 'md', mediaType: 'text/markdown', body: toMarkdown(conversation, reader) }
    case 'html': {
      const shown = audio ? conversation : { ...conversation, audio: [] }
      const page = conversationPage(shown, (note) => store.loadAudio(conversation.id, note), reader)
      return { extension: 'html', mediaType: 'text/html', body: await streamOf(page) }
    }
  }
}

/** UTF-8 of texts as they are asked for. Rejects where there is not even a first one: nothing is answered by then. */
async function streamOf(texts: AsyncIterable<string>): Promise<ReadableStream<Uint8Array>> {
  const encoder = new TextEncoder()
  const iterator = texts[Symbol.asyncIterator]()
  let first: IteratorResult<string> | undefined = await iterator.next()
  return new ReadableStream({
    async pull(controller) {
      const next = first ?? (await iterator.next())
      first = undefined
      if (next.done) controller.close()
      else controller.enqueue(encoder.encode(next.value))
    },
    async cancel() {
      await iterator.return?.()
    },
  })
}

import type { ContextOptions } from '@parley/core/context'
import { openaiChat } from '@parley/core/providers/cascade'
import type { Summarizer } from '@parley/core/session'
import type { FactStore } from '@parley/core/storage'
import type { Log } from '../telemetry.ts'
import { readByModel, readByPatterns } from './fact-extraction.ts'
import { createMemoryNews } from './memory-news.ts'
import type { MemoryNews } from './memory-news.ts'
import type { MemorySettings } from './memory-settings.ts'
import { createPeople } from './people.ts'
import type { People } from './people.ts'
import { modelSummarizer } from './summarizer.ts'

/** What sessions remember with. */
export interface Memory {
  /** Where a request does not say. */
  readonly context: ContextOptions
  /** `undefined` where no model writes summaries. */
  readonly summarizer: Summarizer | undefined
  /** `undefined` while facts of people are not kept. */
  readonly people: People | undefined
  /** Takes changes to the sessions that run. */
  readonly news: MemoryNews
}

/** What a memory is made over. */
export interface MemoryOptions {
  readonly settings: MemorySettings
  readonly facts: FactStore
  readonly log: Log
  /** A new unique id that begins with `<prefix>_`. */
  readonly newId: (prefix: string) => string
}

/** The memory that was set up. */
export function createMemory({ settings, facts, log, newId }: MemoryOptions): Memory {
  const { context, summary, people } = settings
  const model = summary && openaiChat(summary)
  const read = model ? readByModel(model) : readByPatterns
  return {
    context,
    summarizer: model && summary && modelSummarizer(model, summary.model),
    people: people ? createPeople({ facts, read, log, newId }) : undefined,
    news: createMemoryNews({ facts, log }),
  }
}

import type { ContextMaterial, ContextOptions } from '../../context/context-plan.ts'
import type { Item } from '../../events/items.ts'
import type { ContextReport } from '../../events/parley-events.ts'

/** What a session knows beside its items, and what of it the backend was told. */
export interface Memory extends Omit<ContextMaterial, 'items'> {
  readonly options: ContextOptions
  /** A model can write summaries while the session runs. */
  readonly canSummarize: boolean
  /** Last item of the one it is writing. */
  readonly summarizing: string | undefined
  /** Stands behind the client's instructions, and the client never sees it; `undefined` where items hold it all. */
  readonly block: string | undefined
  /** The backend in use knows the block. */
  readonly blockTold: boolean
  /** Earlier blocks the backend in use may still report, newest first. */
  readonly formerBlocks: readonly string[]
  /** The item of notes the backend holds, `undefined` for none; without text it says that there is nothing to know. */
  readonly note: { readonly itemId: string; readonly text: string | undefined } | undefined
  /** Of the last seeding, `undefined` before the first. */
  readonly report: ContextReport | undefined
}

/** What a summary is to be made of. */
export interface SummaryRequest {
  readonly previous: string | undefined
  readonly items: readonly Item[]
  readonly maxTokens: number
  /** Last of the items. */
  readonly throughItemId: string
}

/** How much is told where nothing else was asked for. */
export const defaultContext: ContextOptions = { strategy: 'summary', budgetTokens: 8000 }

/** The memory of a session that knows nothing but its items. */
export const emptyMemory: Memory = {
  options: defaultContext,
  summary: undefined,
  pinned: [],
  person: [],
  canSummarize: false,
  summarizing: undefined,
  block: undefined,
  blockTold: false,
  formerBlocks: [],
  note: undefined,
  report: undefined,
}

import type { Item } from '../events/items.ts'
import type { ContextReport } from '../events/parley-events.ts'
import type { Capabilities } from '../providers/capabilities.ts'

/** A short statement a backend is told whatever else is left out. */
export interface Fact {
  readonly id: string
  readonly text: string
}

/** Everything known that a new upstream session could be told. */
export interface ContextMaterial {
  /** The conversation as text, in order: of cut answers what was heard. */
  readonly items: readonly Item[]
  /** The newest summary, `undefined` without any. */
  readonly summary: { readonly throughItemId: string; readonly text: string; readonly by: string } | undefined
  /** Pinned to the conversation. */
  readonly pinned: readonly Fact[]
  /** Known of the person. */
  readonly person: readonly Fact[]
}

/** How much a backend is told. */
export interface ContextOptions {
  /**
   * `summary`: newest turns as they are, older ones in a summary; `recent`: newest turns only; `full`: everything,
   * whatever the budget; `none`: nothing but facts.
   */
  readonly strategy: ContextReport['strategy']
  /** Estimated tokens for all of it. */
  readonly budgetTokens: number
}

/** What one upstream session is told. */
export interface ContextPlan {
  /** To be created in this order. */
  readonly items: readonly Item[]
  /** To stand behind the client's own instructions, `undefined` for nothing. */
  readonly instructions: string | undefined
  readonly report: ContextReport
}

/** The parts of a backend's capabilities that say how it can be told. */
export type ContextCapabilities = Pick<
  Capabilities,
  'historySeeding' | 'inputModalities' | 'contextWindowTokens'
>

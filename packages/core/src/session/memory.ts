import type { ContextMaterial, ContextOptions, Fact } from '../context/context-plan.ts'
import { remember } from '../context/material.ts'
import type { ContextReport } from '../events/parley-events.ts'
import type { ContextEntry } from '../storage/context-store.ts'
import type { SessionState, Step } from './session-state.ts'

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
  /** Of the last seeding, `undefined` before the first. */
  readonly report: ContextReport | undefined
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
  report: undefined,
}

/** What a step stores is what the session knows from then on. */
export function rememberStored({ state, outputs }: Step): Step {
  const entries = outputs.flatMap((output) => (output.to === 'store' ? output.entries : []))
  return { state: withEntries(state, entries), outputs }
}

/** The state after entries of the conversation, whoever wrote them. */
export function withEntries(state: SessionState, entries: readonly ContextEntry[]): SessionState {
  if (!entries.some(({ type }) => memorable.has(type))) return state
  const { memory } = state
  const { summary, pinned } = entries.reduce(remember, { summary: memory.summary, pinned: memory.pinned })
  // A summary that is being written may tell what was just deleted.
  const summarizing = entries.some(({ type }) => type === 'deleted') ? undefined : memory.summarizing
  return { ...state, memory: { ...memory, summary, pinned, summarizing } }
}

const memorable: ReadonlySet<ContextEntry['type']> = new Set(['summary', 'pinned', 'unpinned', 'deleted'])

/** The state once other facts are known of the person. */
export function withPerson(state: SessionState, person: readonly Fact[]): SessionState {
  return { ...state, memory: { ...state.memory, person } }
}

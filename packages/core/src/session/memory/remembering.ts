import type { Fact } from '../../context/context-plan.ts'
import { remember } from '../../context/material.ts'
import type { ContextEntry } from '../../storage/context-store.ts'
import type { SessionState, Step } from '../session-state.ts'

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

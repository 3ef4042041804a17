import type { Fact } from './context-plan.ts'
import { aboutOf } from './stated-facts.ts'
import type { StatedFact } from './stated-facts.ts'

/** What changes of the facts known of a person. */
export interface FactChanges {
  /** With the id of the fact it replaces; without one it is new. */
  readonly put: readonly { readonly id: string | undefined; readonly text: string }[]
  /** Ids of facts that no longer hold. */
  readonly remove: readonly string[]
}

/** What newer statements change: one about the same as a known fact replaces it. */
export function mergeFacts(known: readonly Fact[], stated: readonly StatedFact[]): FactChanges {
  // Of several about the same, the last one said holds.
  const newest = new Map(stated.map((fact) => [fact.about, fact]))
  const byAbout = new Map(known.map((fact) => [aboutOf(fact.text), fact]))
  const put = [...newest.values()].flatMap(({ about, text }) => {
    const before = byAbout.get(about)
    return before !== undefined && isSame(before.text, text) ? [] : [{ id: before?.id, text }]
  })
  return { put, remove: [] }
}

function isSame(a: string, b: string): boolean {
  return plain(a) === plain(b)
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

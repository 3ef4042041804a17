import type { BackendFacts } from '../backend-facts.ts'
import { azureBackends } from './azure.ts'
import { cloudBackends } from './cloud.ts'
import { ownBackends } from './own.ts'

const facts: Readonly<Record<string, BackendFacts>> = { ...ownBackends, ...cloudBackends, ...azureBackends }

/** What is known of a backend beside its capability record; throws for one nobody wrote about. */
export function factsOf(name: string): BackendFacts {
  const found = facts[name]
  if (!found) throw new Error(`No facts about ${name} in src/facts/backends.`)
  return found
}

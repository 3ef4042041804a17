import { stringify } from 'yaml'
import type { Scenario } from './scenario.ts'

/** YAML of a scenario that `parseScenario` reads as the same one; times are in ms. */
export function formatScenario(scenario: Scenario): string {
  const { name, title, description, language, session, tools, steps } = scenario
  return stringify(
    {
      name,
      title,
      ...(description !== '' && { description }),
      language,
      ...(Object.keys(session).length > 0 && { session }),
      ...(tools.length > 0 && { tools }),
      steps,
    },
    { lineWidth: 0, aliasDuplicateObjects: false },
  )
}

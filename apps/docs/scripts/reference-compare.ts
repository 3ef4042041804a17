import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { measureDefinitions, measures, parseScenario } from '@parley/compare'
import * as z from 'zod'
import { Scenario } from '../../../packages/compare/src/scenario/scenario.ts'
import { labelDefinitions, metricDefinitions } from '../../gateway/src/metrics.ts'
import type { Reference } from '../src/reference/reference.ts'

const scenarioFolder = join(import.meta.dirname, '../../../packages/compare/scenarios')

/** What comparing, checking and counting say of themselves. */
export function referenceCompare(): Pick<
  Reference,
  'measures' | 'metrics' | 'labels' | 'scenarios' | 'scenarioSchema'
> {
  return {
    measures: measures.map(({ name, unit, better }) => ({ name, unit, better, ...measureDefinitions[name] })),
    metrics: metricDefinitions.map(({ name, kind, help, labels, buckets }) => ({
      name,
      kind,
      help,
      labels: [...labels],
      buckets: buckets ? [...buckets] : null,
    })),
    labels: labelDefinitions,
    scenarios: scenarios(),
    scenarioSchema: scenarioSchema(),
  }
}

function scenarios(): Reference['scenarios'] {
  return readdirSync(scenarioFolder)
    .filter((file) => file.endsWith('.yaml'))
    .toSorted()
    .map((file) => {
      const text = readFileSync(join(scenarioFolder, file), 'utf8')
      const { name, title, description } = parseScenario(text, file.slice(0, -'.yaml'.length))
      return { name, title, description, text }
    })
}

/** The keys of a scenario and of each step, as its schemas have them. */
function scenarioSchema(): Reference['scenarioSchema'] {
  const json = z.toJSONSchema(Scenario, { io: 'input', unrepresentable: 'any' })
  const step = Reflect.get(json.properties ?? {}, 'steps')
  return { keys: Object.keys(json.properties ?? {}), required: json.required ?? [], steps: stepsOf(step) }
}

function stepsOf(step: unknown): Reference['scenarioSchema']['steps'] {
  const { items } = z.looseObject({ items: z.looseObject({ anyOf: z.array(JsonObject) }) }).parse(step)
  return items.anyOf.map(({ properties, required = [] }) => {
    const [name = '', ...rest] = Object.keys(properties)
    return { name, keys: rest, required: required.filter((key) => key !== name) }
  })
}

const JsonObject = z.looseObject({
  properties: z.record(z.string(), z.unknown()),
  required: z.array(z.string()).optional(),
})

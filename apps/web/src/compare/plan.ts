import type { Lane, Scenario } from '@parley/compare'
import { Scenario as ScenarioSchema } from '@parley/compare'

/** Where the words of a comparison come from. */
export type Source =
  | {
      readonly kind: 'scenario'
      readonly scenario: Scenario
      /** Sound that came with it, by file name; PCM16 at 24 kHz. */
      readonly files: ReadonlyMap<string, Int16Array>
    }
  | { readonly kind: 'speak'; readonly deviceId: string }
  | { readonly kind: 'type'; readonly text: string; readonly language: string }
  | { readonly kind: 'file'; readonly name: string; readonly samples: Int16Array }

/** Names of sources, in the order in which they are offered. */
export const sourceKinds = ['scenario', 'speak', 'type', 'file'] as const

/** What is compared, and how. */
export interface Plan {
  readonly title: string
  readonly lanes: readonly Lane[]
  readonly source: Source
  readonly repeats: number
  readonly order: 'together' | 'in turn'
  /** Lanes without names in random order; nothing is heard before the end. */
  readonly blind: boolean
}

/** How often the same words can be said, as offered to people. */
export const repeatChoices = [1, 3, 5, 10, 20] as const

/** Typed words as a scenario, so that they can be repeated and put in turn like one. */
export function typedScenario(text: string, options: { title: string; language: string }): Scenario {
  return ScenarioSchema.parse({
    name: 'typed',
    title: options.title,
    language: options.language,
    steps: [{ type: text }, { wait: 'answer' }],
  })
}

/** Passes that a plan runs in all. */
export function passesOf({ lanes, repeats, source }: Plan): number {
  return lanes.length * (source.kind === 'speak' ? 1 : repeats)
}

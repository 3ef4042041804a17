import { formatLane, type Comparison } from '@parley/compare'
import { writeSetup, type CompareSetup } from '../compare/compare-setup.ts'
import { laneLimits, setupOf } from '../compare/lane-setup.ts'
import { repeatChoices } from '../compare/plan.ts'

/** What the compare view calls the scenario it makes of typed words. */
export const typedName = 'typed'

/** Where the compare view is set up as a run was. */
export interface Again {
  readonly href: string
  /** False when an address cannot carry all of it: a scenario of one's own, settings without a key, words spoken live. */
  readonly isWhole: boolean
}

/** The way to run a comparison again; `shipped` are the names of the scenarios that the page has. */
export function againAddress(comparison: Comparison, shipped: readonly string[]): Again {
  const { scenario, repeats, order } = comparison
  const lanes = comparison.lanes.flatMap((lane) => {
    const text = textOf(lane)
    return (text === undefined ? undefined : setupOf(text)) ?? []
  })
  const typed = typedIn(comparison)
  const isShipped = scenario !== undefined && shipped.includes(scenario.name)
  const setup: CompareSetup = {
    source: typed !== undefined ? 'type' : scenario === undefined ? 'speak' : 'scenario',
    scenario: isShipped ? scenario.name : '',
    text: typed ?? '',
    lanes: lanes.slice(0, laneLimits.most),
    repeats: repeatChoices.find((choice) => choice === repeats) ?? 1,
    order,
    blind: false,
  }
  return {
    href: `/compare?${writeSetup(setup)}`,
    isWhole:
      setup.lanes.length === comparison.lanes.length &&
      setup.repeats === repeats &&
      (typed !== undefined || isShipped),
  }
}

/** The words of a comparison that was nothing but one typed message. */
function typedIn({ scenario }: Comparison): string | undefined {
  if (scenario?.name !== typedName) return undefined
  const typed = scenario.steps.flatMap((step) => ('type' in step ? step.type : []))
  return typed.length === 1 ? typed[0] : undefined
}

function textOf(lane: Comparison['lanes'][number]): string | undefined {
  try {
    return formatLane(lane)
  } catch {
    return undefined
  }
}

import { laneTexts, setupOf, type LaneSetup } from './lane-setup.ts'
import { repeatChoices, sourceKinds } from './plan.ts'

/** What a person set up, as far as it fits into an address. */
export interface CompareSetup {
  readonly source: (typeof sourceKinds)[number]
  /** Name of a shipped scenario; empty for the first one. */
  readonly scenario: string
  readonly text: string
  /** Empty until the backends are known. */
  readonly lanes: readonly LaneSetup[]
  readonly repeats: number
  readonly order: 'together' | 'in turn'
  readonly blind: boolean
}

/** The setup in an address such as `scenario=barge-in&lane=local&lane=fast%3Dlocal%3Fsilence_ms%3D200`. */
export function readSetup(search: URLSearchParams): CompareSetup {
  const text = search.get('text') ?? ''
  const repeats = Number(search.get('repeats'))
  return {
    source: sourceKinds.find((kind) => kind === search.get('source')) ?? (text === '' ? 'scenario' : 'type'),
    scenario: search.get('scenario') ?? '',
    text,
    lanes: search
      .getAll('lane')
      .flatMap((lane) => setupOf(lane) ?? [])
      .slice(0, 4),
    repeats: repeatChoices.find((choice) => choice === repeats) ?? 1,
    order: search.get('order') === 'in turn' ? 'in turn' : 'together',
    blind: search.get('blind') === '1',
  }
}

/** What of an address is no setup: a scenario that is not among these names, and texts that are no lane. */
export function unreadOf(
  search: URLSearchParams,
  scenarios: readonly string[],
): { readonly scenario: string | undefined; readonly lanes: readonly string[] } {
  const { source, scenario } = readSetup(search)
  const isKnown = source !== 'scenario' || scenario === '' || scenarios.includes(scenario)
  return {
    scenario: isKnown ? undefined : scenario,
    lanes: search.getAll('lane').filter((lane) => setupOf(lane) === undefined),
  }
}

/** The address that opens this setup again. */
export function writeSetup(setup: CompareSetup): URLSearchParams {
  const search = new URLSearchParams()
  if (setup.source === 'scenario') {
    if (setup.scenario !== '') search.set('scenario', setup.scenario)
  } else {
    search.set('source', setup.source)
    if (setup.source === 'type' && setup.text !== '') search.set('text', setup.text)
  }
  for (const text of textsOf(setup.lanes)) search.append('lane', text)
  if (setup.repeats > 1) search.set('repeats', String(setup.repeats))
  if (setup.order === 'in turn') search.set('order', setup.order)
  if (setup.blind) search.set('blind', '1')
  return search
}

/** Lanes that are being typed may be wrong for a moment; their address waits until they are right. */
function textsOf(lanes: readonly LaneSetup[]): readonly string[] {
  try {
    return laneTexts(lanes)
  } catch {
    return []
  }
}

import { warningText, warningsOf, type Comparison } from '@parley/compare'
import type { RunsTexts } from '../i18n/en-runs.ts'
import type { LoadedRun } from './run-store.ts'

/** Everything that makes a difference between two runs say less than it seems to. */
export function pairNotes(
  before: LoadedRun,
  after: LoadedRun,
  { text, language }: { readonly text: RunsTexts['pair']; readonly language: 'en' | 'de' },
): readonly string[] {
  const [a, b] = [before.comparison, after.comparison]
  if (a.id === b.id) return [text.same]
  const shared = sharedLabels(a, b)
  const notes: string[] = []
  if (a.scenario?.name !== b.scenario?.name) {
    notes.push(text.scenarioDiffers(a.scenario?.name ?? text.live, b.scenario?.name ?? text.live))
  } else if (a.scenario === undefined) {
    notes.push(text.liveNote)
  } else if (JSON.stringify(a.scenario) !== JSON.stringify(b.scenario)) {
    notes.push(text.scenarioChanged(a.scenario.name))
  }
  const tuned = shared.filter((label) => settingsOf(a, label) !== settingsOf(b, label))
  if (tuned.length > 0) notes.push(text.settingsDiffer(tuned.join(', ')))
  for (const label of shared) {
    const [modelBefore, modelAfter] = [modelOf(a, label), modelOf(b, label)]
    if (modelBefore !== modelAfter) notes.push(text.modelDiffers(label, modelBefore, modelAfter))
  }
  if (a.order !== b.order) notes.push(text.orderDiffers)
  const sides = [
    { when: text.before, run: before },
    { when: text.after, run: after },
  ]
  for (const { when, run } of sides) {
    for (const warning of warningsOf(run.comparison)) notes.push(`${when}: ${warningText(warning, language)}`)
  }
  if (sides.some(({ run }) => run.summary.origin === 'imported')) notes.push(text.imported)
  notes.push(text.machine)
  return notes
}

/** Labels of lanes that both have, in the order of the later run. */
export function sharedLabels(before: Comparison, after: Comparison): readonly string[] {
  return after.lanes
    .map(({ label }) => label)
    .filter((label) => before.lanes.some((lane) => lane.label === label))
}

function settingsOf({ lanes }: Comparison, label: string): string {
  const lane = lanes.find((candidate) => candidate.label === label)
  return JSON.stringify([lane?.backend, lane?.model, lane?.session])
}

function modelOf({ runs }: Comparison, label: string): string {
  const models = runs.flatMap(({ lane, model }) => (lane.label === label && model !== '' ? model : []))
  return [...new Set(models)].join(', ') || '–'
}

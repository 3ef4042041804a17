// The script of a report. It is bundled into `src/generated/report-page.ts`, and reads only what `reportHtml` wrote.
import type { ReportData } from '../report-data.ts'
import { reportTexts } from '../texts.ts'
import { listenToKeys } from './keys.ts'
import { loadRuns } from './loaded-run.ts'
import { createPlayer } from './player.ts'
import { createTimeline } from './timeline-view.ts'

const text = document.querySelector('#report-data')?.textContent ?? '{}'
// Our own data: `reportData` wrote it into this very file.
const data = JSON.parse(text) as ReportData
const texts = reportTexts[data.language]

const player = createPlayer()
const timelines = data.comparisons.flatMap((comparison, index) => {
  const root = document.querySelector<HTMLElement>(`[data-comparison="${index}"]`)
  if (root === null || comparison.runs.length === 0) return []
  const runs = loadRuns(comparison.runs, data.sounds)
  const { scenario, lanes } = comparison
  return [
    createTimeline(root, {
      runs,
      labels: lanes.map(({ label }) => label),
      scenario,
      player,
      texts,
      language: data.language,
    }),
  ]
})
listenToKeys(timelines)
document.documentElement.dataset['ready'] = 'true'

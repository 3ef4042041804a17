import type { Comparison, LaneRun } from '@parley/compare'
import { describe, expect, it } from 'vitest'
import { sampleComparison } from '../../e2e/sample-comparison.ts'
import { runsTexts } from '../i18n/en-runs.ts'
import { pairNotes } from './pair-notes.ts'
import { summaryOf } from './run-summary.ts'

const loaded = (comparison: Comparison) => ({
  comparison,
  summary: summaryOf(comparison, { soundBytes: 0, origin: 'measured' }),
})

const waits = { local: [500, 510], quick: [400, 410] }
const before = sampleComparison({ id: 'cmp_a', title: 'A', createdAt: 0, waits })
const after = sampleComparison({ id: 'cmp_b', title: 'B', createdAt: 1, waits })

describe('notes on two runs', () => {
  it('say of each side which passes are left out and where there are few', () => {
    const runs = before.runs.map((run): LaneRun => ({
      ...run,
      outcome: run.repeat === 0 ? 'stopped' : 'completed',
    }))
    const notes = pairNotes(loaded({ ...before, runs }), loaded(after), {
      text: runsTexts.pair,
      language: 'en',
    })
    expect(notes).toContain('Before: 2 of 4 passes counted; stopped and failed ones are left out.')
    expect(notes.filter((note) => note.startsWith('After: Few observations of First sound'))).toHaveLength(1)
  })
})

import { describe, expect, it } from 'vitest'
import type { LaneRun } from '../run/lane-run.ts'
import { answer, comparison, heard, laneRun, scenario, speech } from './__fixtures__/runs.ts'
import { compareLanes, compareRuns, observe } from './compare-lanes.ts'
import { countedRuns, passesOf } from './passes.ts'
import { checkThresholds, parseThreshold } from './thresholds.ts'

const script = scenario([{ say: 'One.' }, { wait: 'answer' }, { expect: { words: ['one'] } }])
const expected = { step: 2, met: true, expected: 'says "one"', found: 'after 1 s' }

const pass = (label: string, repeat: number, wait: number, fields: Partial<LaneRun> = {}): LaneRun =>
  laneRun(
    [
      ...speech(0, 1000, 2000),
      ...heard('item', 1100, 2300, 'One'),
      ...answer('resp', { created: 2100, sound: 2000 + wait, end: 90_000 }),
    ],
    { lane: { label, backend: label, model: '', session: {} }, repeat, expectations: [expected], ...fields },
  )

const failure = {
  outcome: 'failed',
  problem: { code: 'timed_out', message: 'The gateway does not answer.' },
  expectations: [{ ...expected, met: false, found: 'not reached' }],
} as const

const mixed = comparison(
  [
    pass('local', 0, 500),
    pass('other', 0, 13_000, failure),
    pass('local', 1, 9000, { outcome: 'stopped' }),
    pass('other', 1, 14_000, { outcome: 'stopped' }),
  ],
  script,
)

describe('passes that count', () => {
  it('are those that came to their end, in every number of a comparison', () => {
    expect(observe(mixed, 'local', 'first_audio')).toEqual([500])
    expect(observe(mixed, 'other', 'first_audio')).toEqual([])
    const cells = compareLanes(mixed).flatMap((row) => row.cells)
    expect(cells.filter(({ label }) => label === 'other')).toHaveLength(compareLanes(mixed).length)
    for (const { label, values, summary, difference } of cells) {
      if (label === 'other') expect([values, summary, difference]).toEqual([[], undefined, undefined])
      else expect(values).toHaveLength(1)
    }
    const [row] = compareRuns(mixed, mixed)
    expect(row?.cells.map(({ values }) => values.length)).toEqual([1, 0])
  })

  it('are counted for a lane and for all, with why the others do not count', () => {
    expect(passesOf(mixed)).toEqual({
      counted: 1,
      begun: 4,
      stopped: 2,
      failed: 1,
      problem: 'The gateway does not answer.',
    })
    expect(passesOf(mixed, 'local')).toMatchObject({ counted: 1, begun: 2, problem: undefined })
    expect(passesOf(mixed, 'other')).toMatchObject({ counted: 0, begun: 2, stopped: 1, failed: 1 })
  })

  it('include what is under way while a comparison runs', () => {
    const running = { ...mixed, status: 'running' as const }
    expect(countedRuns(running, 'local')).toHaveLength(2)
    expect(countedRuns(running, 'other').map(({ outcome }) => outcome)).toEqual(['stopped'])
  })

  it('are what thresholds judge; a lane without one is not judged, not even by a count', () => {
    const texts = ['local.first_audio.max > 600ms', 'other.first_audio.p95 > 99s', 'other.expected.count > 3']
    const results = checkThresholds(
      mixed,
      texts.map((text) => parseThreshold(text)),
    )
    expect(results.map(({ verdict }) => verdict)).toEqual(['passed', 'unjudged', 'unjudged'])
    expect(results[2]?.message).toBe(
      'other.expected.count > 3: could not be judged, no pass of other came to its end (0 of 2)',
    )
  })
})

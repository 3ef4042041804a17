import { describe, expect, it } from 'vitest'
import type { LaneRun } from '../run/lane-run.ts'
import { answer, comparison, laneRun, scenario, speech } from './__fixtures__/runs.ts'
import { warningText } from './warning-text.ts'
import { warningsOf } from './warnings.ts'

const script = scenario([{ say: 'One.' }, { wait: 'answer' }])

const passes = (label: string, count: number, fields: Partial<LaneRun> = {}): readonly LaneRun[] =>
  Array.from({ length: count }, (_, repeat) =>
    laneRun([...speech(0, 1000, 2000), ...answer('resp', { created: 2100, sound: 2500, end: 4000 })], {
      lane: { label, backend: label, model: '', session: {} },
      repeat,
      ...fields,
    }),
  )

const late = (count: number): LaneRun['marks'] =>
  Array.from({ length: count }, (_, index) => ({ type: 'late_frame', at: index * 20, lateMs: 30 }) as const)

const textsOf = (runs: readonly LaneRun[]): readonly string[] =>
  warningsOf(comparison(runs, script)).map((warning) => warningText(warning, 'en'))

describe('warningsOf', () => {
  it('has nothing to say of many whole passes', () => {
    expect(textsOf([...passes('a', 20), ...passes('b', 20)])).toEqual([])
  })

  it('says which passes are left out and which lane has no numbers, and why', () => {
    const problem = { code: 'invalid_api_key', message: 'The key was refused.' }
    expect(
      textsOf([
        ...passes('a', 20),
        ...passes('b', 1, { outcome: 'failed', problem }),
        ...passes('c', 2, { outcome: 'stopped' }),
      ]),
    ).toEqual([
      '20 of 23 passes counted; stopped and failed ones are left out.',
      'No numbers for b, no pass of it came to its end: The key was refused.',
      'No numbers for c, no pass of it came to its end: stopped.',
    ])
  })

  it('warns of lanes that play a recording', () => {
    const [warning] = textsOf([...passes('a', 20), ...passes('replay', 20)])
    expect(warning).toContain('replay plays a recording and does not understand what is said to it')
  })

  it('warns of a busy machine by the passes that count', () => {
    const busy = passes('a', 20).map((run) => ({ ...run, marks: [...late(60), ...run.marks] }))
    expect(textsOf(busy)[0]).toMatch(/^The machine that measured was too busy: 2% of the sound/)
    const elsewhere = [...passes('a', 20), ...passes('a', 1, { outcome: 'stopped', marks: late(3000) })]
    expect(textsOf(elsewhere)).toHaveLength(1)
  })

  it('warns of few observations, of text where nothing sounded', () => {
    expect(warningsOf(comparison([...passes('a', 4), ...passes('b', 5)], script))).toEqual([
      { kind: 'few', small: 'median', waits: [{ measure: 'first_audio', lanes: ['a'] }] },
      { kind: 'few', small: 'p95', waits: [{ measure: 'first_audio', lanes: ['b'] }] },
    ])
    const text = passes('a', 1).map((run) => ({
      ...run,
      marks: run.marks.filter(({ type }) => type !== 'first_audio' && type !== 'first_sound'),
    }))
    expect(textsOf(text)[0]).toContain('First text (a)')
  })

  it('says everything in German too', () => {
    const runs = [
      ...passes('replay', 1),
      ...passes('b', 1, { outcome: 'stopped' }),
      ...passes('c', 5, { marks: late(2000) }),
    ]
    const warnings = warningsOf(comparison(runs, script))
    expect(warnings.length).toBeGreaterThan(4)
    for (const warning of warnings) {
      expect(warningText(warning, 'de')).not.toBe(warningText(warning, 'en'))
    }
  })
})

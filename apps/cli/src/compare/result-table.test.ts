import { compareLanes, Scenario } from '@parley/compare'
import type { Comparison, LaneRun, Mark } from '@parley/compare'
import { describe, expect, it } from 'vitest'
import { measureTable } from './measure-table.ts'
import { resultLines } from './result-table.ts'

const wide = { width: Number.POSITIVE_INFINITY }

/** A pass in which the answer is heard after a time. */
function pass(label: string, repeat: number, waitMs: number, fields: Partial<LaneRun> = {}): LaneRun {
  const marks: readonly Mark[] = [
    { type: 'speech_start', at: 1000, step: 0 },
    { type: 'speech_end', at: 2000, step: 0 },
    { type: 'response_created', at: 2000 + waitMs, responseId: 'r' },
    { type: 'first_audio', at: 2000 + waitMs, responseId: 'r' },
    { type: 'first_sound', at: 2000 + waitMs, responseId: 'r' },
    { type: 'sound_end', at: 5000, responseId: 'r' },
    { type: 'response_done', at: 5000, responseId: 'r', status: 'completed', text: 'Hello.' },
  ]
  return {
    lane: { label, backend: label, model: '', session: {} },
    repeat,
    startedAt: 0,
    durationMs: 6000,
    outcome: 'completed',
    marks,
    input: [],
    output: [],
    expectations: [],
    usage: undefined,
    price: { kind: 'unknown' },
    model: '',
    ...fields,
  }
}

function comparison(runs: readonly LaneRun[], repeats: number): Comparison {
  return {
    id: 'cmp_1',
    title: 'Trial',
    createdAt: 0,
    scenario: Scenario.parse({ name: 'trial', title: 'Trial', steps: [{ say: 'Hello.' }] }),
    lanes: [...new Map(runs.map(({ lane }) => [lane.label, lane])).values()],
    repeats,
    order: 'in turn',
    status: 'completed',
    runs,
  }
}

describe('resultLines', () => {
  it('has median and p95 of each lane, and the difference to the first', () => {
    const runs = [0, 1, 2].flatMap((repeat) => [pass('a', repeat, 500), pass('b', repeat, 300)])
    const lines = resultLines(comparison(runs, 3), wide)
    expect(lines[0]).toBe('Trial: 6 of 6 passes, lanes in turn')
    expect(lines[1]).toMatch(/a median +p95 +b median +p95 +to a$/)
    expect(lines.find((line) => line.startsWith('First sound'))).toMatch(
      /500 ms +500 ms +300 ms +300 ms +−200 ms$/,
    )
  })

  it('says what a lane is beside its name, and what the numbers do not tell', () => {
    const fast = { label: 'fast', backend: 'a', model: '', session: { instructions: 'Be brief.' } }
    const lines = resultLines(comparison([pass('a', 0, 500), pass('fast', 0, 300, { lane: fast })], 1), wide)
    expect(lines[1]).toBe('fast: a, instructions “Be brief.”')
    expect(lines.at(-1)).toContain('Few observations')
    const enough = Array.from({ length: 20 }, (_, repeat) => pass('a', repeat, 500))
    expect(resultLines(comparison(enough, 20), wide).join('\n')).not.toContain('Few observations')
  })

  it.each([60, 80, 120])('stays within %i columns, whatever the number of lanes', (width) => {
    const runs = [0, 1, 2, 3, 4].flatMap((repeat) =>
      ['local', 'voice-live', 'realtime'].map((label, index) =>
        pass(label, repeat, 500 + index * 1000 + repeat),
      ),
    )
    const all = comparison(runs, 5)
    const lines = measureTable(['local', 'voice-live', 'realtime'], compareLanes(all), { width })
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width)
    expect(lines.join('\n')).toContain('+2,000 ms')
  })

  it('leaves p95 out before it puts lanes below each other, and intervals out last', () => {
    const runs = [0, 1, 2, 3, 4].flatMap((repeat) => [pass('a', repeat, 500), pass('b', repeat, 300)])
    const rows = compareLanes(comparison(runs, 5))
    const headsAt = (width: number): readonly string[] =>
      measureTable(['a', 'b'], rows, { width }).filter((line) => /median|:$/.test(line))
    const widest = Math.max(...measureTable(['a', 'b'], rows, wide).map((line) => line.length))
    expect(headsAt(widest)[0]).toMatch(/a median +p95 +b median +p95 +to a$/)
    expect(headsAt(widest - 1)[0]).toMatch(/a median +b median +to a$/)
    expect(headsAt(60)).toEqual([
      'a:',
      expect.stringMatching(/^ +median +p95$/),
      'b:',
      expect.stringMatching(/^ +median .*to a$/),
    ])
  })

  it('says once, with how often, what failed and what was not met', () => {
    const missed = { step: 1, met: false, expected: 'says "Ada" within 4 s', found: 'nothing' }
    const lines = resultLines(
      comparison(
        [
          pass('a', 0, 500, { expectations: [missed] }),
          pass('a', 1, 500, { expectations: [missed] }),
          pass('a', 2, 500, {
            outcome: 'failed',
            problem: { code: 'x', message: 'It closed with code 1011.' },
            marks: [{ type: 'error', at: 10, code: 'x', text: 'The line is dead.' }],
          }),
        ],
        3,
      ),
      wide,
    )
    expect(lines).toContain('a: expected says "Ada" within 4 s, found nothing (2 times)')
    expect(lines).toContain('a: The line is dead. (It closed with code 1011)')
    expect(lines[0]).toContain('2 of 3 passes')
  })
})

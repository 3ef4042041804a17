import { describe, expect, it } from 'vitest'
import { answer, comparison, laneRun, scenario, speech } from './__fixtures__/runs.ts'
import { compareLanes, compareRuns, onlyIn } from './compare-lanes.ts'
import { checkThresholds, parseThreshold, ThresholdError } from './thresholds.ts'

const script = scenario([{ say: 'What time is it?' }, { wait: 'answer' }])

const waited = (label: string, repeat: number, ms: number) =>
  laneRun([...speech(0, 1000, 2000), ...answer('resp_1', { created: 2001, sound: 2000 + ms, end: 9000 })], {
    repeat,
    lane: { label, backend: label, model: '', session: {} },
  })

const two = comparison(
  [waited('a', 0, 500), waited('a', 1, 700), waited('b.1', 0, 800), waited('b.1', 1, 900)],
  script,
)

describe('parseThreshold', () => {
  it('reads lanes whose label has dots, operators and units', () => {
    expect(parseThreshold('gpt-realtime-2.1.first_audio.p95 >= 0.8s')).toEqual({
      text: 'gpt-realtime-2.1.first_audio.p95 >= 0.8s',
      lane: 'gpt-realtime-2.1',
      measure: 'first_audio',
      statistic: 'p95',
      operator: '>=',
      limit: 800,
    })
    expect(parseThreshold('a.wer.median>10%').limit).toBeCloseTo(0.1)
    expect(parseThreshold('a.cost.mean > 0.05 usd').limit).toBe(0.05)
    expect(parseThreshold('a.turn_errors.max > 0').limit).toBe(0)
  })

  it.each([
    ['first_audio > 3', 'form', 'expected <lane>.<measure>.<statistic>'],
    ['a.first_audio.p95', 'form', 'expected <lane>.<measure>.<statistic>'],
    ['c.first_audio.p95 > 1ms', 'lane', 'unknown lane "c", there are: a, b.1'],
    ['a.latency.p95 > 1ms', 'measure', 'unknown measure "latency", there are: connect, session_ready'],
    ['a.first_audio.p99 > 1ms', 'statistic', 'there are: median, p95, min, max, mean, count'],
    ['a.first_audio.p95 > soon', 'limit', '"soon" is no number'],
    ['a.first_audio.p95 > 5%', 'limit', 'unknown unit "%", there are: ms, s'],
    ['a.first_audio.count > 5ms', 'limit', 'a plain number here'],
  ])('says what is wrong with %s', (text, field, message) => {
    const read = (): unknown => parseThreshold(text, ['a', 'b.1'])
    expect(read).toThrow(ThresholdError)
    expect(read).toThrow(expect.objectContaining({ field, message: expect.stringContaining(message) }))
  })
})

describe('checkThresholds', () => {
  it('tells what is violated, what passed, and what could not be judged', () => {
    const texts = ['a.first_audio.max > 600ms', 'b.1.first_audio.median >= 851ms', 'a.wer.median > 5%']
    const results = checkThresholds(
      two,
      texts.map((text) => parseThreshold(text)),
    )
    expect(results.map(({ verdict, value }) => [verdict, value])).toEqual([
      ['violated', 700],
      ['passed', 850],
      ['unjudged', undefined],
    ])
    expect(results.map(({ message }) => message)).toEqual([
      'a.first_audio.max > 600ms: violated, max is 700 ms, of 2 observations',
      'b.1.first_audio.median >= 851ms: passed, median is 850 ms, of 2 observations',
      'a.wer.median > 5%: could not be judged, a has no observation of wer',
    ])
    expect(checkThresholds(two, [parseThreshold('a.wer.count < 1')])[0]?.verdict).toBe('violated')
  })

  it('refuses a lane that is not there', () => {
    expect(() => checkThresholds(two, [parseThreshold('c.wer.max > 1')])).toThrow('unknown lane "c"')
  })
})

describe('compareLanes', () => {
  it('leaves out measures without observations and compares with the first lane', () => {
    const rows = compareLanes(two)
    expect(rows.map(({ measure }) => measure.name)).toEqual([
      'first_text',
      'first_audio',
      'false_interruptions',
      'turn_errors',
      'late_frames',
      'underruns',
    ])
    const wait = rows.find(({ measure }) => measure.name === 'first_audio')
    expect(wait?.cells).toMatchObject([
      { label: 'a', values: [500, 700], difference: undefined },
      { label: 'b.1', values: [800, 900], difference: { shift: 250, interval: undefined } },
    ])
  })
})

describe('compareRuns', () => {
  it('compares lanes that both have, the second with the first', () => {
    const later = comparison([waited('b.1', 0, 850), waited('c', 0, 1)], script)
    const wait = compareRuns(two, later).find(({ measure }) => measure.name === 'first_audio')
    expect(wait?.cells).toMatchObject([
      { label: 'b.1', values: [850], difference: { shift: 0, small: true } },
    ])
    expect(onlyIn(two, later)).toEqual({ before: ['a'], after: ['c'] })
  })
})

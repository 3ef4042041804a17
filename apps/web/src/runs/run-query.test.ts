import { describe, expect, it } from 'vitest'
import { liveScenario, plainRunQuery, readRunQuery, selectRuns, writeRunQuery } from './run-query.ts'
import type { RunSummary } from './run-summary.ts'

const day = 86_400_000
const now = 100 * day

function run(id: string, fields: Partial<RunSummary> = {}): RunSummary {
  return {
    id,
    title: id,
    createdAt: now,
    scenario: 'barge-in',
    lanes: [{ label: 'local', backend: 'local', model: '', firstAudioMs: 500, firstAudioCount: 1 }],
    repeats: 1,
    order: 'together',
    status: 'completed',
    failed: 0,
    passes: 1,
    durationMs: 1000,
    soundBytes: 10,
    origin: 'measured',
    ...fields,
  }
}

describe('the query of the list of runs', () => {
  it('is the same after a trip through an address', () => {
    const query = {
      text: 'two words',
      scenario: liveScenario,
      backend: 'openai',
      lane: 'fast',
      status: 'failed',
      since: '30',
      sort: 'fastest',
      page: 3,
    } as const
    expect(readRunQuery(writeRunQuery(query))).toEqual(query)
    expect(writeRunQuery(plainRunQuery).toString()).toBe('')
  })

  it('takes nothing from an address that it does not know', () => {
    expect(readRunQuery(new URLSearchParams('status=odd&since=3&sort=up&page=-1'))).toEqual(plainRunQuery)
  })
})

describe('selectRuns', () => {
  const of = (runs: readonly RunSummary[], query: Partial<typeof plainRunQuery>): readonly string[] =>
    selectRuns(runs, { ...plainRunQuery, ...query }, now).map(({ id }) => id)

  it('finds every word somewhere, whatever its case', () => {
    const hosted = { label: 'fast', backend: 'voice-live', model: 'GPT-realtime' }
    const runs = [
      run('a', { title: 'Trains to Kassel', lanes: [{ ...hosted, firstAudioMs: 1, firstAudioCount: 1 }] }),
      run('b', { title: 'Trains' }),
    ]
    expect(of(runs, { text: 'kassel gpt' })).toEqual(['a'])
    expect(of(runs, { text: 'kassel barge' })).toEqual(['a'])
    expect(of(runs, { text: 'trains absent' })).toEqual([])
  })

  it('keeps what lies within the days asked for', () => {
    const runs = [run('new', { createdAt: now - 6 * day }), run('old', { createdAt: now - 8 * day })]
    expect(of(runs, { since: '7' })).toEqual(['new'])
  })

  it('tells live runs, states and origins apart', () => {
    const runs = [
      run('live', { scenario: undefined }),
      run('half', { failed: 1 }),
      run('cut', { status: 'stopped' }),
      run('foreign', { origin: 'imported' }),
      run('mute', { soundBytes: 0 }),
    ]
    expect(of(runs, { scenario: liveScenario })).toEqual(['live'])
    expect(of(runs, { status: 'failed' })).toEqual(['half'])
    expect(of(runs, { status: 'stopped' })).toEqual(['cut'])
    expect(of(runs, { status: 'imported' })).toEqual(['foreign'])
    expect(of(runs, { status: 'silent' })).toEqual(['mute'])
    expect(of(runs, { status: 'completed' })).toEqual(['live', 'foreign', 'mute'])
  })

  it('orders by the fastest lane, with runs that nobody heard at the end', () => {
    const lane = (firstAudioMs: number | undefined): RunSummary['lanes'][number] => ({
      label: 'l',
      backend: 'l',
      model: '',
      firstAudioMs,
      firstAudioCount: 1,
    })
    const runs = [
      run('silent', { lanes: [lane(undefined)] }),
      run('slow', { lanes: [lane(900), lane(700)] }),
      run('fast', { lanes: [lane(800), lane(300)] }),
    ]
    expect(of(runs, { sort: 'fastest' })).toEqual(['fast', 'slow', 'silent'])
  })
})

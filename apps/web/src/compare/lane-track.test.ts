import type { LaneRun, Mark } from '@parley/compare'
import { describe, expect, it } from 'vitest'
import { emptyTrack, firstWordsAt, shiftsOf, soFar, trackOf } from './lane-track.ts'

const lane = { label: 'local', backend: 'local', model: '', session: {} }

function run(marks: readonly Mark[], change: Partial<LaneRun> = {}): LaneRun {
  return {
    lane,
    repeat: 0,
    startedAt: 1000,
    durationMs: 5000,
    outcome: 'completed',
    marks,
    input: [],
    output: [],
    expectations: [],
    usage: undefined,
    price: { kind: 'free' },
    model: '',
    ...change,
  }
}

const turn: readonly Mark[] = [
  { type: 'session_ready', at: 80 },
  { type: 'speech_start', at: 500 },
  { type: 'speech_end', at: 1500 },
]

describe('a pass under way', () => {
  it('is not taken for one that came to its end', () => {
    expect(soFar(emptyTrack(lane, 0)).outcome).toBe('stopped')
    expect(soFar(trackOf(run(turn))).outcome).toBe('completed')
  })
})

describe('the common axis', () => {
  it('lines lanes up at their first words', () => {
    const late = turn.map((mark) => ({ ...mark, at: mark.at + 300 }))
    const tracks = [trackOf(run(turn)), trackOf(run(late))]
    const shifts = shiftsOf(tracks, { sameMoment: false })
    expect(shifts).toEqual([300, 0])
    expect(firstWordsAt(tracks, shifts)).toBe(800)
  })

  it('takes the session for the beginning of a lane that was told nothing', () => {
    const tracks = [trackOf(run(turn)), trackOf(run([{ type: 'session_ready', at: 80 }]))]
    expect(shiftsOf(tracks, { sameMoment: false })).toEqual([0, 420])
  })

  it('lines lanes up by the clock where all heard the same moment', () => {
    const tracks = [trackOf(run(turn)), trackOf(run([], { startedAt: 1200 })), emptyTrack(lane, 0)]
    expect(shiftsOf(tracks, { sameMoment: true })).toEqual([0, 200, 0])
  })
})

import { describe, expect, it } from 'vitest'
import { readSummary, type RunSummary } from './run-summary.ts'

function kept(failed: number): RunSummary {
  return {
    id: 'cmp_1',
    title: 'Trains',
    createdAt: 0,
    scenario: 'trains',
    lanes: [{ label: 'local', backend: 'local', model: '', firstAudioMs: 500, firstAudioCount: 2 }],
    repeats: 2,
    order: 'together',
    status: 'completed',
    failed,
    passes: 2,
    durationMs: 1000,
    soundBytes: 0,
    origin: 'measured',
  }
}

describe('readSummary', () => {
  it('has no wait of a run whose passes all failed', () => {
    expect(readSummary(kept(2)).lanes[0]).toMatchObject({ firstAudioMs: undefined, isFailed: true })
  })

  it('leaves a run alone of which a pass came to its end', () => {
    expect(readSummary(kept(1))).toEqual(kept(1))
  })
})

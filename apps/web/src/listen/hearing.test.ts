import { describe, expect, it } from 'vitest'
import { createHearing, type Hearing } from './hearing.ts'
import { defaultLabSettings, type LabSettings } from './lab-settings.ts'

const frameMs = 20
const kinds = ({ marks }: Hearing): readonly string[] => marks.map(({ kind }) => kind)

/** Hears stretches of speech and silence in turn, beginning with silence; lengths in ms. */
function hear(
  change: Partial<LabSettings>,
  stretches: readonly number[],
  score: (from: number, to: number) => number = () => 0.5,
  detectorLagMs = 0,
): Hearing {
  const settings = { ...defaultLabSettings, ...change }
  const hearing = createHearing({
    settings,
    sampleRate: 16_000,
    frameSamples: 320,
    detectorLagMs,
    score,
  })
  stretches.forEach((ms, place) => {
    for (let at = 0; at < ms; at += frameMs) hearing.process(place % 2)
  })
  return hearing
}

describe('createHearing', () => {
  it('marks a turn with its padding, its pause and the silence that ended it', () => {
    const hearing = hear({ silenceMs: 500, pauseMs: 100, tailMs: 200 }, [1000, 1000, 200, 400, 800])
    expect(kinds(hearing)).toEqual(['tentative', 'started', 'pause', 'resumed', 'pause', 'stopped'])
    expect(hearing.turns).toEqual([
      { paddedMs: 700, onsetMs: 1000, endMs: 2600, sentMs: 2800, stopMs: 3100, pauses: 1 },
    ])
    expect(hearing.marks[1]).toEqual({ kind: 'started', atMs: 1000, knownMs: 1100 })
  })

  it('counts the lag of the detector as silence', () => {
    const { turns, marks } = hear(
      { silenceMs: 500, pauseMs: 100, tailMs: 0 },
      [1000, 1000, 800],
      undefined,
      88,
    )
    expect(turns).toMatchObject([{ endMs: 1912, stopMs: 2420 }])
    expect(marks.at(-1)).toEqual({ kind: 'stopped', atMs: 1912, knownMs: 2420 })
  })

  it('makes two turns of what a shorter silence parts', () => {
    const sound = [500, 1000, 600, 1000, 3000]
    expect(hear({ silenceMs: 700 }, sound).turns).toHaveLength(1)
    expect(hear({ silenceMs: 500 }, sound).turns).toHaveLength(2)
  })

  it('counts what is shorter than the least speech as a misfire', () => {
    const hearing = hear({ minSpeechMs: 300 }, [500, 200, 1000])
    expect(kinds(hearing)).toEqual(['tentative', 'misfire'])
    expect(hearing.turns).toEqual([])
  })

  it('ends the sound of a turn with the turn, however long its tail', () => {
    expect(hear({ silenceMs: 300, tailMs: 900 }, [500, 1000, 2000]).turns).toMatchObject([
      { endMs: 1500, sentMs: 1800, stopMs: 1800 },
    ])
  })

  it('shows where speech ended in a turn that is still open', () => {
    const { turns } = hear({ silenceMs: 2000 }, [500, 1000, 500])
    expect(turns).toMatchObject([{ endMs: 1500, stopMs: undefined }])
  })

  describe.each(['semantic_vad', 'azure_semantic_vad'] as const)('with %s', (mode) => {
    const sound = [500, 1000, 5000]

    it('waits longer for what sounds unfinished', () => {
      const waits = [0.95, 0.1].map((score) => {
        const [turn] = hear({ mode, silenceMs: 300, timeoutMs: 3000 }, sound, () => score).turns
        return (turn?.stopMs ?? Infinity) - (turn?.endMs ?? 0)
      })
      expect(waits[0]).toBeLessThanOrEqual(400)
      expect(waits[1]).toBeGreaterThan(800)
      expect(waits[1]).toBeLessThanOrEqual(4000)
    })

    it('asks about the turn from its padding on, and shows the answer at the pause', () => {
      const asked: (readonly [number, number])[] = []
      const hearing = hear({ mode, prefixPaddingMs: 300 }, sound, (from, to) => {
        asked.push([from / 16, to / 16])
        return 0.7
      })
      expect(asked[0]?.[0]).toBe(200)
      expect(asked[0]?.[1]).toBeGreaterThanOrEqual(1600)
      expect(hearing.marks.find(({ kind }) => kind === 'pause')).toMatchObject({ atMs: 1500, score: 0.7 })
    })

    it('begins the next turn behind the one that ended', () => {
      const { turns } = hear({ mode, prefixPaddingMs: 1000 }, [500, 1000, 1500, 1000, 9000], () => 0.95)
      expect(turns).toHaveLength(2)
      expect(turns[1]?.paddedMs).toBeGreaterThanOrEqual(turns[0]?.stopMs ?? Infinity)
    })
  })
})

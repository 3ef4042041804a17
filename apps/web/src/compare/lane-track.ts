import { createGrowingPeaks, type GrowingPeaks } from '@parley/audio'
import { trackRate, type Lane, type LaneRun, type Mark } from '@parley/compare'

/** Letters and colours of lanes, in the order of the lanes. */
export const laneLetters = ['A', 'B', 'C', 'D'] as const

/** One pass of a lane as it is drawn: grows while it runs. */
export interface LaneTrack {
  readonly lane: Lane
  readonly repeat: number
  /** Waveforms while it runs. */
  readonly input: GrowingPeaks
  readonly output: GrowingPeaks
  readonly marks: Mark[]
  /** Unix ms of 0 on the lane's axis; `undefined` before it began. */
  startedAt: number | undefined
  /** How far it has come, ms. */
  durationMs: number
  status: 'waiting' | 'running' | LaneRun['outcome']
  /** The finished pass with its sound. */
  run: LaneRun | undefined
}

/** Time one bin of a waveform stands for, ms. */
const binMs = 10

/** A pass that has not begun. */
export function emptyTrack(lane: Lane, repeat: number): LaneTrack {
  return {
    lane,
    repeat,
    input: createGrowingPeaks({ sampleRate: trackRate, binMs }),
    output: createGrowingPeaks({ sampleRate: trackRate, binMs }),
    marks: [],
    startedAt: undefined,
    durationMs: 0,
    status: 'waiting',
    run: undefined,
  }
}

/** A finished pass as it is drawn. */
export function trackOf(run: LaneRun): LaneTrack {
  const track = emptyTrack(run.lane, run.repeat)
  track.marks.push(...run.marks)
  track.startedAt = run.startedAt
  track.durationMs = run.durationMs
  track.status = run.outcome
  track.run = run
  return track
}

/**
 * The pass as it is up to now, for what reads finished ones. One under way is as if it were stopped now: what it has not
 * come to is unknown.
 */
export function soFar(track: LaneTrack): LaneRun {
  return (
    track.run ?? {
      lane: track.lane,
      repeat: track.repeat,
      startedAt: track.startedAt ?? 0,
      durationMs: track.durationMs,
      outcome: 'stopped',
      marks: track.marks,
      input: [],
      output: [],
      expectations: [],
      usage: undefined,
      price: { kind: 'unknown' },
      model: track.lane.model,
    }
  )
}

/**
 * How far each track is moved to lie on the common axis, ms: their first words line up, or the moments themselves
 * where everybody heard the same at once. The common axis begins with the track that is moved least.
 */
export function shiftsOf(
  tracks: readonly LaneTrack[],
  options: { readonly sameMoment: boolean },
): readonly number[] {
  const origins = tracks.map(({ marks, startedAt }) =>
    options.sameMoment
      ? startedAt === undefined
        ? undefined
        : -startedAt
      : (marks.find(({ type }) => begins.has(type)) ?? marks.find(({ type }) => type === 'session_ready'))
          ?.at,
  )
  const latest = Math.max(...origins.filter((origin) => origin !== undefined))
  return origins.map((origin) => (origin === undefined ? 0 : latest - origin))
}

const begins: ReadonlySet<Mark['type']> = new Set<Mark['type']>(['speech_start', 'text_sent'])

/** When the first words begin, ms on the common axis; 0 without any. */
export function firstWordsAt(tracks: readonly LaneTrack[], shifts: readonly number[]): number {
  const found = tracks.flatMap(({ marks }, place) => {
    const first = marks.find(({ type }) => begins.has(type))
    return first === undefined ? [] : first.at + (shifts[place] ?? 0)
  })
  return found.length === 0 ? 0 : Math.min(...found)
}

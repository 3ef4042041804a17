import { base64ToBytes, createPeaks, pcm16ToInt16, peaksOfBins, type Peaks } from '@parley/audio'
import { trackRate, type LaneRun, type Segment } from '../../run/lane-run.ts'
import { storedPeakMs, type RunData, type TrackData } from '../report-data.ts'

/** A run whose sound is decoded when it is first needed. */
export interface LoadedRun {
  /** Its facts; sound is not in it. */
  readonly run: LaneRun
  /** Decoded on the first call. */
  input(): readonly Segment[]
  output(): readonly Segment[]
  peaks(): { readonly input: Peaks; readonly output: Peaks }
}

/** Runs of a report with the sounds it carries. */
export function loadRuns(runs: readonly RunData[], sounds: readonly string[]): readonly LoadedRun[] {
  const decoded = new Map<number, Int16Array>()
  const samplesOf = (sound: number): Int16Array => {
    const known = decoded.get(sound)
    if (known !== undefined) return known
    const samples = pcm16ToInt16(base64ToBytes(sounds[sound] ?? ''))
    decoded.set(sound, samples)
    return samples
  }
  const segmentsOf = (track: TrackData): readonly Segment[] =>
    track.kind === 'peaks' ? [] : track.segments.map(({ at, sound }) => ({ at, samples: samplesOf(sound) }))
  const peaksOf = (track: TrackData): Peaks =>
    track.kind === 'peaks'
      ? peaksOfBins(base64ToBytes(track.peaks), storedPeakMs, 255)
      : createPeaks(segmentsOf(track), trackRate)
  return runs.map((data) => {
    let peaks: { readonly input: Peaks; readonly output: Peaks } | undefined
    return {
      run: { ...data, input: [], output: [] },
      input: () => segmentsOf(data.input),
      output: () => segmentsOf(data.output),
      peaks: () => (peaks ??= { input: peaksOf(data.input), output: peaksOf(data.output) }),
    }
  })
}

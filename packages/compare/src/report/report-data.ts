import { bytesToBase64, createPeaks, int16ToPcm16 } from '@parley/audio'
import type { Comparison } from '../run/comparison.ts'
import { trackRate, type LaneRun, type Segment } from '../run/lane-run.ts'

/** Exact silence longer than this is left out of a report, ms. */
const silenceMs = 200

/** Time one stored peak stands for where there is no sound, ms. */
export const storedPeakMs = 10

/** A track in a report: sound by its place in `sounds`, or peaks of 0 to 255 as base64 where sound was left out. */
export type TrackData =
  | { readonly kind: 'sound'; readonly segments: readonly { readonly at: number; readonly sound: number }[] }
  | { readonly kind: 'peaks'; readonly peaks: string }

/** A run in a report. */
export type RunData = Omit<LaneRun, 'input' | 'output'> & {
  readonly input: TrackData
  readonly output: TrackData
}

/** What the script of a report reads: written by `reportData`, never by others. */
export interface ReportData {
  readonly language: 'en' | 'de'
  readonly comparisons: readonly (Pick<Comparison, 'scenario' | 'lanes'> & {
    readonly runs: readonly RunData[]
  })[]
  /** Base64 of little-endian PCM16 at 24 kHz; what several lanes were sent is here once. */
  readonly sounds: readonly string[]
}

/** The data of a report. Silence is left out of its sound, which plays the same without it. */
export function reportData(
  comparisons: readonly Comparison[],
  { language, audio }: { readonly language: 'en' | 'de'; readonly audio: boolean },
): ReportData {
  const sounds = new Map<string, number>()
  const track = (segments: readonly Segment[], durationMs: number): TrackData => {
    if (!audio) return { kind: 'peaks', peaks: storedPeaks(segments, durationMs) }
    return {
      kind: 'sound',
      segments: segments.flatMap(soundingParts).map(({ at, samples }) => {
        const text = bytesToBase64(int16ToPcm16(samples))
        const sound = sounds.get(text) ?? sounds.size
        sounds.set(text, sound)
        return { at, sound }
      }),
    }
  }
  return {
    language,
    comparisons: comparisons.map(({ scenario, lanes, runs }) => ({
      scenario,
      lanes,
      runs: runs.map((run) => ({
        ...run,
        input: track(run.input, run.durationMs),
        output: track(run.output, run.durationMs),
      })),
    })),
    sounds: [...sounds.keys()],
  }
}

/** What is left of a segment without its longer stretches of exact silence. */
export function soundingParts({ at, samples }: Segment): readonly Segment[] {
  const longest = (silenceMs * trackRate) / 1000
  const parts: Segment[] = []
  let from = -1
  let last = -1
  const close = (): void => {
    if (from >= 0)
      parts.push({ at: at + (from / trackRate) * 1000, samples: samples.subarray(from, last + 1) })
  }
  for (let i = 0; i < samples.length; i += 1) {
    if (samples[i] === 0) continue
    if (from < 0 || i - last > longest) {
      close()
      from = i
    }
    last = i
  }
  close()
  return parts
}

function storedPeaks(segments: readonly Segment[], durationMs: number): string {
  const peaks = createPeaks(segments, trackRate)
  const bins = Uint8Array.from({ length: Math.ceil(durationMs / storedPeakMs) }, (_, bin) =>
    Math.round(peaks.loudest(bin * storedPeakMs, (bin + 1) * storedPeakMs) * 255),
  )
  return bytesToBase64(bins)
}

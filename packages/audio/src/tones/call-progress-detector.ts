import { createAnalysisWindows, lineRate } from './analysis-windows.ts'
import { fitsCadence, isEnough, type Run } from './cadence.ts'
import {
  callProgressPatterns,
  type CallProgress,
  type CallProgressPattern,
  type ToneRegion,
} from './call-progress-patterns.ts'
import { hann } from './goertzel.ts'
import { createToneMatch } from './tone-match.ts'

/** A tone of the exchange was recognised, or is over; times in ms of the stream. */
export interface CallProgressEvent {
  readonly type: 'recognised' | 'over'
  readonly tone: CallProgress
  readonly region: ToneRegion
  readonly atMs: number
  /** When its first sound began. */
  readonly sinceMs: number
}

/** Tells what the exchange plays. */
export interface CallProgressDetector {
  /** Takes the next chunk, of any length. */
  process(chunk: Float32Array): readonly CallProgressEvent[]
  reset(): void
}

/** Options of the detector; the rate is of the stream, in Hz. */
export interface CallProgressDetectorOptions {
  readonly sampleRate: number
  /** Regions whose tones are known; all unless said otherwise. */
  readonly regions?: readonly ToneRegion[]
  /** Weakest tone in dB of full scale (RMS); -45 unless said otherwise. */
  readonly leastLevelDb?: number
}

/** 100 ms tell 440 + 480 Hz from 400 + 450. */
const windowSamples = 800
const hopSamples = 80
const hopMs = (hopSamples * 1000) / lineRate
/** Share of the power in the tone above which it sounds. */
const leastShare = 0.82
/** What a window must hold of a sound over its half, which shortens a run at either end. */
const edgeMs = 10
/** Sound that is needed to be sure. */
const leastSoundMs = 350

/** Detector for dial, ring-back, busy and congestion tones: which frequencies sound, and in which cadence. */
export function createCallProgressDetector(options: CallProgressDetectorOptions): CallProgressDetector {
  const { sampleRate, regions = ['us', 'eu', 'uk'], leastLevelDb = -45 } = options
  const patterns = callProgressPatterns.filter(({ region }) => regions.includes(region))
  const chords = [...new Set(patterns.map(({ frequencies }) => frequencies.join(' ')))]
  const matches = chords.map((chord) => createToneMatch(chord.split(' ').map(Number), windowSamples))
  const windows = createAnalysisWindows({ sampleRate, length: windowSamples, hop: hopSamples })
  const shape = hann(windowSamples)
  const shapePower = shape.reduce((sum, value) => sum + value * value, 0)
  const leastPower = 10 ** (leastLevelDb / 10) * shapePower
  const windowed = new Float64Array(windowSamples)

  let chord = -1
  let runs: Run[] = []
  let sinceMs = 0
  let told: CallProgressPattern | undefined

  /** The chord that sounds in the window, or -1. */
  function chordIn(samples: Float64Array): number {
    let power = 0
    for (let i = 0; i < windowSamples; i++) {
      const sample = (samples[i] ?? 0) * (shape[i] ?? 0)
      windowed[i] = sample
      power += sample * sample
    }
    if (power < leastPower) return -1
    let best = -1
    let bestShare = leastShare
    matches.forEach((match, place) => {
      // One frequency less explains a little less, and is preferred for it.
      const share = match.share(windowed, power) + (chords[place]?.includes(' ') ? 0 : 0.03)
      if (share <= bestShare) return
      best = place
      bestShare = share
    })
    return best
  }

  function extend(sounds: boolean): void {
    const last = runs.at(-1)
    if (last?.sounds === sounds) runs[runs.length - 1] = { sounds, lengthMs: last.lengthMs + hopMs }
    // The window loses sound at both of its ends, and the pause has that much more.
    else runs.push({ sounds, lengthMs: hopMs + (sounds ? 2 * edgeMs : -2 * edgeMs) })
  }

  function fitting(): readonly CallProgressPattern[] {
    return patterns.filter(
      (pattern) => pattern.frequencies.join(' ') === chords[chord] && fitsCadence(pattern, runs),
    )
  }

  function over(atMs: number): readonly CallProgressEvent[] {
    const ended = told
    chord = -1
    runs = []
    told = undefined
    return ended ? [{ type: 'over', tone: ended.tone, region: ended.region, atMs, sinceMs }] : []
  }

  function step(heard: number, endMs: number): readonly CallProgressEvent[] {
    const events: CallProgressEvent[] = []
    const atMs = Math.max(0, endMs - (windowSamples * 500) / lineRate)
    if (heard >= 0 && heard !== chord) {
      events.push(...over(atMs))
      chord = heard
      sinceMs = Math.max(0, atMs - edgeMs)
    }
    if (chord < 0) return events
    extend(heard === chord)
    const fits = fitting()
    const [first] = fits
    if (!first || (told && !fits.includes(told))) {
      events.push(...over(atMs))
    } else if (!told && fits.length === 1 && isEnough(first, runs, leastSoundMs)) {
      told = first
      events.push({ type: 'recognised', tone: first.tone, region: first.region, atMs: endMs, sinceMs })
    }
    return events
  }

  return {
    process(chunk) {
      const events: CallProgressEvent[] = []
      windows.process(chunk, (samples, endMs) => events.push(...step(chordIn(samples), endMs)))
      return events
    },
    reset() {
      windows.reset()
      chord = -1
      runs = []
      told = undefined
    },
  }
}

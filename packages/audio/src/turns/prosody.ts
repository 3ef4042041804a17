import { powerToDb } from '../level.ts'

/** How a stretch of speech ends, as it is heard. `undefined` where there was too little voice to tell. */
export interface Prosody {
  /** Slope of the last voiced quarter of a second (semitones a second): a fall is negative. */
  readonly pitchSlope: number | undefined
  /** The end of the voice against the speaker's middle (semitones): finished turns end low. */
  readonly finalPitch: number | undefined
  /** Level of the last 100 ms against the 300 ms before it (dB). */
  readonly energyFall: number | undefined
  /** The last voiced stretch against the middle one: above 1 the last syllable is drawn out. */
  readonly lengthening: number | undefined
}

const rate = 8000
const hop = rate / 100
const window = rate / 25
/** Pitch of adult voices: 60 to 400 Hz. */
const shortestLag = rate / 400
const longestLag = Math.floor(rate / 60)
/** Autocorrelation from which a frame is voiced. */
const voicedCorrelation = 0.6
/** A frame so far under the loudest is silence (dB). */
const silenceDb = 32
/** The stretch that is looked at (s), and its last part that is the end (frames of 10 ms). */
const contextSeconds = 2
const endFrames = 25

/**
 * Measures how the speech in `samples` (16 kHz, silence after it is ignored) ends. The last 2 s count; it takes
 * some milliseconds, once a pause.
 */
export function measureProsody(samples: Float32Array): Prosody {
  const sound = halved(samples.subarray(Math.max(0, samples.length - contextSeconds * 2 * rate)))
  const levels = levelsOf(sound)
  const loudest = levels.reduce((most, level) => Math.max(most, level), -Infinity)
  const last = levels.findLastIndex((level) => level > loudest - silenceDb)
  if (last < endFrames)
    return { pitchSlope: undefined, finalPitch: undefined, energyFall: undefined, lengthening: undefined }
  const pitches = levels
    .slice(0, last + 1)
    .map((level, frame) => (level > loudest - silenceDb ? pitchOf(sound, frame * hop) : undefined))
  const voiced = pitches.filter((pitch) => pitch !== undefined)
  const middle = median(voiced)
  const end = pitches
    .map((pitch, frame) => ({ pitch, frame }))
    .slice(-endFrames - 10)
    .flatMap(({ pitch, frame }) =>
      pitch === undefined ? [] : [{ frame, semitones: 12 * Math.log2(pitch / middle) }],
    )
    // Octave errors at a creaky end would look like a leap.
    .filter(({ semitones }) => Math.abs(semitones) < 9)
    .slice(-endFrames)
  const tail = end.slice(-4)
  return {
    pitchSlope: end.length >= 6 ? 100 * slope(end) : undefined,
    finalPitch:
      end.length >= 6 ? tail.reduce((sum, { semitones }) => sum + semitones, 0) / tail.length : undefined,
    energyFall: mean(levels.slice(last - 9, last + 1)) - mean(levels.slice(Math.max(0, last - 39), last - 9)),
    lengthening: lengtheningOf(pitches),
  }
}

function halved(samples: Float32Array): Float32Array {
  return Float32Array.from(
    { length: Math.floor(samples.length / 2) },
    (_, index) => ((samples[2 * index] ?? 0) + (samples[2 * index + 1] ?? 0)) / 2,
  )
}

function levelsOf(sound: Float32Array): readonly number[] {
  const levels: number[] = []
  for (let start = 0; start + window <= sound.length; start += hop) {
    let power = 0
    for (let index = start; index < start + window; index += 1) power += (sound[index] ?? 0) ** 2
    levels.push(powerToDb(power / window))
  }
  return levels
}

/** Pitch in Hz by the first strong peak of the normalised autocorrelation, `undefined` for a voiceless frame. */
function pitchOf(sound: Float32Array, start: number): number | undefined {
  const correlations = new Float64Array(longestLag + 1)
  let best = 0
  for (let lag = shortestLag; lag <= longestLag; lag += 1) {
    let product = 0
    let early = 1e-12
    let late = 1e-12
    const end = Math.min(start + window, sound.length) - lag
    for (let index = start; index < end; index += 1) {
      const a = sound[index] ?? 0
      const b = sound[index + lag] ?? 0
      product += a * b
      early += a * a
      late += b * b
    }
    correlations[lag] = product / Math.sqrt(early * late)
    best = Math.max(best, correlations[lag] ?? 0)
  }
  if (best < voicedCorrelation) return undefined
  // The first peak near the best one: a multiple of the period correlates as well.
  for (let lag = shortestLag + 1; lag < longestLag; lag += 1) {
    const here = correlations[lag] ?? 0
    const before = correlations[lag - 1] ?? 0
    const after = correlations[lag + 1] ?? 0
    if (here < best * 0.9 || here < before || here < after) continue
    const bend = before - 2 * here + after
    return rate / (lag + (bend < 0 ? (before - after) / (2 * bend) : 0))
  }
  return undefined
}

/** Voiced stretches of at least 30 ms: syllables, roughly. */
function lengtheningOf(pitches: readonly (number | undefined)[]): number | undefined {
  const stretches: number[] = []
  let length = 0
  for (const pitch of [...pitches, undefined]) {
    if (pitch !== undefined) length += 1
    else {
      if (length >= 3) stretches.push(length)
      length = 0
    }
  }
  const last = stretches.pop()
  return last === undefined || stretches.length < 2 ? undefined : last / median(stretches)
}

function slope(points: readonly { readonly frame: number; readonly semitones: number }[]): number {
  const middleFrame = mean(points.map(({ frame }) => frame))
  const middlePitch = mean(points.map(({ semitones }) => semitones))
  let product = 0
  let square = 0
  for (const { frame, semitones } of points) {
    product += (frame - middleFrame) * (semitones - middlePitch)
    square += (frame - middleFrame) ** 2
  }
  return square === 0 ? 0 : product / square
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 1
}

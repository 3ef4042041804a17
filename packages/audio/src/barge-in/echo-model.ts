import { createDelaySearch } from './delay-search.ts'

/** How what is played comes back, in bands, learned from both signals. */
export interface EchoModel {
  /**
   * Takes the band energies of 10 ms of what is played and of the microphone, and writes the level of the
   * microphone over what echo and noise explain into `excess` (dB a band).
   */
  step(played: Float64Array, near: Float64Array): void
  readonly excess: Float64Array
  /** 1 for a band in which something can be told from the noise, 0 for another. */
  readonly telling: Uint8Array
  /** Whether anything played can still be heard now. */
  readonly echoing: boolean
  /** From the player to the microphone (ms), `undefined` until it is known. */
  readonly delayMs: number | undefined
  /** Mean level of the echo against what is played (dB). */
  readonly couplingDb: number
  reset(): void
}

/** Played energy so far under its peak is not heard back (a ratio): 50 dB. */
const audibleRange = 1e-5
/** Played energy from which a band teaches how loud it comes back, under its peak: 30 dB. */
const teachingRange = 1e-3
/**
 * Steps of the gains towards their median (dB a frame), at the beginning and later: small, so that a user who talks
 * over the answer is not learned as its echo.
 */
const firstStepDb = 0.5
const laterStepDb = 0.04
const firstFrames = 40
/** Steps of the bound while the way is not known (dB a frame): it rests where one frame in nine passes it. */
const boundFallDb = 0.25
const boundRiseDb = 2
/** Only what stands out of the noise so far raises that bound (a ratio). */
const overNoise = 4
/**
 * Correlation from which what is heard may be an echo before its way is known. After 100 ms of speech 23 of 24 echoes
 * have more, and three of four users less.
 */
const leastLikeness = 0.2
/** Sound in so many bands, and so many frames of it, that the correlation says something. */
const fewestLoudBands = 4
const comparedFrames = 8
/** Frames after which there is no echo to be found. */
const boundFrames = 350
const leastGainDb = -60
/** An echo so far under what is played is not taken for speech (dB). */
const faintestDb = -40
const mostGainDb = 20
/** The noise floor is the lowest level of the last 3 s, averaged over 60 ms. */
const noiseFrames = 75
const noiseBuckets = 4
/** Late reflections: no louder than this against what they are of, and fading so far a frame (ratios). */
const lateRatio = 0.1
const fadingRatio = 0.72
/** The end of a long reverberation, which the model does not hold. */
const fadingFrames = 50
const tiny = 1e-12

/** Creates the model for frames of 10 ms with `bands` bands. */
export function createEchoModel(bands: number): EchoModel {
  const search = createDelaySearch(bands)
  const excess = new Float64Array(bands)
  const telling = new Uint8Array(bands)
  const echo = new Float64Array(bands)
  const gainDb = new Float64Array(bands)
  const fading = new Float64Array(bands)
  const peak = new Float64Array(bands)
  const smoothed = new Float64Array(bands)
  const minima = Array.from({ length: noiseBuckets }, () => new Float64Array(bands))
  let frame = 0
  let taught = 0
  let way = 0
  let loudFrames = 0
  let sinceHeard = fadingFrames
  let echoing = false

  function reset(): void {
    search.reset()
    excess.fill(0)
    // Until something was heard of it, the echo may be as loud as what is played.
    gainDb.fill(0)
    fading.fill(0)
    peak.fill(tiny)
    smoothed.fill(-1)
    for (const bucket of minima) bucket.fill(Infinity)
    frame = 0
    taught = 0
    way = 0
    loudFrames = 0
    sinceHeard = fadingFrames
    echoing = false
  }

  function noiseOf(band: number, energy: number): number {
    const before = smoothed[band] ?? -1
    const level = before < 0 ? energy : before + (energy - before) / 6
    smoothed[band] = level
    const bucket = minima[Math.floor(frame / noiseFrames) % noiseBuckets]
    if (bucket) bucket[band] = frame % noiseFrames === 0 ? level : Math.min(bucket[band] ?? level, level)
    let least = Infinity
    for (const each of minima) least = Math.min(least, each[band] ?? Infinity)
    // The minimum of an average lies under its mean.
    return least * 2 + tiny
  }

  /** Another way through the room has other gains. */
  function adopt(): void {
    way = search.found
    taught = 0
    search.ratios(echo)
    for (let band = 0; band < bands; band += 1)
      gainDb[band] = bounded(10 * Math.log10((echo[band] ?? 0) + tiny))
  }

  reset()
  return {
    excess,
    telling,
    step(played, near) {
      search.step(played, near)
      search.expected(echo)
      if (search.found !== way) adopt()
      // Until a way is known the gain is a bound that few frames pass.
      const known = search.delayMs !== undefined || taught >= boundFrames
      const stepDb = Math.max(laterStepDb, firstStepDb / (1 + taught / firstFrames))
      let heard = false
      let loudBands = 0
      let teaches = false
      for (let band = 0; band < bands; band += 1) {
        const energy = near[band] ?? 0
        const late = Math.max((echo[band] ?? 0) * lateRatio, (fading[band] ?? 0) * fadingRatio)
        fading[band] = late
        const expected = Math.max(echo[band] ?? 0, late)
        peak[band] = Math.max(expected, (peak[band] ?? 0) * 0.9995)
        const loudest = peak[band] ?? 0
        const noise = noiseOf(band, energy)
        const comesBack = expected * 10 ** ((gainDb[band] ?? 0) / 10)
        const audible = expected > loudest * audibleRange && expected > tiny * 10
        if (audible && (gainDb[band] ?? 0) > faintestDb && comesBack > noise * 0.25) heard = true
        const overDb = 10 * Math.log10((energy + tiny) / (comesBack + noise))
        excess[band] = overDb
        if (energy > noise * overNoise) loudBands += 1
        telling[band] = energy > noise * 2 || comesBack > noise ? 1 : 0
        if (expected > loudest * teachingRange && expected > 1e-7) {
          teaches = true
          const change = known
            ? Math.min(stepDb, Math.max(-stepDb, overDb))
            : boundChange(energy > noise * overNoise ? overDb : -boundFallDb, gainDb[band] ?? 0)
          gainDb[band] = bounded((gainDb[band] ?? 0) + change)
        }
      }
      if (teaches) taught += 1
      sinceHeard = heard ? 0 : sinceHeard + 1
      // What has nothing in common with what is played is the user, also before any way is known.
      loudFrames = loudBands >= fewestLoudBands ? loudFrames + 1 : 0
      const alike =
        search.delayMs !== undefined || search.correlation >= leastLikeness || loudFrames < comparedFrames
      echoing = alike && sinceHeard < fadingFrames
      frame += 1
    },
    get echoing() {
      return echoing
    },
    get delayMs() {
      return search.delayMs
    },
    get couplingDb() {
      return gainDb.reduce((sum, value) => sum + value, 0) / bands
    },
    reset,
  }
}

function bounded(gainDb: number): number {
  return Math.min(mostGainDb, Math.max(leastGainDb, gainDb))
}

/** The echo is taken to be no louder than what is played until its way is known. */
function boundChange(overDb: number, gainDb: number): number {
  if (overDb < 0) return Math.max(-boundFallDb, overDb)
  return Math.min(boundRiseDb, overDb, Math.max(0, -gainDb))
}

import { createKWeightingFilter } from './k-weighting.ts'

/** Loudness given for silence, in LUFS; a finite number, so that it survives JSON. */
export const silenceLufs = -120

/** Loudness of a stream after ITU-R BS.1770-5 and EBU Tech 3341; every figure in LUFS, never below `silenceLufs`. */
export interface LoudnessMeter {
  /** Takes the next chunk: one channel, or one array a channel, all of one length. */
  process(chunk: Float32Array | readonly Float32Array[]): void
  /** Of the last 400 ms. */
  readonly momentary: number
  /** Of the last 3 s. */
  readonly shortTerm: number
  /** Of all there was, gated at -70 LUFS and at 10 LU under what is left. */
  readonly integrated: number
  reset(): void
}

/** Options of a meter; one or two channels, one unless said otherwise. */
export interface LoudnessMeterOptions {
  readonly sampleRate: number
  readonly channels?: 1 | 2
}

/** Energy is summed in steps of 10 ms; a block of 400 ms ends with each tenth. */
const stepsASecond = 100
const momentarySteps = 40
const shortTermSteps = 300
const stepsToBlock = 10
const absoluteGate = -70
const relativeGate = -10
/** Integrated loudness is kept as a histogram of blocks, so that a day takes no more memory than a minute. */
const histogramStep = 0.01
const loudestLufs = 30

/** Power to LUFS, as in BS.1770-5. */
export function powerToLufs(power: number): number {
  return power > 0 ? Math.max(silenceLufs, -0.691 + 10 * Math.log10(power)) : silenceLufs
}

/** Meter for voice and for stereo; throws `RangeError` when a chunk has other channels than it was made for. */
export function createLoudnessMeter(options: LoudnessMeterOptions): LoudnessMeter {
  const { sampleRate, channels = 1 } = options
  if (!(sampleRate >= 1000 && sampleRate < Infinity)) {
    throw new RangeError(`sampleRate must be 1000 Hz or more, got ${sampleRate}`)
  }
  const filters = Array.from({ length: channels }, () => createKWeightingFilter(sampleRate))
  const stepSamples = sampleRate / stepsASecond
  const steps = new Float64Array(shortTermSteps)
  const counts = new Float64Array(Math.round((loudestLufs - absoluteGate) / histogramStep) + 1)
  const powers = new Float64Array(counts.length)
  let complete = 0
  let filled = 0
  const energies = new Float64Array(channels)

  /** Mean power of the last `count` steps; what was before the stream is silence. */
  function meanOf(count: number): number {
    let sum = 0
    for (let i = 1; i <= count; i++) sum += steps[(complete - i + shortTermSteps * 2) % shortTermSteps] ?? 0
    return sum / (count * stepSamples)
  }

  function endStep(): void {
    steps[complete % shortTermSteps] = energies.reduce((sum, energy) => sum + energy, 0)
    complete++
    energies.fill(0)
    filled -= stepSamples
    // The next step is counted modulo the ring; a multiple of it more keeps the remainder positive.
    if (complete === 2 * shortTermSteps) complete = shortTermSteps
    if (complete < momentarySteps || complete % stepsToBlock !== 0) return
    const power = meanOf(momentarySteps)
    const lufs = powerToLufs(power)
    if (lufs < absoluteGate) return
    const bin = Math.min(counts.length - 1, Math.floor((lufs - absoluteGate) / histogramStep))
    counts[bin] = (counts[bin] ?? 0) + 1
    powers[bin] = (powers[bin] ?? 0) + power
  }

  function gatedMean(from: number): number {
    let count = 0
    let power = 0
    for (
      let bin = Math.max(0, Math.ceil((from - absoluteGate) / histogramStep));
      bin < counts.length;
      bin++
    ) {
      count += counts[bin] ?? 0
      power += powers[bin] ?? 0
    }
    return count === 0 ? 0 : power / count
  }

  function channelsOf(chunk: Float32Array | readonly Float32Array[]): readonly Float32Array[] {
    const all = chunk instanceof Float32Array ? [chunk] : chunk
    if (all.length !== channels || all.some(({ length }) => length !== all[0]?.length)) {
      throw new RangeError(`The meter takes ${channels} channels of one length.`)
    }
    return all
  }

  return {
    process(chunk) {
      const all = channelsOf(chunk)
      const length = all[0]?.length ?? 0
      for (let at = 0; at < length;) {
        // A step need not be a whole number of samples: it ends with the first one past it.
        const end = Math.min(length, at + Math.max(1, Math.ceil(stepSamples - filled)))
        filters.forEach((filter, channel) => {
          const samples = all[channel] ?? new Float32Array(0)
          energies[channel] = filter.addEnergy(energies[channel] ?? 0, samples, { from: at, to: end })
        })
        filled += end - at
        at = end
        if (filled >= stepSamples) endStep()
      }
    },
    get momentary() {
      return powerToLufs(meanOf(momentarySteps))
    },
    get shortTerm() {
      return powerToLufs(meanOf(shortTermSteps))
    },
    get integrated() {
      const ungated = gatedMean(absoluteGate)
      return ungated === 0 ? silenceLufs : powerToLufs(gatedMean(powerToLufs(ungated) + relativeGate))
    },
    reset() {
      for (const filter of filters) filter.reset()
      for (const values of [steps, counts, powers]) values.fill(0)
      complete = 0
      filled = 0
      energies.fill(0)
    },
  }
}

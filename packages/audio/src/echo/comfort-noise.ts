/** The noise of the room, tracked and made anew. */
export interface ComfortNoise {
  /** Its power a bin. */
  readonly power: Float64Array
  /** Takes the powers of a frame. */
  update(power: Float64Array): void
  /** Amplitude of the real and of the imaginary part that gives the tracked power with numbers from `next`. */
  amplitude(bin: number): number
  /** The next random number, uniform in [-1, 1). */
  next(): number
  reset(): void
}

const smoothing = 0.8
const fall = 0.2
/** 2 dB a second: slow enough for a long sentence. */
const rise = 1.005
/** Frames until the first floor is believed. */
const settlingFrames = 50

/** Follows the floor of the smoothed power in each of `bins` bins, for frames of `frameSamples` samples. */
export function createComfortNoise(bins: number, frameSamples: number): ComfortNoise {
  const power = new Float64Array(bins)
  const smooth = new Float64Array(bins)
  let frames = 0
  let state = 1

  function reset(): void {
    // As loud as full-scale noise, until the first frame says less.
    power.fill(frameSamples)
    smooth.fill(0)
    frames = 0
    state = 1
  }

  reset()
  return {
    power,
    update(now) {
      frames++
      for (let k = 0; k < bins; k++) {
        const level =
          frames === 1 ? (now[k] ?? 0) : smoothing * (smooth[k] ?? 0) + (1 - smoothing) * (now[k] ?? 0)
        smooth[k] = level
        const floor = power[k] ?? 0
        if (level >= floor) power[k] = floor * rise + 1e-15
        else power[k] = frames < settlingFrames ? level : floor + fall * (level - floor)
      }
    },
    // A uniform number in [-1, 1) has a power of one third; both parts share the power.
    amplitude: (bin) => Math.sqrt(1.5 * (power[bin] ?? 0)),
    next() {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0
      return state / 2_147_483_648
    },
    reset,
  }
}

/** Samples of one stretch of sound: the first and one past the last that reach a level. */
export interface Band {
  readonly from: number
  readonly to: number
}

/** Finds what is loud in a stream, any chunks at a time. */
export interface LoudWindows {
  /** Indices count from the first sample of the stream. `loud` is told of each loud window's edges, in order. */
  push(samples: Int16Array, loud: (band: Band) => void): void
}

/** Level from which sound is loud. */
export interface LoudnessOptions {
  readonly sampleRate: number
  /** RMS level of 10 ms. */
  readonly dbfs: number
}

/**
 * Windows of 10 ms whose mean level reaches `dbfs`. The edges are the first and last sample in the window that reach
 * it themselves, so they are not bound to the grid; a window is told as soon as it is certain, and again when its
 * last loud sample moves.
 */
export function createLoudWindows({ sampleRate, dbfs }: LoudnessOptions): LoudWindows {
  const windowSamples = Math.round(sampleRate / 100)
  const amplitude = amplitudeOf(dbfs)
  const enough = windowSamples * amplitude ** 2
  let index = 0
  let sum = 0
  let first = -1

  return {
    push(samples, loud) {
      for (const sample of samples) {
        if (index % windowSamples === 0) {
          sum = 0
          first = -1
        }
        sum += sample * sample
        if (Math.abs(sample) >= amplitude) {
          if (first < 0) first = index
          if (sum >= enough) loud({ from: first, to: index + 1 })
        }
        index++
      }
    },
  }
}

/** Loud stretches of a stream as it comes. */
export interface LoudBands {
  push(samples: Int16Array): void
  /** Stretches found so far; the last one may still grow while less quiet than joins follows it. */
  readonly bands: readonly Band[]
}

/** Loud windows joined over quiet shorter than `joinMs`. */
export function createLoudBands(options: LoudnessOptions & { readonly joinMs: number }): LoudBands {
  const windows = createLoudWindows(options)
  const joinSamples = (options.joinMs * options.sampleRate) / 1000
  const bands: Band[] = []
  return {
    bands,
    push(samples) {
      windows.push(samples, ({ from, to }) => {
        const last = bands.at(-1)
        if (last && from - last.to < joinSamples) bands[bands.length - 1] = { from: last.from, to }
        else bands.push({ from, to })
      })
    },
  }
}

/** Mean square of the samples that lie in bands; 0 where there are none. */
export function meanSquareIn(samples: Int16Array, bands: readonly Band[]): number {
  let sum = 0
  let count = 0
  for (const { from, to } of bands) {
    for (const sample of samples.subarray(from, to)) sum += sample * sample
    count += to - from
  }
  return count === 0 ? 0 : sum / count
}

/** True where the RMS level of a stretch reaches `dbfs`. */
export function reachesLevel(samples: Int16Array, dbfs: number): boolean {
  let sum = 0
  for (const sample of samples) sum += sample * sample
  return sum >= amplitudeOf(dbfs) ** 2 * samples.length
}

/** Amplitude in 16 bits of a level. */
function amplitudeOf(dbfs: number): number {
  return 32_768 * 10 ** (dbfs / 20)
}

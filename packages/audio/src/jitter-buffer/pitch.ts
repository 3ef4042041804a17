const shortestMs = 2.5
const longestMs = 15
/** Lags are searched on sound thinned out to about this rate, then made exact. */
const coarseRate = 6000

/** A lag at which sound repeats. */
export interface Period {
  /** In samples. */
  readonly lag: number
  /** -1 to 1: how alike the sound is one lag later. */
  readonly likeness: number
}

/** Where to look: `window` samples from `at` are compared with those one lag earlier, or one lag later. */
interface Search {
  readonly at: number
  readonly window: number
  readonly sampleRate: number
  readonly direction: 'earlier' | 'later'
  /** Never more than this many samples, nor fewer. */
  readonly longest?: number
  readonly shortest?: number
}

/** The longest lag that is ever given, in samples. */
export function longestLag(sampleRate: number): number {
  return Math.round((longestMs * sampleRate) / 1000)
}

/** The lag between 2.5 and 15 ms at which sound is most like itself. `undefined` when there is not enough sound. */
export function findPeriod(samples: Float32Array, search: Search): Period | undefined {
  const { at, window, sampleRate, direction } = search
  const shortest = Math.max(search.shortest ?? 0, Math.round((shortestMs * sampleRate) / 1000))
  const room = direction === 'earlier' ? at : samples.length - at - window
  const longest = Math.min(search.longest ?? Infinity, longestLag(sampleRate), room)
  if (longest < shortest || at + window > samples.length) return undefined
  const sign = direction === 'earlier' ? -1 : 1
  const step = Math.max(1, Math.round(sampleRate / coarseRate))
  let best: Period = { lag: shortest, likeness: -Infinity }
  const consider = (lag: number, stride: number): void => {
    const likeness = likenessAt(samples, { at, window, offset: sign * lag, stride })
    if (likeness > best.likeness) best = { lag, likeness }
  }
  for (let lag = shortest; lag <= longest; lag += step) consider(lag, step)
  const around = best.lag
  best = { lag: around, likeness: -Infinity }
  for (let lag = Math.max(shortest, around - step); lag <= Math.min(longest, around + step); lag++)
    consider(lag, 1)
  return best
}

function likenessAt(
  samples: Float32Array,
  { at, window, offset, stride }: { at: number; window: number; offset: number; stride: number },
): number {
  let product = 0
  let now = 1e-9
  let other = 1e-9
  for (let i = at; i < at + window; i += stride) {
    const a = samples[i] ?? 0
    const b = samples[i + offset] ?? 0
    product += a * b
    now += a * a
    other += b * b
  }
  return product / Math.sqrt(now * other)
}

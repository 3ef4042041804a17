import { hann } from './goertzel.ts'
import { lineRate } from './analysis-windows.ts'

/** How much of a window's power sinusoids of given frequencies explain. */
export interface ToneMatch {
  /** Share of the power, 0 to 1, of the windowed samples. */
  share(windowed: Float64Array, power: number): number
}

/** Exchanges may be off by this much; steps finer than the resolution of a window. */
const offsets = [-0.018, -0.009, 0.009, 0.018]
/** Share that the exact frequencies explain of a tone that is off by the most. */
const nearShare = 0.3

/** Least-squares fit of sinusoids at `frequencies`, and the same a little lower and higher, to windows of `length`. */
export function createToneMatch(frequencies: readonly number[], length: number): ToneMatch {
  const window = hann(length)
  const basisAt = (offset: number): readonly Float64Array[] =>
    orthonormal(
      frequencies.flatMap((frequency) => {
        const step = (2 * Math.PI * frequency * (1 + offset)) / lineRate
        return [window.map((w, i) => w * Math.cos(step * i)), window.map((w, i) => w * Math.sin(step * i))]
      }),
    )
  const exact = basisAt(0)
  const others = offsets.map(basisAt)
  return {
    share(windowed, power) {
      if (power <= 0) return 0
      const first = explained(exact, windowed) / power
      if (first < nearShare) return first
      return others.reduce((best, basis) => Math.max(best, explained(basis, windowed) / power), first)
    },
  }
}

function explained(basis: readonly Float64Array[], windowed: Float64Array): number {
  return basis.reduce((sum, vector) => sum + dot(vector, windowed) ** 2, 0)
}

/** Gram-Schmidt. */
function orthonormal(vectors: readonly Float64Array[]): readonly Float64Array[] {
  const basis: Float64Array[] = []
  for (const vector of vectors) {
    const rest = Float64Array.from(vector)
    for (const known of basis) {
      const part = dot(known, rest)
      for (let i = 0; i < rest.length; i++) rest[i] = (rest[i] ?? 0) - part * (known[i] ?? 0)
    }
    const length = Math.sqrt(dot(rest, rest))
    basis.push(rest.map((value) => value / length))
  }
  return basis
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0)
  return sum
}

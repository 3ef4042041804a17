/** How a real transform of 2n samples is computed: a complex one of length n in stages, and a step that separates. */
export interface FourierPlan {
  /** n. */
  readonly length: number
  /** Radix of each stage, in order; each is 2, 3, 4 or 5. */
  readonly radices: readonly number[]
  /** Factors of the stages, complex, one stage after another. */
  readonly twiddles: Float64Array
  /** Factors of the separation, complex, n + 1 of them. */
  readonly separation: Float64Array
}

/** Plan for 2 * `length` samples; `length` must have no prime factor over 5. */
export function fourierPlan(length: number): FourierPlan {
  const radices = factorsOf(length)
  const twiddles: number[] = []
  let rest = length
  for (const radix of radices) {
    const groups = rest / radix
    for (let p = 0; p < groups; p++) {
      for (let j = 1; j < radix; j++) twiddles.push(...onCircle((p * j) / rest))
    }
    rest = groups
  }
  const separation = Array.from({ length: length + 1 }, (_, k) => onCircle(k / (2 * length))).flat()
  return { length, radices, twiddles: Float64Array.from(twiddles), separation: Float64Array.from(separation) }
}

function onCircle(turns: number): [number, number] {
  return [Math.cos(2 * Math.PI * turns), -Math.sin(2 * Math.PI * turns)]
}

function factorsOf(length: number): number[] {
  const found: number[] = []
  let rest = length
  for (const radix of [4, 2, 3, 5]) {
    for (; rest % radix === 0; rest /= radix) found.push(radix)
  }
  if (rest !== 1) throw new RangeError(`No transform of ${2 * length} samples`)
  return found
}

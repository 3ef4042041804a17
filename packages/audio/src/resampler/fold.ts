import type { FourOutputs } from './folded-table.ts'

/** Four outputs with their coefficients as doubles, which are read without conversion. */
export type DoubleFour = Omit<FourOutputs, 'coefficients'> & { readonly coefficients: Float64Array }

/** Where the samples are and where the outputs of `periods` periods go, one after the other. */
export interface Place {
  readonly up: number
  readonly down: number
  readonly work: Float64Array
  readonly made: Float64Array
  readonly periods: number
}

const { fround } = Math

/** Makes four outputs of each period, every sum and product rounded to 32 bits. */
export function fold(
  { outputs: [first, second, third, fourth], left, right, pairs, coefficients }: DoubleFour,
  { up, down, work, made, periods }: Place,
): void {
  for (let period = 0; period < periods; period++) {
    let l = period * down + left
    let r = period * down + right
    let outerEven = 0
    let outerOdd = 0
    let innerEven = 0
    let innerOdd = 0
    for (let at = 0; at < 4 * pairs; at += 4) {
      const x = work[l++] ?? 0
      const y = work[r--] ?? 0
      const even = fround(x + y)
      const odd = fround(x - y)
      outerEven = fround(outerEven + fround(even * (coefficients[at] ?? 0)))
      outerOdd = fround(outerOdd + fround(odd * (coefficients[at + 1] ?? 0)))
      innerEven = fround(innerEven + fround(even * (coefficients[at + 2] ?? 0)))
      innerOdd = fround(innerOdd + fround(odd * (coefficients[at + 3] ?? 0)))
    }
    const to = period * up
    made[to + first] = fround(outerEven + outerOdd)
    made[to + second] = fround(innerEven + innerOdd)
    made[to + third] = fround(innerEven - innerOdd)
    made[to + fourth] = fround(outerEven - outerOdd)
  }
}

/**
 * `fold` for samples that came as 16-bit integers, whose sums and differences need no rounding: a fifth of the work. A copy,
 * because a function passed in would not be inlined, and a call for each sum costs six times as much.
 */
export function foldExactly(
  { outputs: [first, second, third, fourth], left, right, pairs, coefficients }: DoubleFour,
  { up, down, work, made, periods }: Place,
): void {
  for (let period = 0; period < periods; period++) {
    let l = period * down + left
    let r = period * down + right
    let outerEven = 0
    let outerOdd = 0
    let innerEven = 0
    let innerOdd = 0
    for (let at = 0; at < 4 * pairs; at += 4) {
      const x = work[l++] ?? 0
      const y = work[r--] ?? 0
      const even = x + y
      const odd = x - y
      outerEven = fround(outerEven + fround(even * (coefficients[at] ?? 0)))
      outerOdd = fround(outerOdd + fround(odd * (coefficients[at + 1] ?? 0)))
      innerEven = fround(innerEven + fround(even * (coefficients[at + 2] ?? 0)))
      innerOdd = fround(innerOdd + fround(odd * (coefficients[at + 3] ?? 0)))
    }
    const to = period * up
    made[to + first] = fround(outerEven + outerOdd)
    made[to + second] = fround(innerEven + innerOdd)
    made[to + third] = fround(innerEven - innerOdd)
    made[to + fourth] = fround(outerEven - outerOdd)
  }
}

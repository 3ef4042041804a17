import { sampleToInt16 } from '../sample-to-int16.ts'
import type { Arithmetic, Job } from './arithmetic.ts'
import type { FoldedTable } from './folded-table.ts'
import type { Line, Plan } from './plan.ts'

const { fround } = Math

// Shared by all streams: nothing stays in it between two runs. Doubles, because a 32-bit float is converted at each read.
let memory = new Float64Array(0)

// Where a sum comes out: a double that a function returns is an object on the heap.
const sum = new Float64Array(1)

/** The arithmetic without WebAssembly. Each sum and product is rounded to 32 bits, as the lanes of a vector are. */
export function javascriptArithmetic({ taps, folded, samples: output, outputs }: Plan): Arithmetic {
  function makePlaced({ origin, step, per, rows }: Line, { base, first, count }: Job): void {
    const { table, steps, isExact } = rows()
    const start = base + taps / 2 - 1
    for (let i = 0; i < count; i++) {
      const time = origin + ((first + i) * step) / per
      const whole = Math.floor(time)
      let place = (time - whole) * steps
      if (isExact) place = Math.round(place)
      const row = Math.floor(place)
      const mix = fround(place - row)
      let value = 0
      let weight = 1
      for (let next = row; next < (mix === 0 ? row + 1 : row + 2); next++) {
        windowSum(memory, whole - start, table, next * taps, taps)
        value = fround(value + fround(weight * fround((sum[0] ?? 0) - value)))
        weight = mix
      }
      memory[output + i] = value
    }
  }

  return {
    open() {
      if (memory.length < output + outputs) memory = new Float64Array(output + outputs)
      return 0
    },
    memory: () => memory,
    make(job) {
      const { base, first, count, line } = job
      if (line) {
        makePlaced(line, job)
        return output
      }
      if (!folded) return first - base
      const skip = first % folded.up
      const periods = Math.ceil((skip + count) / folded.up)
      let at = 0
      while (at < folded.numbers.length) at = fold(folded, at, memory, output, periods, job.isExact)
      return output + skip
    },
    take(place, count, target, at) {
      const isInt16 = target instanceof Int16Array
      for (let i = 0; i < count; i++) {
        const value = memory[place + i] ?? 0
        target[at + i] = isInt16 ? sampleToInt16(value) : value
      }
    },
  }
}

/**
 * Makes four outputs of each of `periods` periods, rounded up to two, by what the table says from index `at` on, from `output`
 * on; gives the index after it. Two periods share the coefficients. Sums that are exact are not rounded: a tenth of the work.
 */
function fold(
  { numbers, up, down }: FoldedTable,
  at: number,
  samples: Float64Array,
  output: number,
  periods: number,
  isExact: boolean,
): number {
  // As integers: what comes out of an array of doubles would be converted at each use.
  const integer = (index: number): number => (numbers[at + index] ?? 0) | 0
  const first = output + integer(0)
  const second = output + integer(1)
  const third = output + integer(2)
  const fourth = output + integer(3)
  const left = integer(4)
  const right = integer(5)
  const begin = at + 7
  const end = begin + 4 * integer(6)
  for (let period = 0; period < periods; period += 2) {
    let l = period * down + left
    let r = period * down + right
    let a = 0
    let b = 0
    let c = 0
    let d = 0
    let e = 0
    let f = 0
    let g = 0
    let h = 0
    for (let i = begin; i < end; i += 4) {
      let x = samples[l] ?? 0
      let y = samples[r] ?? 0
      const even = isExact ? x + y : fround(x + y)
      const odd = isExact ? x - y : fround(x - y)
      x = samples[l++ + down] ?? 0
      y = samples[r-- + down] ?? 0
      const otherEven = isExact ? x + y : fround(x + y)
      const otherOdd = isExact ? x - y : fround(x - y)
      let k = numbers[i] ?? 0
      a = fround(a + fround(even * k))
      e = fround(e + fround(otherEven * k))
      k = numbers[i + 1] ?? 0
      b = fround(b + fround(odd * k))
      f = fround(f + fround(otherOdd * k))
      k = numbers[i + 2] ?? 0
      c = fround(c + fround(even * k))
      g = fround(g + fround(otherEven * k))
      k = numbers[i + 3] ?? 0
      d = fround(d + fround(odd * k))
      h = fround(h + fround(otherOdd * k))
    }
    let shift = period * up
    samples[first + shift] = fround(a + b)
    samples[second + shift] = fround(c + d)
    samples[third + shift] = fround(c - d)
    samples[fourth + shift] = fround(a - b)
    shift += up
    samples[first + shift] = fround(e + f)
    samples[second + shift] = fround(g + h)
    samples[third + shift] = fround(g - h)
    samples[fourth + shift] = fround(e - f)
  }
  return end
}

/** Eight sums side by side, as the lanes of two vectors, added up in pairs, to `sum`. */
function windowSum(
  samples: Float64Array,
  start: number,
  coefficients: Float32Array,
  offset: number,
  taps: number,
): void {
  const product = (index: number): number =>
    fround((samples[start + index] ?? 0) * (coefficients[offset + index] ?? 0))
  let a = 0
  let b = 0
  let c = 0
  let d = 0
  let e = 0
  let f = 0
  let g = 0
  let h = 0
  for (let i = 0; i < taps; i += 8) {
    a = fround(a + product(i))
    b = fround(b + product(i + 1))
    c = fround(c + product(i + 2))
    d = fround(d + product(i + 3))
    e = fround(e + product(i + 4))
    f = fround(f + product(i + 5))
    g = fround(g + product(i + 6))
    h = fround(h + product(i + 7))
  }
  const low = fround(fround(a + e) + fround(b + f))
  sum[0] = fround(low + fround(fround(c + g) + fround(d + h)))
}

import { sampleToInt16 } from '../sample-to-int16.ts'
import { blockOutputs, blockSamples, historySamples, type Arithmetic, type Job } from './arithmetic.ts'
import { fold, foldExactly } from './fold.ts'
import type { FoldedTable } from './folded-table.ts'
import type { Plan } from './plan.ts'
import { lawOf, type Samples } from './sample-format.ts'

const { fround } = Math

// Shared by all streams: nothing stays in them between two runs. Doubles, because a 32-bit float is converted at each read.
let work = new Float64Array(0)
let made = new Float64Array(0)

/** The arithmetic without WebAssembly. Each sum and product is rounded to 32 bits, as the lanes of a vector are. */
export function javascriptArithmetic(plan: Plan): Arithmetic {
  const { up, down, taps, folded, windows, steps } = plan
  const units =
    folded?.units.map((unit) => ({ ...unit, coefficients: Float64Array.from(unit.coefficients) })) ?? []
  const table = windows && Float64Array.from(windows)
  const place = { up: 4 * up, down: 4 * down, work, made, periods: 0 }
  let interpolation: Float64Array | undefined
  const workSamples = historySamples(plan) + blockSamples(plan) + 4 * down
  const madeSamples = blockOutputs(plan) + 4 * up

  function makeFolded(table: FoldedTable, { input, first, count }: Job): void {
    place.periods = Math.ceil(((first % table.up) + count) / table.up)
    for (const unit of units) (input === 'float32' ? fold : foldExactly)(unit, place)
  }

  function makeWindowed(coefficients: Float64Array, job: Job): void {
    let start = Math.floor((job.first * down) / up) - taps / 2 + 1 - job.base
    let phase = (job.first * down) % up
    for (let i = 0; i < job.count; i++) {
      made[i] = windowSum(start, coefficients, phase * taps, taps)
      phase += down
      start += Math.floor(phase / up)
      phase %= up
    }
  }

  function makeInterpolated({ origin, step, per }: NonNullable<Job['line']>, job: Job): void {
    const rows = (interpolation ??= Float64Array.from(plan.interpolation()))
    const base = job.base + taps / 2 - 1
    for (let i = 0; i < job.count; i++) {
      const time = origin + ((job.first + i) * step) / per
      const whole = Math.floor(time)
      const place = (time - whole) * steps
      const row = Math.floor(place)
      const mix = fround(place - row)
      const lower = windowSum(whole - base, rows, row * taps, taps)
      const upper = windowSum(whole - base, rows, (row + 1) * taps, taps)
      made[i] = fround(lower + fround(mix * fround(upper - lower)))
    }
  }

  return {
    run(job, block) {
      if (work.length < workSamples) work = new Float64Array(workSamples)
      if (made.length < madeSamples) made = new Float64Array(madeSamples)
      place.work = work
      place.made = made
      work.set(job.history)
      decode(block, job)
      const skip = folded && !job.line ? job.first % folded.up : 0
      if (job.line) makeInterpolated(job.line, job)
      else if (table) makeWindowed(table, job)
      else if (folded) makeFolded(folded, job)
      else made.set(work.subarray(job.first - job.base, job.first - job.base + job.count))
      encode(skip, job)
      const kept = job.held + block.length - job.drop
      for (let i = 0; i < kept; i++) job.history[i] = work[job.drop + i] ?? 0
    },
  }
}

function decode(block: Samples, { held, input }: Job): void {
  const linear = lawOf(input)?.linear()
  if (linear) for (let i = 0; i < block.length; i++) work[held + i] = (linear[block[i] ?? 0] ?? 0) / 32768
  else if (input === 'int16') for (let i = 0; i < block.length; i++) work[held + i] = (block[i] ?? 0) / 32768
  else work.set(block, held)
}

function encode(skip: number, { output, target, at, count }: Job): void {
  const codes = lawOf(output)?.codes()
  if (codes) {
    for (let i = 0; i < count; i++) target[at + i] = codes[sampleToInt16(made[skip + i] ?? 0) & 0xffff] ?? 0
  } else if (output === 'int16') {
    for (let i = 0; i < count; i++) target[at + i] = sampleToInt16(made[skip + i] ?? 0)
  } else {
    for (let i = 0; i < count; i++) target[at + i] = made[skip + i] ?? 0
  }
}

/** Eight sums side by side, as the lanes of two vectors, added up in pairs. */
function windowSum(start: number, coefficients: Float64Array, offset: number, taps: number): number {
  let a = 0
  let b = 0
  let c = 0
  let d = 0
  let e = 0
  let f = 0
  let g = 0
  let h = 0
  for (let i = 0; i < taps; i += 8) {
    const s = start + i
    const k = offset + i
    a = fround(a + fround((work[s] ?? 0) * (coefficients[k] ?? 0)))
    b = fround(b + fround((work[s + 1] ?? 0) * (coefficients[k + 1] ?? 0)))
    c = fround(c + fround((work[s + 2] ?? 0) * (coefficients[k + 2] ?? 0)))
    d = fround(d + fround((work[s + 3] ?? 0) * (coefficients[k + 3] ?? 0)))
    e = fround(e + fround((work[s + 4] ?? 0) * (coefficients[k + 4] ?? 0)))
    f = fround(f + fround((work[s + 5] ?? 0) * (coefficients[k + 5] ?? 0)))
    g = fround(g + fround((work[s + 6] ?? 0) * (coefficients[k + 6] ?? 0)))
    h = fround(h + fround((work[s + 7] ?? 0) * (coefficients[k + 7] ?? 0)))
  }
  const low = fround(fround(a + e) + fround(b + f))
  return fround(low + fround(fround(c + g) + fround(d + h)))
}

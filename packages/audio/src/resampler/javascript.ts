import { sampleToInt16 } from '../pcm.ts'
import { blockOutputs, blockSamples, historySamples, type Arithmetic, type Job } from './arithmetic.ts'
import type { Unit } from './folded-table.ts'
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
  let interpolation: Float64Array | undefined
  const lanes = 4
  const workSamples = historySamples(plan) + blockSamples(plan) + (lanes + 2) * down
  const madeSamples = blockOutputs(plan) + (lanes + 1) * up

  function makeFolded(skip: number, count: number): void {
    const periods = Math.ceil((skip + count) / up)
    for (const unit of units) {
      if (unit.phase === unit.mirror) foldPhase(unit, up, down, periods)
      else foldPhases(unit, up, down, periods)
    }
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
      work.set(job.history)
      decode(block, job)
      let skip = 0
      if (job.line) makeInterpolated(job.line, job)
      else if (table) makeWindowed(table, job)
      else if (folded) makeFolded((skip = job.first % up), job.count)
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

/** Two outputs of a symmetric phase at a time. */
function foldPhase(unit: DoubleUnit, up: number, down: number, periods: number): void {
  const { phase, left, right, pairs, coefficients } = unit
  for (let period = 0; period < periods; period += 2) {
    let a = 0
    let b = 0
    let next = 0
    for (let residue = 0; residue < down; residue++) {
      let l = period * down + left + residue
      let r = period * down + right - residue
      for (let pair = residue; pair < pairs; pair += down) {
        const k = coefficients[next++] ?? 0
        a = fround(a + fround(fround((work[l] ?? 0) + (work[r] ?? 0)) * k))
        l += down
        b = fround(b + fround(fround((work[l] ?? 0) + (work[r + down] ?? 0)) * k))
        r -= down
      }
    }
    made[period * up + phase] = a
    made[(period + 1) * up + phase] = b
  }
}

/** Two phases that mirror each other, one period at a time. */
function foldPhases(unit: DoubleUnit, up: number, down: number, periods: number): void {
  const { phase, mirror, left, right, pairs, coefficients } = unit
  for (let period = 0; period < periods; period++) {
    let even = 0
    let odd = 0
    let next = 0
    for (let residue = 0; residue < down; residue++) {
      let l = period * down + left + residue
      let r = period * down + right - residue
      for (let pair = residue; pair < pairs; pair += down) {
        const x = work[l] ?? 0
        const y = work[r] ?? 0
        even = fround(even + fround(fround(x + y) * (coefficients[next] ?? 0)))
        odd = fround(odd + fround(fround(x - y) * (coefficients[next + 1] ?? 0)))
        next += 2
        l += down
        r -= down
      }
    }
    made[period * up + phase] = fround(even + odd)
    made[period * up + mirror] = fround(even - odd)
  }
}

type DoubleUnit = Omit<Unit, 'coefficients'> & { readonly coefficients: Float64Array }

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

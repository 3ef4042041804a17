import { resamplerInstance, type ResamplerExports } from '../wasm/resampler.ts'
import type { Arithmetic } from './arithmetic.ts'
import type { Plan } from './plan.ts'

/** The memory of the shared instance: tables first, all to be had again at any time, then what a run needs. */
export interface VectorMemory {
  readonly exports: ResamplerExports
  /** All of it; another array after it grew. */
  floats: Float32Array
  /** Where tables lie, in bytes. */
  readonly tables: Map<Float32Array | Float64Array, number>
  /** The first byte after them. */
  end: number
}

const firstPlace = 64
/** More tables than this are forgotten and placed again when they are needed. */
const tableBytes = 8 << 20

let shared: VectorMemory | undefined

/** The memory of this thread; `undefined` where WebAssembly may not run. */
export function vectorMemory(): VectorMemory | undefined {
  const exports = resamplerInstance()
  return (shared ??= exports && { exports, floats: new Float32Array(0), tables: new Map(), end: firstPlace })
}

function reserve(memory: VectorMemory, end: number): void {
  const pages = Math.ceil((end - memory.floats.byteLength) / 65_536)
  if (pages <= 0) return
  memory.exports.memory.grow(pages)
  memory.floats = new Float32Array(memory.exports.memory.buffer)
}

/** Where a table lies, copied there if it does not yet. */
function placeOf(memory: VectorMemory, table: Float32Array | Float64Array): number {
  const known = memory.tables.get(table)
  if (known !== undefined) return known
  if (memory.end + 4 * table.length > tableBytes) {
    memory.tables.clear()
    memory.end = firstPlace
  }
  const place = memory.end
  memory.end = (place + 4 * table.length + 63) & ~63
  reserve(memory, memory.end)
  memory.floats.set(table, place / 4)
  memory.tables.set(table, place)
  return place
}

/** The arithmetic of a plan in vectors. */
export function webassemblyArithmetic(plan: Plan, memory: VectorMemory): Arithmetic {
  const { taps, folded } = plan
  const { exports } = memory
  let table = 0
  let samples = 0
  let views: Views = { of: memory.floats, place: 0, floats: [], words: [] }
  return {
    open(line) {
      if (line) table = placeOf(memory, line.rows().table)
      else if (folded) table = placeOf(memory, folded.numbers)
      samples = memory.end
      reserve(memory, samples + 20 * plan.samples + 8 * plan.outputs)
      return samples / 4
    },
    memory: () => memory.floats,
    make({ taken, base, first, count, line }) {
      const output = samples + 4 * plan.samples
      const scratch = output + 4 * plan.outputs
      if (line) {
        const { origin, step, per, rows } = line
        const { steps, isExact } = rows()
        const start = base + taps / 2 - 1
        exports.placed(table, taps, steps, isExact, samples, origin, step, per, first, start, output, count)
        return output / 4
      }
      if (!folded) return samples / 4 + first - base
      const { up, down, numbers } = folded
      const skip = first % up
      const periods = Math.ceil((skip + count) / up)
      exports.folded(table, table + 4 * numbers.length, samples, taken, scratch, down, output, up, periods)
      return output / 4 + skip
    },
    take(place, count, target, at) {
      const { floats } = memory
      // Behind the outputs nothing is needed any more.
      const to = samples / 4 + plan.samples + plan.outputs
      if (views.of !== floats || views.place !== to) views = { of: floats, place: to, floats: [], words: [] }
      // A view of its own for each place would be garbage.
      if (target instanceof Int16Array) {
        exports.encode(4 * place, 4 * to, count)
        target.set((views.words[count] ??= new Int16Array(floats.buffer, 4 * to, count)), at)
        return
      }
      floats.copyWithin(to, place, place + count)
      target.set((views.floats[count] ??= floats.subarray(to, to + count)), at)
    },
  }
}

/** Of as many samples from `place` on as were asked for; a paced stream asks for one or two lengths. */
interface Views {
  readonly of: Float32Array
  readonly place: number
  readonly floats: Float32Array[]
  readonly words: Int16Array[]
}

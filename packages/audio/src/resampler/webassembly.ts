import { lawPlaces, provideLaws, scratchPlace, type ResamplerExports } from '../wasm/resampler.ts'
import { blockOutputs, blockSamples, historySamples, type Arithmetic, type Job } from './arithmetic.ts'
import type { FourOutputs } from './folded-table.ts'
import type { Plan } from './plan.ts'
import type { SampleFormat, Samples } from './sample-format.ts'
import { arenaOf } from './table-arena.ts'

/** The arithmetic of a plan in vectors. The memory is scratch for the run at hand, and tables. */
export function webassemblyArithmetic(plan: Plan, exports: ResamplerExports): Arithmetic {
  const { up, down, taps, folded, windows, steps } = plan
  const arena = arenaOf(exports)
  // The lanes of the last periods read further than there are samples.
  const workSamples = historySamples(plan) + blockSamples(plan) + (folded ? 8 * folded.down : 0) + 16
  const places = layOut({
    bytes: 4 * Math.max(blockSamples(plan), blockOutputs(plan)) + 64,
    work: 4 * workSamples,
    columns: folded ? 16 * workSamples : 0,
    outputs: 4 * (blockOutputs(plan) + (folded ? 8 * folded.up : 0)),
    kept: 4 * historySamples(plan),
  })
  arena.reserveScratch(places.end)
  const foldedWords = folded && foldedImage(folded.units)
  let views = viewsOf(arena.buffer, places.kept, historySamples(plan))

  /** Views of outputs by their length; a paced stream asks for one or two lengths. */
  let outputViews: (Samples | undefined)[] = []

  function refresh(): void {
    if (views.buffer === arena.buffer) return
    views = viewsOf(arena.buffer, places.kept, historySamples(plan))
    outputViews = []
  }

  function outputView(format: SampleFormat, place: number, count: number): Samples {
    const slot = count * 3 + (format === 'float32' ? 0 : format === 'int16' ? 1 : 2)
    let view = outputViews[slot]
    if (view === undefined || view.byteOffset !== place) {
      if (format === 'float32') view = new Float32Array(views.buffer, place, count)
      else
        view =
          format === 'int16'
            ? new Int16Array(views.buffer, place, count)
            : new Uint8Array(views.buffer, place, count)
      outputViews[slot] = view
    }
    return view
  }

  function put(block: Samples, { input, held }: Job): void {
    const at = places.work + 4 * held
    if (input === 'float32') {
      views.floats.set(block, at / 4)
      return
    }
    if (input === 'int16') views.words.set(block, places.bytes / 2)
    else views.bytes.set(block, places.bytes)
    exports.decode(places.bytes, at, block.length, input === 'int16' ? 0 : lawPlaces[input].linear)
  }

  /** Makes the floats of a job and gives their place. */
  function make(job: Job, blockLength: number): number {
    const { first, base, count, line } = job
    if (line) {
      const table = arena.place(plan.interpolation())
      const { origin, step, per } = line
      exports.interpolated(
        table,
        taps,
        steps,
        places.work,
        origin,
        step,
        per,
        first,
        base + taps / 2 - 1,
        places.outputs,
        count,
      )
      return places.outputs
    }
    if (windows) {
      const start = Math.floor((first * down) / up) - taps / 2 + 1 - base
      const phase = (first * down) % up
      exports.windowed(arena.place(windows), taps, places.work, start, phase, up, down, places.outputs, count)
      return places.outputs
    }
    if (!folded || !foldedWords) return places.work + 4 * (first - base)
    const skip = first % folded.up
    exports.folded(
      arena.place(foldedWords),
      folded.units.length,
      places.work,
      job.held + blockLength,
      places.columns,
      folded.down,
      places.outputs,
      folded.up,
      Math.ceil((skip + count) / folded.up),
    )
    return places.outputs + 4 * skip
  }

  function get(job: Job, made: number): void {
    const { output, target, at, count } = job
    // The tables may have made the memory grow.
    refresh()
    if (output === 'float32') {
      target.set(outputView(output, made, count), at)
      return
    }
    exports.encode(made, places.bytes, count, output === 'int16' ? 0 : lawPlaces[output].codes)
    target.set(outputView(output, places.bytes, count), at)
  }

  return {
    run(job, block) {
      if (job.input === 'pcmu' || job.input === 'pcma' || job.output === 'pcmu' || job.output === 'pcma') {
        provideLaws(exports)
      }
      arena.reserveScratch(places.end)
      refresh()
      views.floats.set(job.history, places.work / 4)
      put(block, job)
      if (job.count > 0) get(job, make(job, block.length))
      const from = places.work + 4 * job.drop
      exports.move(places.kept, from, 4 * job.history.length)
      job.history.set(views.kept)
    },
  }
}

interface Views {
  readonly buffer: ArrayBuffer
  readonly floats: Float32Array
  readonly words: Int16Array
  readonly bytes: Uint8Array
  readonly kept: Float32Array
}

function viewsOf(buffer: ArrayBuffer, keptPlace: number, keptSamples: number): Views {
  return {
    buffer,
    floats: new Float32Array(buffer),
    words: new Int16Array(buffer),
    bytes: new Uint8Array(buffer),
    kept: new Float32Array(buffer, keptPlace, keptSamples),
  }
}

/** Records and coefficients of the units as the module reads them. */
function foldedImage(units: readonly FourOutputs[]): Float32Array {
  const image = new Float32Array(units.reduce((length, unit) => length + 7 + unit.coefficients.length, 0))
  const records = new Int32Array(image.buffer)
  let at = 7 * units.length
  for (const [index, { outputs, left, right, pairs, coefficients }] of units.entries()) {
    records.set([...outputs, left, right, pairs], 7 * index)
    image.set(coefficients, at)
    at += coefficients.length
  }
  return image
}

interface Places {
  readonly bytes: number
  readonly work: number
  readonly columns: number
  readonly outputs: number
  readonly kept: number
  readonly end: number
}

/** Places of areas of these sizes in bytes, one after the other. */
function layOut(sizes: Omit<Places, 'end'>): Places {
  let end = scratchPlace
  const take = (size: number): number => {
    const place = end
    end = (end + size + 63) & ~63
    return place
  }
  return {
    bytes: take(sizes.bytes),
    work: take(sizes.work),
    columns: take(sizes.columns),
    outputs: take(sizes.outputs),
    kept: take(sizes.kept),
    end,
  }
}

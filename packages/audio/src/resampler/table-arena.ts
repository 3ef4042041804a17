import { scratchPlace, type ResamplerExports } from '../wasm/resampler.ts'

/** The memory of the shared instance: scratch for the run at hand first, then tables, all to be had again at any time. */
export interface TableArena {
  /** The buffer of the memory, which is another one after it grew. */
  readonly buffer: ArrayBuffer
  /** Sees to it that the memory up to byte `end` is scratch. */
  reserveScratch(end: number): void
  /** Where a table lies, copied there if it does not yet. */
  place(table: Float32Array): number
}

/** More tables than this are forgotten and placed again when they are needed. */
const tableBytes = 8 << 20
const usualScratchBytes = 128 << 10

const arenas = new WeakMap<ResamplerExports, TableArena>()

/** The arena of an instance. */
export function arenaOf(exports: ResamplerExports): TableArena {
  const arena = arenas.get(exports) ?? createArena(exports)
  arenas.set(exports, arena)
  return arena
}

function createArena(exports: ResamplerExports): TableArena {
  const places = new Map<Float32Array, number>()
  let scratchEnd = scratchPlace + usualScratchBytes
  let next = scratchEnd
  exports.reserve(next)
  // Asking the memory each time costs more than a run's copies.
  let { buffer } = exports.memory

  function reserve(end: number): void {
    exports.reserve(end)
    buffer = exports.memory.buffer
  }

  function forget(): void {
    places.clear()
    next = scratchEnd
  }

  return {
    get buffer() {
      return buffer
    },
    reserveScratch(end) {
      if (end <= scratchEnd) return
      scratchEnd = end
      reserve(end)
      forget()
    },
    place(table) {
      const known = places.get(table)
      if (known !== undefined) return known
      if (next + table.byteLength > scratchEnd + tableBytes) forget()
      const place = next
      next = (place + table.byteLength + 63) & ~63
      reserve(next)
      new Float32Array(buffer, place, table.length).set(table)
      places.set(table, place)
      return place
    },
  }
}

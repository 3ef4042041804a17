import { scratchPlace, type ResamplerExports } from '../wasm/resampler.ts'

/** The memory of the shared instance: scratch for the run at hand first, then tables, all to be had again at any time. */
export interface TableArena {
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

  function forget(): void {
    places.clear()
    next = scratchEnd
  }

  return {
    reserveScratch(end) {
      if (end <= scratchEnd) return
      scratchEnd = end
      exports.reserve(end)
      forget()
    },
    place(table) {
      const known = places.get(table)
      if (known !== undefined) return known
      if (next + table.byteLength > scratchEnd + tableBytes) forget()
      const place = next
      next = (place + table.byteLength + 63) & ~63
      exports.reserve(next)
      new Float32Array(exports.memory.buffer, place, table.length).set(table)
      places.set(table, place)
      return place
    },
  }
}

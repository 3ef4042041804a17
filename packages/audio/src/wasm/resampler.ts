import { aLaw, muLaw } from '../g711.ts'
import { resamplerModule } from './resampler.generated.ts'
import { sharedInstance, type WasmMemory } from './shared-instance.ts'

/** What assembly/resampler exports; all places are in bytes. */
export interface ResamplerExports {
  readonly memory: WasmMemory
  reserve(end: number): void
  decode(from: number, to: number, count: number, law: number): void
  encode(from: number, to: number, count: number, law: number): void
  folded(
    table: number,
    units: number,
    samples: number,
    count: number,
    scratch: number,
    down: number,
    output: number,
    up: number,
    periods: number,
  ): void
  move(to: number, from: number, length: number): void
  windowed(
    table: number,
    taps: number,
    samples: number,
    start: number,
    phase: number,
    up: number,
    down: number,
    output: number,
    count: number,
  ): void
  interpolated(
    table: number,
    taps: number,
    phases: number,
    samples: number,
    origin: number,
    step: number,
    per: number,
    first: number,
    base: number,
    output: number,
    count: number,
  ): void
}

/** Places of the tables of both laws: 256 floats for decoding, 65,536 codes for encoding. */
export const lawPlaces = {
  pcmu: { linear: 1024, codes: 4096 },
  pcma: { linear: 2048, codes: 4096 + 65_536 },
} as const

/** The first byte that is not a table of a law. */
export const scratchPlace = 4096 + 2 * 65_536

/** The one instance for all resamplers and conversions of this thread. */
export const resamplerInstance = sharedInstance<ResamplerExports>(resamplerModule)

const withLaws = new WeakSet<ResamplerExports>()

/** Puts the tables of both laws into the memory of the instance, once. */
export function provideLaws(exports: ResamplerExports): void {
  if (withLaws.has(exports)) return
  exports.reserve(scratchPlace)
  const { buffer } = exports.memory
  for (const [law, place] of [
    [muLaw, lawPlaces.pcmu],
    [aLaw, lawPlaces.pcma],
  ] as const) {
    new Float32Array(buffer, place.linear, 256).set(Float32Array.from(law.linear(), (level) => level / 32768))
    new Uint8Array(buffer, place.codes, 65_536).set(law.codes())
  }
  withLaws.add(exports)
}

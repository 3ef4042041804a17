import { resamplerModule } from './resampler.generated.ts'
import { sharedInstance, type WasmMemory } from './shared-instance.ts'

/** What assembly/resampler exports; all places are in bytes. */
export interface ResamplerExports {
  readonly memory: WasmMemory
  encode(from: number, to: number, count: number): void
  folded(
    table: number,
    end: number,
    samples: number,
    count: number,
    scratch: number,
    down: number,
    output: number,
    up: number,
    periods: number,
  ): void
  placed(
    table: number,
    taps: number,
    steps: number,
    isExact: boolean,
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

/** The one instance for all resamplers of this thread. */
export const resamplerInstance = sharedInstance<ResamplerExports>(resamplerModule)

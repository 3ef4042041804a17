import { pcmModule } from './pcm.generated.ts'
import { sharedInstance, type WasmMemory } from './shared-instance.ts'

/** What assembly/pcm exports; all places are in bytes. */
export interface PcmExports {
  readonly memory: WasmMemory
  decode(from: number, to: number, count: number): void
  encode(from: number, to: number, count: number): void
}

/** The one instance for the conversions of this thread. */
export const pcmInstance = sharedInstance<PcmExports>(pcmModule)

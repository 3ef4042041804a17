import { RealtimeError } from '../../../../errors.ts'
import { createEnginePool } from '../../engine/engine-pool.ts'
import { engineModule } from '../../engine/engine-process.ts'
import type { ModelFile } from '../../engine/model-file.ts'
import type { ModelStore } from '../../models/model-store.ts'
import type { Pcm } from '../../stages.ts'
import type { WarmTextToSpeech } from '../warm.ts'
import type { PicoRequest } from './pico-engine.ts'

/** Options of the Pico voices. */
export interface PicoTtsOptions {
  readonly models: ModelStore
  /** Child processes, by default 2 or the number of cores if that is less; none starts before a voice is there. */
  readonly processes?: number
}

interface PicoVoiceData {
  readonly name: string
  readonly language: string
  /** Id of its download. */
  readonly model: string
  readonly textAnalysis: string
  readonly signalGeneration: string
}

function voiceData(language: string, signalGeneration: string): PicoVoiceData {
  const name = `pico-${language.toLowerCase()}`
  return { name, language, model: name, textAnalysis: `${language}_ta.bin`, signalGeneration }
}

const allVoices = [
  voiceData('de-DE', 'de-DE_gl0_sg.bin'),
  voiceData('en-GB', 'en-GB_kh0_sg.bin'),
  voiceData('es-ES', 'es-ES_zl0_sg.bin'),
  voiceData('fr-FR', 'fr-FR_nk0_sg.bin'),
  voiceData('it-IT', 'it-IT_cm0_sg.bin'),
]

/** SVOX Pico voices (Apache-2.0) at 16 kHz; each works once its data was downloaded, about 1 MB a language. */
export function picoTts(options: PicoTtsOptions): WarmTextToSpeech {
  const { models } = options
  const pool = createEnginePool<PicoRequest, Pcm>({
    name: 'pico',
    module: engineModule('pico-engine', import.meta.url),
    options: {},
    ...(options.processes === undefined ? {} : { size: options.processes }),
  })
  const readyVoices = (): readonly PicoVoiceData[] =>
    allVoices.filter(({ model }) => models.path(model) !== undefined)

  return {
    name: 'pico',
    get voices() {
      return readyVoices().map(({ name, language }) => ({
        name,
        languages: [language, language.slice(0, 2)],
        gender: 'female' as const,
        engine: 'pico',
      }))
    },
    async warm() {
      if (readyVoices().length > 0) await pool.warm()
    },
    async *synthesize(text, { voice, speed, signal }) {
      const data = allVoices.find(({ name }) => name === voice)
      if (data === undefined)
        throw new RealtimeError('invalid_value', `Pico has no voice ${voice}.`, { param: 'voice' })
      if (!/[\p{L}\p{N}]/u.test(text)) return
      const file = (path: string): ModelFile => models.file(data.model, path)
      const textAnalysis = file(data.textAnalysis)
      const signalGeneration = file(data.signalGeneration)
      yield* pool.stream({ text, speed, textAnalysis, signalGeneration }, { signal })
    },
    [Symbol.asyncDispose]: () => pool[Symbol.asyncDispose](),
  }
}

import { setImmediate } from 'node:timers/promises'

import { createFramer } from '@parley/audio'

import type { Engine } from '../../engine/engine-protocol.ts'
import { type ModelFile, readModelFile } from '../../engine/model-file.ts'
import type { Pcm } from '../../stages.ts'
import { loadPicoVoice, type PicoVoice } from './pico-voice.ts'

/** One clause to speak, with the voice's data files, which are loaded when first used. */
export interface PicoRequest {
  readonly text: string
  readonly speed: number
  readonly textAnalysis: ModelFile
  readonly signalGeneration: ModelFile
}

/** Pico's only rate, in Hz. */
const sampleRate = 16_000
/** Sound leaves in parts of 100 ms, so the first is out while the rest is made. */
const partSamples = 1_600

/** Speaks with whichever voices the requests name. */
export async function startEngine(): Promise<Engine<PicoRequest, Pcm>> {
  const voices = new Map<string, Promise<PicoVoice>>()

  async function voiceOf({ textAnalysis, signalGeneration }: PicoRequest): Promise<PicoVoice> {
    const key = signalGeneration.path
    const known = voices.get(key)
    if (known !== undefined) return known
    const loading = Promise.all([readModelFile(textAnalysis), readModelFile(signalGeneration)]).then(
      ([analysis, signal]) => loadPicoVoice(analysis, signal),
    )
    voices.set(key, loading)
    loading.catch(() => voices.delete(key))
    return loading
  }

  return {
    async *run(request) {
      const voice = await voiceOf(request)
      const framer = createFramer(partSamples)
      for (const samples of voice.speak(markupOf(request))) {
        for (const part of framer.process(samples)) {
          yield { samples: part, sampleRate }
          // Lets the part leave and a cancellation in.
          await setImmediate()
        }
      }
      for (const part of framer.flush()) yield { samples: part, sampleRate }
    },
  }
}

/** Pico reads speed from a tag in the text, in percent; tags in the text itself are not for it. */
function markupOf({ text, speed }: PicoRequest): string {
  const level = Math.round(Math.min(5, Math.max(0.2, speed)) * 100)
  return `<speed level="${level}">${text.replaceAll(/[<>]/g, ' ')}</speed>`
}

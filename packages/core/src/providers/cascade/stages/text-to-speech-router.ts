import { RealtimeError } from '../../../errors.ts'
import type { VoiceCapability } from '../../capabilities.ts'
import { disposeAll } from './dispose-all.ts'
import type { WarmTextToSpeech } from './warm.ts'

/** Several engines as one. */
export interface TextToSpeechRouter extends WarmTextToSpeech {
  /** The first ready voice whose languages hold the tag, or its primary tag; `undefined` when none speaks it. */
  defaultVoice(language: string): VoiceCapability | undefined
}

/** The union of several engines' voices; each text goes to the engine that has the voice. First come, first named. */
export function textToSpeechRouter(engines: readonly WarmTextToSpeech[]): TextToSpeechRouter {
  const allVoices = (): readonly VoiceCapability[] => {
    const byName = new Map<string, VoiceCapability>()
    for (const voice of engines.flatMap((engine) => engine.voices)) {
      if (!byName.has(voice.name)) byName.set(voice.name, voice)
    }
    return [...byName.values()]
  }
  return {
    name: engines.map((engine) => engine.name).join(' + '),
    get voices() {
      return allVoices()
    },
    defaultVoice(language) {
      const speaks = (tag: string) => (voice: VoiceCapability) => voice.languages.includes(tag)
      const voices = allVoices()
      return voices.find(speaks(language)) ?? voices.find(speaks(language.split('-')[0] ?? language))
    },
    async warm() {
      await Promise.all(engines.map((engine) => engine.warm()))
    },
    synthesize(text, options) {
      const engine = engines.find(({ voices }) => voices.some(({ name }) => name === options.voice))
      if (engine === undefined) {
        throw new RealtimeError('invalid_value', `There is no voice ${options.voice}.`, {
          param: 'session.audio.output.voice',
        })
      }
      return engine.synthesize(text, options)
    },
    [Symbol.asyncDispose]: () => disposeAll(engines),
  }
}

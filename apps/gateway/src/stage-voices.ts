import { encodeWav } from '@parley/audio'
import type { VoiceCatalog } from '@parley/core'
import type { TextToSpeech } from '@parley/core/providers/cascade'
import { speakWhole } from './speak-whole.ts'

/** The voices of a text-to-speech stage: known at once, and heard as WAV. */
export function stageVoices(tts: TextToSpeech): VoiceCatalog {
  return {
    list: async () => tts.voices,
    async sample({ voice, text, signal }) {
      const { samples, sampleRate } = await speakWhole(tts, text, { voice, speed: 1, signal })
      return { type: 'audio/wav', bytes: encodeWav(samples, sampleRate) }
    },
  }
}

import { encodeWav } from '@parley/audio'
import { RealtimeError } from '@parley/core'
import type { VoiceCatalog } from '@parley/core'
import type { TextToSpeech } from '@parley/core/providers/cascade'

/** The voices of a text-to-speech stage: known at once, and heard as WAV. */
export function stageVoices(tts: TextToSpeech): VoiceCatalog {
  return {
    list: async () => tts.voices,
    async sample({ voice, text, signal }) {
      const chunks: Float32Array[] = []
      let rate = 0
      for await (const { samples, sampleRate } of tts.synthesize(text, { voice, speed: 1, signal })) {
        chunks.push(samples)
        rate = sampleRate
      }
      if (rate === 0) throw new RealtimeError('engine_failed', 'The voice said nothing.')
      return { type: 'audio/wav', bytes: encodeWav(joined(chunks), rate) }
    },
  }
}

function joined(chunks: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(chunks.reduce((length, chunk) => length + chunk.length, 0))
  let offset = 0
  for (const chunk of chunks) {
    whole.set(chunk, offset)
    offset += chunk.length
  }
  return whole
}

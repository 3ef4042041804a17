import { concatFloat32 } from '@parley/audio'
import { RealtimeError } from '@parley/core'
import type { Pcm, SynthesizeOptions, TextToSpeech } from '@parley/core/providers/cascade'

const sentences = new Intl.Segmenter(undefined, { granularity: 'sentence' })

/**
 * All of a text's sound at once, at the voice's own rate. The engine gets it sentence by sentence, so that sessions
 * that share the engine do not wait for a long text. Throws `engine_failed` when there is no sound.
 */
export async function speakWhole(tts: TextToSpeech, text: string, options: SynthesizeOptions): Promise<Pcm> {
  const chunks: Float32Array[] = []
  let rate = 0
  for (const { segment } of sentences.segment(text)) {
    for await (const { samples, sampleRate } of tts.synthesize(segment, options)) {
      chunks.push(samples)
      rate = sampleRate
    }
  }
  if (rate === 0) throw new RealtimeError('engine_failed', 'The voice said nothing.')
  return { samples: concatFloat32(chunks), sampleRate: rate }
}

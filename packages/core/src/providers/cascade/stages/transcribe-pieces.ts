import { cutAtQuiet } from '@parley/audio'
import type { Pcm, Transcript } from '../stages.ts'
import { speechSamples } from './speech-samples.ts'

/** Recognition of one piece. */
export interface RecognisedPiece {
  readonly text: string
  readonly confidence: number
  /** Tokens behind the confidence. */
  readonly tokens: number
  readonly language: string
}

/** Engines get much worse on longer audio, so longer audio is cut. */
export const maxUtteranceSeconds = 25

const sampleRate = 16_000

/** Cuts long audio at its quietest places, recognises the pieces and joins what is not noise. */
export async function transcribePieces(
  audio: Pcm,
  minConfidence: number,
  recognise: (samples: Float32Array) => Promise<RecognisedPiece>,
): Promise<Transcript> {
  const pieces = cutAtQuiet(speechSamples(audio, sampleRate), maxUtteranceSeconds * sampleRate)
  // A view would take its whole buffer through the process border.
  const parts = await Promise.all(pieces.map((samples) => recognise(samples.slice())))
  const heard = parts.filter((part) => part.confidence >= minConfidence)
  const counted = heard.length > 0 ? heard : parts
  const tokens = counted.reduce((sum, part) => sum + part.tokens, 0)
  return {
    text: heard
      .map((part) => part.text)
      .join(' ')
      .trim(),
    confidence: counted.reduce((sum, part) => sum + part.confidence * part.tokens, 0) / Math.max(tokens, 1),
    language: counted[0]?.language,
  }
}

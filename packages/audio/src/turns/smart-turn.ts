import { logMelSpectrogram, melBands, melHop } from './log-mel.ts'
import { floatsOf, type OnnxModel } from './onnx-session.ts'
import type { EndOfTurnScorer } from './scorer.ts'

/** The model hears the last 8 s at 16 kHz. */
const windowSamples = 8 * 16_000
/** Added to the variance before the division, as Whisper's feature extractor does. */
const varianceFloor = 1e-7

/**
 * Scorer over a Smart Turn v3 file (`smart-turn-v3.*.onnx`, input `input_features`): the model hears the turn and
 * needs no transcript. Rejects when the file is another model.
 */
export function createSmartTurnScorer({ session, tensor }: OnnxModel): EndOfTurnScorer {
  const [input = 'input_features'] = session.inputNames
  const [output = 'logits'] = session.outputNames
  return {
    async score({ samples }) {
      const features = smartTurnFeatures(samples)
      const outputs = await session.run({ [input]: tensor(features, [1, melBands, windowSamples / melHop]) })
      // Called logits, but the sigmoid is part of the graph.
      const probability = floatsOf(outputs, output)[0]
      if (probability === undefined || !(probability >= 0 && probability <= 1))
        throw new Error('The turn model gives no probability.')
      return probability
    },
  }
}

/**
 * What Smart Turn v3 takes: the last 8 s, silence before a shorter turn, scaled to mean 0 and variance 1, as 80 rows
 * of 800 log-mel values.
 */
export function smartTurnFeatures(samples: Float32Array): Float32Array {
  const window = new Float32Array(windowSamples)
  const heard = samples.subarray(Math.max(0, samples.length - windowSamples))
  window.set(heard, windowSamples - heard.length)
  let sum = 0
  for (const sample of window) sum += sample
  const mean = sum / windowSamples
  let square = 0
  for (const sample of window) square += (sample - mean) ** 2
  const scale = 1 / Math.sqrt(square / windowSamples + varianceFloor)
  return logMelSpectrogram(window.map((sample) => (sample - mean) * scale))
}

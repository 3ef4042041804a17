import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import * as native from 'onnxruntime-node'
import * as web from 'onnxruntime-web/wasm'
import { createEnergyVad } from '../../src/vad/energy.ts'
import {
  createOnnxSilero,
  createVoiceDetector,
  loadSilero,
  type SileroModel,
} from '../../src/vad/silero/index.ts'
import type { AsyncSpeechProbability, SpeechProbability } from '../../src/vad/speech-probability.ts'

/** A detector with a name; `open` begins a stream. */
export interface Detector {
  readonly name: string
  open(): SpeechProbability | AsyncSpeechProbability
}

/** Everything that is measured. */
export interface Detectors {
  readonly energy: Detector
  readonly v5: Detector
  readonly v6: Detector
  readonly v6Js: Detector
  readonly native5: Detector
  readonly native6: Detector
  readonly web6: Detector
  /** As it is used live. */
  readonly live: Detector
  readonly liveWithoutGate: Detector
  readonly model: SileroModel
}

/** Loads the models, one thread each. */
export async function loadDetectors(): Promise<Detectors> {
  const require = createRequire(import.meta.url)
  const [v5, v6] = await Promise.all([
    readFile(require.resolve('@ricky0123/vad-web/dist/silero_vad_v5.onnx')),
    readFile(require.resolve('@ricky0123/vad-web/dist/silero_vad_v6.onnx')),
  ])
  web.env.wasm.numThreads = 1
  const oneThread = { intraOpNumThreads: 1, interOpNumThreads: 1 }
  const [session5, session6, webSession] = await Promise.all([
    native.InferenceSession.create(v5, oneThread),
    native.InferenceSession.create(v6, oneThread),
    web.InferenceSession.create(v6, oneThread),
  ])
  const model = loadSilero(v6)
  const model5 = loadSilero(v5)
  const js = loadSilero(v6, { engine: 'js' })
  return {
    model,
    energy: { name: 'energy over the floor', open: () => createEnergyVad() },
    v5: { name: 'Silero v5, ours', open: () => model5.open() },
    v6: { name: 'Silero v6, ours', open: () => model.open() },
    v6Js: { name: 'Silero v6, ours without WebAssembly', open: () => js.open() },
    native5: {
      name: 'Silero v5, onnxruntime-node',
      open: () => createOnnxSilero({ session: session5, Tensor: native.Tensor }),
    },
    native6: {
      name: 'Silero v6, onnxruntime-node',
      open: () => createOnnxSilero({ session: session6, Tensor: native.Tensor }),
    },
    web6: {
      name: 'Silero v6, onnxruntime-web',
      open: () => createOnnxSilero({ session: webSession, Tensor: web.Tensor }),
    },
    live: { name: 'voice detector', open: () => createVoiceDetector(model) },
    liveWithoutGate: {
      name: 'voice detector without pre-gate',
      open: () => createVoiceDetector(model, { preGate: false }),
    },
  }
}

/** Probabilities of all whole frames. */
export async function probabilitiesOf(
  detector: Detector,
  samples: Float32Array,
): Promise<{ readonly probabilities: Float32Array; readonly frameSamples: number }> {
  const stream = detector.open()
  const { frameSamples } = stream
  const probabilities = new Float32Array(Math.floor(samples.length / frameSamples))
  for (let i = 0; i < probabilities.length; i++) {
    const answer = stream.process(samples.subarray(i * frameSamples, (i + 1) * frameSamples))
    // A frame needs the state after the one before.
    // oxlint-disable-next-line no-await-in-loop
    probabilities[i] = typeof answer === 'number' ? answer : await answer
  }
  return { probabilities, frameSamples }
}

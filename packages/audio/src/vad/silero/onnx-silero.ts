import type { AsyncSpeechProbability } from '../speech-probability.ts'
import { contextSamples, frameSamples, memoryLength } from './silero-network.ts'

/** What is needed of a tensor of ONNX Runtime. */
export interface OnnxTensor {
  readonly data: unknown
}

/** What is needed of ONNX Runtime (`onnxruntime-node`, `onnxruntime-web`): a session of a Silero file, and its tensors. */
export interface OnnxRuntime<Tensor extends OnnxTensor> {
  readonly session: { run(feeds: Record<string, Tensor>): Promise<Readonly<Record<string, OnnxTensor>>> }
  readonly Tensor: {
    new (type: 'float32', data: Float32Array, dimensions: readonly number[]): Tensor
    new (type: 'int64', data: BigInt64Array, dimensions: readonly number[]): Tensor
  }
}

/** One stream of Silero v5 or v6 by ONNX Runtime; streams may share a session. A frame that fails rejects alone. */
export function createOnnxSilero<Tensor extends OnnxTensor>(
  runtime: OnnxRuntime<Tensor>,
): AsyncSpeechProbability {
  const { session, Tensor } = runtime
  const sr = new Tensor('int64', BigInt64Array.of(16_000n), [])
  let context = new Float32Array(contextSamples)
  let memory = new Float32Array(memoryLength)
  /** Counts resets: what was asked before one leaves no trace after it. */
  let era = 0
  let last: Promise<unknown> = Promise.resolve()

  async function run(input: Float32Array, asked: number): Promise<number> {
    const state = new Tensor('float32', asked === era ? memory : new Float32Array(memoryLength), [2, 1, 128])
    const outputs = await session.run({
      input: new Tensor('float32', input, [1, input.length]),
      state,
      sr,
    })
    const probability = outputs['output']?.data
    const after = outputs['stateN']?.data
    if (!(probability instanceof Float32Array) || !(after instanceof Float32Array)) {
      throw new TypeError('The model has other outputs than Silero.')
    }
    const [answer = NaN] = probability
    // Samples that are no numbers would stay in the memory for ever.
    if (asked === era) memory = answer >= 0 ? Float32Array.from(after) : new Float32Array(memoryLength)
    return answer >= 0 ? answer : 0
  }

  return {
    frameSamples,
    sampleRate: 16_000,
    process(frame) {
      if (frame.length !== frameSamples) {
        return Promise.reject(
          new RangeError(`a frame must have ${frameSamples} samples, got ${frame.length}`),
        )
      }
      const input = new Float32Array(contextSamples + frameSamples)
      input.set(context)
      input.set(frame, contextSamples)
      context = input.slice(frameSamples)
      const asked = era
      const before = last
      const answer = (async () => {
        await before
        return run(input, asked)
      })()
      last = answer.catch(() => undefined)
      return answer
    },
    reset() {
      era++
      context = new Float32Array(contextSamples)
      memory = new Float32Array(memoryLength)
    },
  }
}

import { floatsOf, type OnnxModel, type OnnxTensor } from './onnx-session.ts'
import type { EndOfTurnScorer } from './scorer.ts'

/** One step of the model: 160 ms at 16 kHz, eight probabilities, one for each 20 ms. */
const stepSamples = 2560
const frameSamples = 320
/** A turn is given to the model with at most so much of its past (samples): 8 s, as it was measured with. */
const longestPast = 50 * stepSamples

/** Stream of one user's sound through turn-1-mini. */
export interface TurnOneMiniStream {
  /** Takes sound at 16 kHz, any chunk size; runs every step of 160 ms that is complete. Calls must not overlap. */
  push(samples: Float32Array): Promise<void>
  /** Probability that the turn is over, of the last whole 20 ms; sound that fills no step is tried on a copy. */
  peek(): Promise<number>
  /** Forgets the stream: at the start of a turn. */
  reset(): void
}

/**
 * Stream over a turn-1-mini file (`turn-1-mini.step*.onnx`: `audio` and seven states in, `probs` and the new states
 * out). Throws when the session does not say the shapes of the states.
 */
export function createTurnOneMiniStream({ session, tensor }: OnnxModel): TurnOneMiniStream {
  const states = session.inputNames.filter((name) => name.startsWith('state_'))
  const shapes = states.map((name) => shapeOf(session.inputMetadata, name))
  let state: Readonly<Record<string, OnnxTensor>> = {}
  let pending = new Float32Array(0)
  let last = 0

  const silent = (): Readonly<Record<string, OnnxTensor>> =>
    Object.fromEntries(
      states.map((name, index) => {
        const dims = shapes[index] ?? []
        return [name, tensor(new Float32Array(dims.reduce((size, dim) => size * dim, 1)), dims)]
      }),
    )
  const run = (audio: Float32Array): Promise<Readonly<Record<string, OnnxTensor>>> =>
    session.run({ audio: tensor(audio, [1, stepSamples]), ...state })

  state = silent()
  return {
    async push(samples) {
      const joined = new Float32Array(pending.length + samples.length)
      joined.set(pending)
      joined.set(samples, pending.length)
      let at = 0
      for (; at + stepSamples <= joined.length; at += stepSamples) {
        const outputs = await run(joined.slice(at, at + stepSamples))
        last = floatsOf(outputs, 'probs').at(-1) ?? last
        state = Object.fromEntries(states.map((name) => [name, outputOf(outputs, `new_${name}`)]))
      }
      pending = joined.slice(at)
    },
    async peek() {
      const frames = Math.floor(pending.length / frameSamples)
      if (frames === 0) return last
      const padded = new Float32Array(stepSamples)
      padded.set(pending)
      return floatsOf(await run(padded), 'probs')[frames - 1] ?? last
    },
    reset() {
      state = silent()
      pending = new Float32Array(0)
      last = 0
    },
  }
}

/**
 * Scorer over a turn-1-mini file: English, by sound alone. Each question runs the turn's last 8 s through a fresh
 * stream; a caller who has the sound as it comes pays less with `createTurnOneMiniStream`.
 */
export function createTurnOneMiniScorer(model: OnnxModel): EndOfTurnScorer {
  return {
    async score({ samples }) {
      const stream = createTurnOneMiniStream(model)
      await stream.push(samples.subarray(Math.max(0, samples.length - longestPast)))
      return stream.peek()
    },
  }
}

function shapeOf(metadata: OnnxModel['session']['inputMetadata'], name: string): readonly number[] {
  const shape = metadata?.find((input) => input.name === name)?.shape
  if (!shape) throw new Error(`The session does not say the shape of ${name}.`)
  // A dimension without a number is the batch.
  return shape.map((dim) => (typeof dim === 'number' && dim > 0 ? dim : 1))
}

function outputOf(outputs: Readonly<Record<string, OnnxTensor>>, name: string): OnnxTensor {
  const output = outputs[name]
  if (!output) throw new Error(`The turn model gives no ${name}.`)
  return output
}

import { setImmediate } from 'node:timers/promises'

import type { Engine } from '../../engine/engine-protocol.ts'
import { type Inference, type InferenceBackend, loadInference } from '../../engine/inference.ts'
import { type ModelFile, readModelFile } from '../../engine/model-file.ts'

/** Start options of the Silero engine. */
export interface SileroEngineOptions {
  readonly model: ModelFile
  readonly backend: InferenceBackend
}

/** One frame of one stream; without a frame the stream is forgotten. */
export interface SileroRequest {
  readonly stream: number
  readonly frame: Float32Array | undefined
  /** Forget the past before this frame. */
  readonly reset: boolean
}

interface StreamState {
  /** The last samples of the frame before: without them the model loses a tenth of its accuracy. */
  readonly context: Float32Array
  readonly state: Float32Array
}

interface Waiting {
  readonly request: SileroRequest
  readonly frame: Float32Array
  readonly answer: PromiseWithResolvers<number>
}

/** Samples a frame and samples of the frame before it, at 16 kHz, fixed by the model. */
export const frameSamples = 512
const contextSamples = 64
/** The recurrent state is two vectors of this length. */
const stateSize = 128

/** Loads Silero and answers frames of many streams; frames that wait together run together. */
export async function startEngine(options: SileroEngineOptions): Promise<Engine<SileroRequest, number>> {
  const inference = await loadInference(options.backend)
  const session = await inference.createSession(await readModelFile(options.model))
  const runBatch = batchRunner(inference, session)
  const streams = new Map<number, StreamState>()
  const newState = (): StreamState => ({
    context: new Float32Array(contextSamples),
    state: new Float32Array(2 * stateSize),
  })
  await runBatch([newState()], [new Float32Array(frameSamples)])

  let waiting: Waiting[] = []
  let working = false

  async function work(): Promise<void> {
    working = true
    // Messages that arrived together are all in `waiting` after this turn of the loop.
    await setImmediate()
    while (waiting.length > 0) {
      // A stream's second frame needs the state after its first, so it waits for the next round.
      const seen = new Set<number>()
      const round = waiting.filter(({ request }) => !seen.has(request.stream) && seen.add(request.stream))
      waiting = waiting.filter((entry) => !round.includes(entry))
      const states = round.map(({ request }) => {
        const known = request.reset ? undefined : streams.get(request.stream)
        const state = known ?? newState()
        streams.set(request.stream, state)
        return state
      })
      try {
        const probabilities = await runBatch(
          states,
          round.map((entry) => entry.frame),
        )
        round.forEach((entry, index) => entry.answer.resolve(probabilities[index] ?? 0))
      } catch (error) {
        for (const entry of round) entry.answer.reject(error)
      }
      await setImmediate()
    }
    working = false
  }

  return {
    async run(request) {
      if (request.frame === undefined) {
        streams.delete(request.stream)
        return 0
      }
      if (request.frame.length !== frameSamples) throw new Error(`A frame has ${frameSamples} samples.`)
      const answer = Promise.withResolvers<number>()
      waiting.push({ request, frame: request.frame, answer })
      if (!working) void work()
      return answer.promise
    },
  }
}

type Session = Awaited<ReturnType<Inference['createSession']>>

/** Returns a function that runs one frame of each given stream and moves their states on. */
function batchRunner({ Tensor }: Inference, session: Session) {
  const sampleRate = new Tensor('int64', BigInt64Array.of(16_000n), [])
  return async (states: readonly StreamState[], frames: readonly Float32Array[]): Promise<Float32Array> => {
    const count = states.length
    const row = contextSamples + frameSamples
    const input = new Float32Array(count * row)
    const before = new Float32Array(2 * count * stateSize)
    states.forEach(({ context, state }, index) => {
      input.set(context, index * row)
      input.set(frames[index] ?? new Float32Array(frameSamples), index * row + contextSamples)
      before.set(state.subarray(0, stateSize), index * stateSize)
      before.set(state.subarray(stateSize), (count + index) * stateSize)
    })
    const outputs = await session.run({
      input: new Tensor('float32', input, [count, row]),
      state: new Tensor('float32', before, [2, count, stateSize]),
      sr: sampleRate,
    })
    const probabilities = outputs['output']?.data
    const after = outputs['stateN']?.data
    if (!(probabilities instanceof Float32Array) || !(after instanceof Float32Array)) {
      throw new Error('The voice activity model has other outputs than expected.')
    }
    states.forEach(({ context, state }, index) => {
      context.set(input.subarray((index + 1) * row - contextSamples, (index + 1) * row))
      state.set(after.subarray(index * stateSize, (index + 1) * stateSize))
      state.set(after.subarray((count + index) * stateSize, (count + index + 1) * stateSize), stateSize)
    })
    return probabilities
  }
}

import { setImmediate } from 'node:timers/promises'

import type { Tensor as OrtTensor } from 'onnxruntime-web'

import type { Inference } from '../engine/inference.ts'

type Session = Awaited<ReturnType<Inference['createSession']>>
type Outputs = Awaited<ReturnType<Session['run']>>

/** A merged decoder: one graph with and without cached keys and values, as Optimum exports them. */
export interface GreedyDecoder {
  readonly inference: Inference
  readonly session: Session
  /** Attention heads and the width of each. */
  readonly heads: number
  readonly headSize: number
  readonly endToken: number
}

/** One sequence to decode. */
export interface GreedyRequest {
  /** The encoder's `last_hidden_state`. */
  readonly encoded: OrtTensor
  readonly prompt: readonly number[]
  readonly maxTokens: number
  /** Sets tokens that may not come next to minus infinity; `step` counts from 0. */
  readonly forbid: (logits: Float32Array, step: number) => void
  readonly signal: AbortSignal
}

/** The most probable tokens, without the end token, and the mean log-probability of all steps. */
export interface GreedyResult {
  readonly tokens: readonly number[]
  readonly confidence: number
}

/** Takes the most probable token at each step until the end token, the limit or the signal. */
export async function decodeGreedily(decoder: GreedyDecoder, request: GreedyRequest): Promise<GreedyResult> {
  const { Tensor } = decoder.inference
  const tokens: number[] = []
  let cache = emptyCache(decoder)
  let input = request.prompt
  let logProbability = 0
  let steps = 0
  while (tokens.length < request.maxTokens) {
    const feeds = {
      ...cache,
      input_ids: new Tensor('int64', BigInt64Array.from(input, BigInt), [1, input.length]),
      encoder_hidden_states: request.encoded,
      use_cache_branch: new Tensor('bool', [steps > 0], [1]),
    }
    const outputs = await decoder.session.run(feeds, neededOutputs(decoder.session, steps === 0))
    const logits = lastLogits(outputs)
    request.forbid(logits, steps)
    const best = mostProbable(logits)
    steps += 1
    logProbability += best.logProbability
    if (best.token === decoder.endToken) break
    tokens.push(best.token)
    input = [best.token]
    cache = nextCache(cache, outputs, steps === 1)
    // Lets a cancellation in between two steps.
    await setImmediate()
    if (request.signal.aborted) break
  }
  return { tokens, confidence: logProbability / Math.max(steps, 1) }
}

/** A named output. Throws when the graph is another than expected. */
export function requiredOutput(outputs: Outputs, name: string): OrtTensor {
  const tensor = outputs[name]
  if (tensor === undefined) throw new Error(`The speech model has no output ${name}.`)
  return tensor
}

/** Some exports also give their attention, which costs time and is of no use here. */
function neededOutputs({ outputNames }: Session, first: boolean): readonly string[] {
  return outputNames.filter(
    (name) => name === 'logits' || (name.startsWith('present.') && (first || !name.includes('.encoder.'))),
  )
}

function emptyCache({ inference, session, heads, headSize }: GreedyDecoder): Record<string, OrtTensor> {
  const names = session.inputNames.filter((name) => name.startsWith('past_key_values'))
  const shape = [1, heads, 0, headSize]
  return Object.fromEntries(
    names.map((name) => [name, new inference.Tensor('float32', new Float32Array(0), shape)]),
  )
}

/** The encoder's keys and values never change after the first step; the decoder's grow with every token. */
function nextCache(
  cache: Record<string, OrtTensor>,
  outputs: Outputs,
  first: boolean,
): Record<string, OrtTensor> {
  return Object.fromEntries(
    Object.entries(cache).map(([name, past]) => {
      if (!first && name.includes('.encoder.')) return [name, past]
      return [name, requiredOutput(outputs, name.replace('past_key_values', 'present'))]
    }),
  )
}

function lastLogits(outputs: Outputs): Float32Array {
  const { data, dims } = requiredOutput(outputs, 'logits')
  const vocabulary = dims.at(-1)
  if (!(data instanceof Float32Array) || vocabulary === undefined)
    throw new Error('The speech model has other logits.')
  return data.slice(data.length - vocabulary)
}

function mostProbable(logits: Float32Array): { readonly token: number; readonly logProbability: number } {
  let token = 0
  let max = Number.NEGATIVE_INFINITY
  for (let index = 0; index < logits.length; index += 1) {
    const value = logits[index] ?? Number.NEGATIVE_INFINITY
    if (value > max) {
      max = value
      token = index
    }
  }
  let sum = 0
  for (const value of logits) sum += Math.exp(value - max)
  return { token, logProbability: -Math.log(sum) }
}

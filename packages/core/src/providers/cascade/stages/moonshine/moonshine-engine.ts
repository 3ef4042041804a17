import { setImmediate } from 'node:timers/promises'

import tokenizer from 'llama-tokenizer-js'
import type { Tensor as OrtTensor } from 'onnxruntime-web'

import type { Engine } from '../../engine/engine-protocol.ts'
import { type Inference, type InferenceBackend, loadInference } from '../../engine/inference.ts'
import { type ModelFile, readModelFile } from '../../engine/model-file.ts'

/** Start options of the Moonshine engine. */
export interface MoonshineEngineOptions {
  readonly encoder: ModelFile
  readonly decoder: ModelFile
  /** Attention heads of the decoder and the width of each. */
  readonly heads: number
  readonly headSize: number
  readonly backend: InferenceBackend
}

/** Mono samples in [-1, 1] at 16 kHz, all of them speech. */
export interface MoonshineRequest {
  readonly samples: Float32Array
}

/** Recognised text and the mean log-probability of its tokens. */
export interface MoonshinePart {
  readonly text: string
  readonly confidence: number
  readonly tokens: number
}

const startToken = 1
const endToken = 2
/** Speech has about three tokens a second; more than this is the decoder going round in circles. */
const maxTokensPerSecond = 6.5
/** The encoder's convolutions need this much sound. */
const minSamples = 1_600

/** Loads encoder and decoder and recognises one utterance a request, by greedy decoding. */
export async function startEngine(
  options: MoonshineEngineOptions,
): Promise<Engine<MoonshineRequest, MoonshinePart>> {
  const inference = await loadInference(options.backend)
  const [encoder, decoder] = await Promise.all([
    readModelFile(options.encoder).then((bytes) => inference.createSession(bytes)),
    readModelFile(options.decoder).then((bytes) => inference.createSession(bytes)),
  ])
  const { Tensor } = inference
  const cacheNames = decoder.inputNames.filter((name) => name.startsWith('past_key_values'))
  const emptyCache = (): Record<string, OrtTensor> =>
    Object.fromEntries(
      cacheNames.map((name) => [
        name,
        new Tensor('float32', new Float32Array(0), [1, options.heads, 0, options.headSize]),
      ]),
    )

  async function recognise(samples: Float32Array, signal: AbortSignal): Promise<MoonshinePart> {
    const padded = samples.length >= minSamples ? samples : padTo(samples, minSamples)
    const encoded = await encoder.run({ input_values: new Tensor('float32', padded, [1, padded.length]) })
    const hidden = required(encoded, 'last_hidden_state')
    const maxTokens = Math.ceil((padded.length / 16_000) * maxTokensPerSecond) + 2
    const tokens: number[] = []
    let cache = emptyCache()
    let token = startToken
    let logProbability = 0
    let steps = 0
    while (tokens.length < maxTokens) {
      const outputs = await decoder.run({
        ...cache,
        input_ids: new Tensor('int64', BigInt64Array.of(BigInt(token)), [1, 1]),
        encoder_hidden_states: hidden,
        use_cache_branch: new Tensor('bool', [steps > 0], [1]),
      })
      const best = bestToken(logitsOf(outputs), steps === 0 ? endToken + 1 : 0)
      steps += 1
      logProbability += best.logProbability
      if (best.token === endToken) break
      tokens.push(best.token)
      token = best.token
      cache = nextCache(cache, outputs, steps === 1)
      // Lets a cancellation in between two steps.
      await setImmediate()
      if (signal.aborted) break
    }
    return { text: textOf(tokens), confidence: logProbability / Math.max(steps, 1), tokens: tokens.length }
  }

  await recognise(new Float32Array(16_000), new AbortController().signal)
  return { run: ({ samples }, signal) => recognise(samples, signal) }
}

type Outputs = Awaited<ReturnType<Awaited<ReturnType<Inference['createSession']>>['run']>>

function required(outputs: Outputs, name: string): OrtTensor {
  const tensor = outputs[name]
  if (tensor === undefined) throw new Error(`The speech model has no output ${name}.`)
  return tensor
}

function logitsOf(outputs: Outputs): Float32Array {
  const { data } = required(outputs, 'logits')
  if (!(data instanceof Float32Array)) throw new Error('The speech model has logits of another type.')
  return data
}

/** The encoder's keys and values never change after the first step; the decoder's grow by one a step. */
function nextCache(
  cache: Record<string, OrtTensor>,
  outputs: Outputs,
  first: boolean,
): Record<string, OrtTensor> {
  return Object.fromEntries(
    Object.entries(cache).map(([name, past]) => {
      if (!first && name.includes('.encoder.')) return [name, past]
      return [name, required(outputs, name.replace('past_key_values', 'present'))]
    }),
  )
}

/**
 * The most probable token. The first step skips the special tokens: the detector heard speech, and without this
 * rule two short utterances of five come back empty.
 */
function bestToken(
  logits: Float32Array,
  from: number,
): { readonly token: number; readonly logProbability: number } {
  let token = from
  let max = Number.NEGATIVE_INFINITY
  for (let index = from; index < logits.length; index += 1) {
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

function padTo(samples: Float32Array, length: number): Float32Array {
  const padded = new Float32Array(length)
  padded.set(samples)
  return padded
}

function textOf(tokens: readonly number[]): string {
  return tokenizer.decode([...tokens], false, false).trim()
}

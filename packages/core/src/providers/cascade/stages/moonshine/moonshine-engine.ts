import tokenizer from 'llama-tokenizer-js'

import type { Engine } from '../../engine/engine-protocol.ts'
import { type InferenceBackend, loadInference } from '../../engine/inference.ts'
import { type ModelFile, readModelFile } from '../../engine/model-file.ts'
import { decodeGreedily, type GreedyDecoder, requiredOutput } from '../greedy-decode.ts'

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

/** Loads encoder and decoder and recognises one utterance a request. */
export async function startEngine(
  options: MoonshineEngineOptions,
): Promise<Engine<MoonshineRequest, MoonshinePart>> {
  const inference = await loadInference(options.backend)
  const encoder = await inference.createSession(await readModelFile(options.encoder))
  const session = await inference.createSession(await readModelFile(options.decoder))
  const { heads, headSize } = options
  const decoder: GreedyDecoder = { inference, session, heads, headSize, endToken }

  async function recognise(samples: Float32Array, signal: AbortSignal): Promise<MoonshinePart> {
    const padded = new Float32Array(Math.max(samples.length, minSamples))
    padded.set(samples)
    const input = new inference.Tensor('float32', padded, [1, padded.length])
    const encoded = requiredOutput(await encoder.run({ input_values: input }), 'last_hidden_state')
    const maxTokens = Math.ceil((padded.length / 16_000) * maxTokensPerSecond) + 2
    const prompt = [startToken]
    const { tokens, confidence } = await decodeGreedily(decoder, {
      encoded,
      prompt,
      maxTokens,
      forbid,
      signal,
    })
    return { text: textOf(tokens), confidence, tokens: tokens.length }
  }

  await recognise(new Float32Array(16_000), new AbortController().signal)
  return { run: ({ samples }, signal) => recognise(samples, signal) }
}

/** The detector heard speech; without this rule two short utterances of five come back empty. */
function forbid(logits: Float32Array, step: number): void {
  if (step === 0) logits.fill(Number.NEGATIVE_INFINITY, 0, endToken + 1)
}

/** The model's vocabulary is a little larger than the tokenizer's; what is beyond stands for no text. */
function textOf(tokens: readonly number[]): string {
  const known = tokens.filter((token) => token < tokenizer.vocabById.length)
  return tokenizer.decode(known, false, false).trim()
}

import type { Engine } from '../../engine/engine-protocol.ts'
import { type InferenceBackend, loadInference } from '../../engine/inference.ts'
import { type ModelFile, readModelFile } from '../../engine/model-file.ts'
import { decodeGreedily, type GreedyDecoder, requiredOutput } from '../greedy-decode.ts'
import { readGenerationRules } from './generation-rules.ts'
import { melBands } from '@parley/audio/turns'
import { melFrames, whisperFeatures } from './log-mel.ts'
import { readVocabulary } from './vocabulary.ts'

/** Start options of the Whisper engine. */
export interface WhisperEngineOptions {
  readonly encoder: ModelFile
  readonly decoder: ModelFile
  readonly vocabulary: ModelFile
  readonly generationConfig: ModelFile
  /** Attention heads of the decoder. */
  readonly heads: number
  readonly backend: InferenceBackend
}

/** At most 30 s of mono samples in [-1, 1] at 16 kHz; without a language the model finds it. */
export interface WhisperRequest {
  readonly samples: Float32Array
  /** Primary tag. */
  readonly language: string | undefined
}

/** Recognised text, its language, and the mean log-probability of its tokens. */
export interface WhisperPart {
  readonly text: string
  readonly language: string
  readonly confidence: number
  readonly tokens: number
}

/** Width of an attention head, the same in every size. */
const headSize = 64
/** More than this is the decoder going round in circles. */
const maxTokensPerSecond = 12
/** Half of the 448 positions the decoder has; the rest is for a prompt. */
const maxTokens = 224

/** Loads a model and recognises one utterance a request. */
export async function startEngine(
  options: WhisperEngineOptions,
): Promise<Engine<WhisperRequest, WhisperPart>> {
  const inference = await loadInference(options.backend)
  const readText = async (file: ModelFile): Promise<string> =>
    new TextDecoder().decode(await readModelFile(file))
  const vocabulary = readVocabulary(await readText(options.vocabulary))
  const rules = readGenerationRules(await readText(options.generationConfig))
  const encoder = await inference.createSession(await readModelFile(options.encoder))
  const session = await inference.createSession(await readModelFile(options.decoder))
  const decoder: GreedyDecoder = {
    inference,
    session,
    heads: options.heads,
    headSize,
    endToken: rules.endToken,
  }
  const languageTokens = new Set(rules.languages.values())

  const forbidAllBut =
    (allowed: ReadonlySet<number>) =>
    (logits: Float32Array): void => {
      for (let token = 0; token < logits.length; token += 1) {
        if (!allowed.has(token)) logits[token] = Number.NEGATIVE_INFINITY
      }
    }
  const forbid = (logits: Float32Array, step: number): void => {
    for (const token of rules.suppressed) logits[token] = Number.NEGATIVE_INFINITY
    // Task and time tokens lie behind the end token and stand for no text.
    logits.fill(Number.NEGATIVE_INFINITY, rules.endToken + 1)
    if (step > 0) return
    for (const token of rules.suppressedFirst) logits[token] = Number.NEGATIVE_INFINITY
  }

  async function recognise({ samples, language }: WhisperRequest, signal: AbortSignal): Promise<WhisperPart> {
    const input = new inference.Tensor('float32', whisperFeatures(samples), [1, melBands, melFrames])
    const encoded = requiredOutput(await encoder.run({ input_features: input }), 'last_hidden_state')
    const languageToken =
      rules.languages.get(language ?? '') ??
      (await decodeGreedily(decoder, {
        encoded,
        prompt: [rules.startToken],
        maxTokens: 1,
        forbid: forbidAllBut(languageTokens),
        signal,
      }).then(({ tokens }) => tokens[0]))
    if (languageToken === undefined) throw new Error('The model found no language.')
    const { tokens, confidence } = await decodeGreedily(decoder, {
      encoded,
      prompt: [rules.startToken, languageToken, rules.transcribeToken, rules.noTimestampsToken],
      maxTokens: Math.min(maxTokens, Math.ceil((samples.length / 16_000) * maxTokensPerSecond) + 8),
      forbid,
      signal,
    })
    const [found = 'en'] = [...rules.languages].find(([, token]) => token === languageToken) ?? []
    return { text: vocabulary.decode(tokens).trim(), language: found, confidence, tokens: tokens.length }
  }

  await recognise({ samples: new Float32Array(16_000), language: 'en' }, new AbortController().signal)
  return { run: recognise }
}

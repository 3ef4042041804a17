import type { LiveServerContent, LiveServerMessage } from '@google/genai'
import { toneOf } from './sound.ts'

/** Enumerations of the vendor's types as the texts they are on the wire, every key optional. */
type Written<T> = T extends string
  ? `${T}`
  : T extends readonly (infer Entry)[]
    ? readonly Written<Entry>[]
    : T extends object
      ? { readonly [Key in keyof T]?: Written<T[Key]> | undefined }
      : T

/** A server message as the vendor's types describe it, without their methods. */
export type GeminiServerMessage = Omit<Written<LiveServerMessage>, 'text' | 'data'>
/** What the model makes of the input. */
export type GeminiServerContent = Written<LiveServerContent>

/** Anything the stand-in says; what the vendor's types do not know comes from an unknown future. */
export type SendGemini = (message: GeminiServerMessage | Readonly<Record<string, unknown>>) => void

/** A piece of the model's turn: a tone of this length. */
export function soundTurn(ms: number): NonNullable<GeminiServerContent['modelTurn']> {
  const data = toneOf({ encoding: 'pcm', rate: 24_000 }, ms)
  return { role: 'model', parts: [{ inlineData: { mimeType: 'audio/pcm;rate=24000', data } }] }
}

/** Tokens by the number of texts and words, so that tests can tell turns apart. */
export function usageOf(texts: number, words: number): NonNullable<GeminiServerMessage['usageMetadata']> {
  const prompt = 10 * texts
  return {
    promptTokenCount: prompt + 100,
    promptTokensDetails: [
      { modality: 'TEXT', tokenCount: prompt },
      { modality: 'AUDIO', tokenCount: 100 },
    ],
    responseTokenCount: words * 5,
    responseTokensDetails: [{ modality: 'AUDIO', tokenCount: words * 5 }],
    thoughtsTokenCount: 3,
    totalTokenCount: prompt + 100 + words * 5 + 3,
  }
}

import type { ContextItem } from './script.ts'
import { objectsOf } from './json.ts'
import type { WireObject } from './wire.ts'

/** Tokens of an answer. Sound of a user is a token per 100 ms, of the assistant one per 50 ms. */
export function usageOf(
  context: readonly ContextItem[],
  output: { readonly text: string; readonly soundMs: number },
): WireObject {
  const audioIn = context.filter(({ item }) =>
    objectsOf(item['content']).some(({ type }) => type === 'input_audio'),
  ).length
  const imageIn = context.filter(({ item }) =>
    objectsOf(item['content']).some(({ type }) => type === 'input_image'),
  ).length
  const input = {
    text: context.reduce((sum, { text }) => sum + tokensOf(text), 0),
    audio: audioIn * 10,
    image: imageIn * 100,
  }
  const out = { text: tokensOf(output.text), audio: Math.ceil(output.soundMs / 50) }
  const inputTokens = input.text + input.audio + input.image
  const outputTokens = out.text + out.audio
  return {
    total_tokens: inputTokens + outputTokens,
    input_tokens: inputTokens,
    output_tokens: outputTokens,
    input_token_details: {
      text_tokens: input.text,
      audio_tokens: input.audio,
      image_tokens: input.image,
      cached_tokens: 0,
      cached_tokens_details: { text_tokens: 0, audio_tokens: 0, image_tokens: 0 },
    },
    output_token_details: { text_tokens: out.text, audio_tokens: out.audio },
  }
}

function tokensOf(text: string): number {
  return Math.ceil(text.length / 4)
}

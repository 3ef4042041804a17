import type { Usage } from '../../events/response.ts'

/** One token of the user's sound (ms), as OpenAI counts. */
const heardMsPerToken = 100

/** One token of the assistant's sound (ms), as OpenAI counts. */
const spokenMsPerToken = 50

/**
 * Usage of one response from the language model's own count and the sound on both sides. The user's sound
 * counts once, in the response it was recognised for; a cascade does not read it again in later turns.
 */
export function usageOf(
  tokens: { readonly inputTokens: number; readonly outputTokens: number },
  { heardMs, spokenMs }: { readonly heardMs: number; readonly spokenMs: number },
): Usage {
  const heard = Math.ceil(heardMs / heardMsPerToken)
  const spoken = Math.ceil(spokenMs / spokenMsPerToken)
  return {
    total_tokens: tokens.inputTokens + heard + tokens.outputTokens + spoken,
    input_tokens: tokens.inputTokens + heard,
    output_tokens: tokens.outputTokens + spoken,
    input_token_details: {
      text_tokens: tokens.inputTokens,
      audio_tokens: heard,
      image_tokens: 0,
      cached_tokens: 0,
      cached_tokens_details: { text_tokens: 0, audio_tokens: 0, image_tokens: 0 },
    },
    output_token_details: { text_tokens: tokens.outputTokens, audio_tokens: spoken },
  }
}

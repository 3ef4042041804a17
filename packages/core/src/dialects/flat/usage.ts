import type { Usage } from '../../events/response.ts'

/**
 * Usage with every count: SDKs of the flat wires read the details without looking whether they are there. Only
 * Voice Live (`extended`) has details of what was cached.
 */
export function completeUsage(usage: Usage | null, extended: boolean): Usage | null {
  if (!usage) return null
  const input = usage.input_token_details
  const cached = input?.cached_tokens_details
  return {
    ...usage,
    total_tokens: usage.total_tokens ?? 0,
    input_tokens: usage.input_tokens ?? 0,
    output_tokens: usage.output_tokens ?? 0,
    input_token_details: {
      cached_tokens: 0,
      text_tokens: 0,
      audio_tokens: 0,
      ...input,
      ...(extended && { cached_tokens_details: { text_tokens: 0, audio_tokens: 0, ...cached } }),
    },
    output_token_details: { text_tokens: 0, audio_tokens: 0, ...usage.output_token_details },
  }
}

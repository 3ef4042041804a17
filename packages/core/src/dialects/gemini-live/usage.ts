import type { Usage } from '../../events/response.ts'
import type { UsageMetadata } from './messages.ts'

type Details = UsageMetadata['promptTokensDetails']

/** Tokens of a turn as GA counts them: thoughts belong to the output, results of tools to the input. */
export function toUsage(usage: UsageMetadata): Usage {
  const input = (usage.promptTokenCount ?? 0) + (usage.toolUsePromptTokenCount ?? 0)
  const thoughts = usage.thoughtsTokenCount ?? 0
  const output = (usage.responseTokenCount ?? 0) + thoughts
  const prompt = [...(usage.promptTokensDetails ?? []), ...(usage.toolUsePromptTokensDetails ?? [])]
  const cached = usage.cacheTokensDetails
  return {
    total_tokens: usage.totalTokenCount ?? input + output,
    input_tokens: input,
    output_tokens: output,
    input_token_details: {
      ...inputDetails(prompt),
      cached_tokens: usage.cachedContentTokenCount ?? 0,
      cached_tokens_details: inputDetails(cached),
    },
    output_token_details: {
      text_tokens: tokensOf(usage.responseTokensDetails, ['TEXT', 'MODALITY_UNSPECIFIED']) + thoughts,
      audio_tokens: tokensOf(usage.responseTokensDetails, ['AUDIO']),
    },
  }
}

function inputDetails(details: Details): {
  readonly text_tokens: number
  readonly audio_tokens: number
  readonly image_tokens: number
} {
  return {
    text_tokens: tokensOf(details, ['TEXT', 'MODALITY_UNSPECIFIED', 'DOCUMENT']),
    audio_tokens: tokensOf(details, ['AUDIO']),
    image_tokens: tokensOf(details, ['IMAGE', 'VIDEO']),
  }
}

function tokensOf(details: Details, modalities: readonly string[]): number {
  return (details ?? [])
    .filter(({ modality = 'MODALITY_UNSPECIFIED' }) => modalities.includes(modality))
    .reduce((sum, { tokenCount = 0 }) => sum + tokenCount, 0)
}

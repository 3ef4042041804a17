import { describe, expect, it } from 'vitest'
import { toUsage } from './usage.ts'

describe('usage', () => {
  it('counts thoughts as output, results of tools as input, and video as images', () => {
    expect(
      toUsage({
        promptTokenCount: 100,
        promptTokensDetails: [
          { modality: 'TEXT', tokenCount: 40 },
          { modality: 'AUDIO', tokenCount: 50 },
          { modality: 'VIDEO', tokenCount: 10 },
        ],
        toolUsePromptTokenCount: 7,
        toolUsePromptTokensDetails: [{ modality: 'TEXT', tokenCount: 7 }],
        cachedContentTokenCount: 30,
        cacheTokensDetails: [{ modality: 'AUDIO', tokenCount: 30 }],
        responseTokenCount: 20,
        responseTokensDetails: [{ modality: 'AUDIO', tokenCount: 20 }],
        thoughtsTokenCount: 5,
        totalTokenCount: 132,
      }),
    ).toEqual({
      total_tokens: 132,
      input_tokens: 107,
      output_tokens: 25,
      input_token_details: {
        text_tokens: 47,
        audio_tokens: 50,
        image_tokens: 10,
        cached_tokens: 30,
        cached_tokens_details: { text_tokens: 0, audio_tokens: 30, image_tokens: 0 },
      },
      output_token_details: { text_tokens: 5, audio_tokens: 20 },
    })
  })

  it('has every count when the service gives none', () => {
    expect(toUsage({})).toMatchObject({
      total_tokens: 0,
      input_tokens: 0,
      output_tokens: 0,
      input_token_details: { cached_tokens_details: { audio_tokens: 0 } },
    })
  })
})

import { describe, expect, it } from 'vitest'
import { wordTimesFor } from './word-times.ts'

const voiceLive = { sessionExtensions: ['voice', 'output_audio_timestamp_types'] } as const
const ava = { type: 'azure-standard', name: 'en-US-AvaMultilingualNeural' }
const asked = { output_audio_timestamp_types: ['word'] }

describe('word times', () => {
  it('are asked for where a standard voice of Azure speaks', () => {
    expect(wordTimesFor(undefined, ava, voiceLive)).toEqual(asked)
  })

  it.each([
    ['the client has asked itself', asked, ava, voiceLive],
    ['no voice was chosen', undefined, undefined, voiceLive],
    ['a voice of OpenAI speaks', undefined, { type: 'openai', name: 'marin' }, voiceLive],
    ['an HD voice speaks', undefined, { ...ava, name: 'en-US-Ava:DragonHDLatestNeural' }, voiceLive],
    ['the backend has none', undefined, ava, { sessionExtensions: ['voice'] }],
  ] as const)('are not asked for where %s', (_where, extensions, voice, capabilities) => {
    expect(
      wordTimesFor(
        extensions && { ...extensions, output_audio_timestamp_types: ['word'] },
        voice,
        capabilities,
      ),
    ).toBeUndefined()
  })
})

import { describe, expect, it } from 'vitest'

import { speechToTextRouter } from './speech-to-text-router.ts'
import type { WarmSpeechToText } from './warm.ts'

const audio = { samples: new Float32Array(160), sampleRate: 16_000 }
const options = (language: string | undefined) => ({
  language,
  speculative: false,
  signal: new AbortController().signal,
})

function recogniser(name: string, languages: readonly string[], log: string[] = []): WarmSpeechToText {
  return {
    name,
    languages,
    maxSeconds: name === 'short' ? 10 : 25,
    warm: async () => void log.push(`warm ${name}`),
    transcribe: async () => ({ text: name, confidence: 0, language: languages[0] }),
    async [Symbol.asyncDispose]() {
      log.push(`stop ${name}`)
      if (name === 'stubborn') throw new Error('does not stop')
    },
  }
}

describe('the speech-to-text router', () => {
  let downloaded = false
  const log: string[] = []
  const router = speechToTextRouter([
    { engine: recogniser('english', ['en'], log) },
    { engine: recogniser('many', ['de', 'en'], log), model: { id: 'many-base', isReady: () => downloaded } },
  ])

  it('sends a language to its first engine, and no language to the first of all', async () => {
    expect(await router.transcribe(audio, options('en-GB'))).toMatchObject({ text: 'english' })
    expect(await router.transcribe(audio, options(undefined))).toMatchObject({ text: 'english' })
  })

  it('names the download that a language needs, until it is there', async () => {
    expect(router.need('de')).toEqual({ download: 'many-base' })
    expect(router.languages).toEqual(['en'])
    await expect(router.transcribe(audio, options('de-DE'))).rejects.toMatchObject({
      code: 'model_not_downloaded',
      message: expect.stringContaining('many-base'),
    })
    downloaded = true
    expect(router.need('de')).toBe('ready')
    expect(router.languages).toEqual(['en', 'de'])
    expect(await router.transcribe(audio, options('de-DE'))).toMatchObject({ text: 'many' })
  })

  it('refuses a language that no engine knows', async () => {
    expect(router.need('tlh')).toBeUndefined()
    await expect(router.transcribe(audio, options('tlh'))).rejects.toMatchObject({ code: 'unsupported' })
  })

  it('takes the shortest limit of its engines', () => {
    const both = speechToTextRouter([
      { engine: recogniser('long', ['en']) },
      { engine: recogniser('short', ['de']) },
    ])
    expect(both.maxSeconds).toBe(10)
  })

  it('stops every engine even if one does not', async () => {
    const stops: string[] = []
    const both = speechToTextRouter([
      { engine: recogniser('stubborn', ['en'], stops) },
      { engine: recogniser('tame', ['de'], stops) },
    ])
    await expect(both[Symbol.asyncDispose]()).rejects.toThrow('does not stop')
    expect(stops).toEqual(['stop stubborn', 'stop tame'])
  })
})

import type { VoiceCapability } from '@parley/core'
import { describe, expect, it } from 'vitest'
import { findVoices, pageOfVoices } from './voice-search.ts'

const ava: VoiceCapability = {
  name: 'en-US-AvaMultilingualNeural',
  title: 'Ava',
  languages: ['en-US', 'de-DE'],
  gender: 'female',
  engine: 'Neural',
  styles: ['cheerful'],
}
const conrad: VoiceCapability = {
  name: 'de-DE-ConradNeural',
  title: 'Conrad',
  languages: ['de-DE'],
  gender: 'male',
  engine: 'neural',
}
const marin: VoiceCapability = { name: 'marin', languages: ['en'], engine: 'openai' }
const voices = [ava, conrad, marin]
const anything = { text: undefined, language: undefined, gender: undefined, kind: undefined }

describe('findVoices', () => {
  it.each([
    [{}, [ava, conrad, marin]],
    [{ text: 'AVA' }, [ava]],
    [{ text: 'german conrad' }, [conrad]],
    [{ text: 'german' }, [ava, conrad]],
    [{ text: 'female' }, [ava]],
    [{ text: 'cheerful' }, [ava]],
    [{ text: 'nobody' }, []],
    [{ language: 'en' }, [ava, marin]],
    [{ language: 'en-us' }, [ava]],
    [{ gender: 'male' }, [conrad]],
    [{ kind: 'neural' }, [ava, conrad]],
    [{ kind: 'openai', gender: 'male' }, []],
  ])('finds with %j', (query, found) => {
    expect(findVoices(voices, { ...anything, ...query })).toEqual(found)
  })

  it('shows voices first whose own language was asked for', () => {
    expect(findVoices(voices, { ...anything, language: 'de' })).toEqual([conrad, ava])
  })

  it('survives a tag that is no language', () => {
    const odd = { name: 'odd', languages: ['x_y', ''] }
    expect(findVoices([odd], { ...anything, text: 'odd' })).toEqual([odd])
  })
})

describe('pageOfVoices', () => {
  it('gives every voice once over all pages', () => {
    const first = pageOfVoices(voices, { cursor: undefined, limit: 2 })
    expect(first).toEqual({ voices: [ava, conrad], total: 3, next: '2' })
    expect(pageOfVoices(voices, { cursor: first.next ?? '', limit: 2 })).toEqual({
      voices: [marin],
      total: 3,
      next: null,
    })
  })

  it('refuses a cursor it never gave', () => {
    expect(() => pageOfVoices(voices, { cursor: '-1', limit: 2 })).toThrow(
      expect.objectContaining({ code: 'invalid_value', param: 'cursor' }),
    )
  })
})

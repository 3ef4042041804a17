import { encodeWav } from '@parley/audio'
import { describe, expect, it } from 'vitest'
import { parseSound } from './sound-file.ts'

describe('parseSound', () => {
  it('brings a WAV file of any rate to 24 kHz', () => {
    const file = encodeWav(new Float32Array(16_000), 16_000)
    expect(parseSound(file, 'a.wav')).toHaveLength(24_000)
  })

  it('takes bytes without a header as samples', () => {
    expect([...parseSound(new Uint8Array([1, 0, 255, 255, 9]), 'standard input')]).toEqual([1, -1])
  })

  it.each([
    ['standard input', new Uint8Array(0)],
    ['a.raw', new Uint8Array([7])],
    ['a.wav', encodeWav(new Uint8Array(0), 24_000)],
  ])('says that there is no sound in %s when it is empty', (name, bytes) => {
    expect(() => parseSound(bytes, name)).toThrow(`There is no sound in ${name}.`)
  })

  it('says which file it cannot read', () => {
    expect(() => parseSound(new Uint8Array(100), 'a.wav')).toThrow('a.wav is no sound file')
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { float32ToPcm16 } from './pcm.ts'
import { decodeWav, encodeWav } from './wav.ts'

interface FileParts {
  readonly format: number
  readonly bits: number
  readonly channels?: number
  readonly extra?: readonly number[]
  readonly claimedBytes?: number
  readonly data: readonly number[]
}

function wavFile(parts: FileParts): Uint8Array {
  const { format, bits, channels = 1, extra = [], data, claimedBytes = data.length } = parts
  const u16 = (value: number): number[] => [value & 255, value >> 8]
  const u32 = (value: number): number[] => [...u16(value & 0xffff), ...u16(value >>> 16)]
  const tag = (text: string): number[] => Array.from(text, (character) => character.charCodeAt(0))
  const layout = [
    ...u16(format),
    ...u16(channels),
    ...u32(16_000),
    ...u32(0),
    ...u16(0),
    ...u16(bits),
    ...extra,
  ]
  return Uint8Array.from([
    ...tag('RIFF'),
    ...u32(0),
    ...tag('WAVE'),
    ...tag('LIST'),
    ...u32(3),
    1,
    2,
    3,
    0,
    ...tag('fmt '),
    ...u32(layout.length),
    ...layout,
    ...tag('data'),
    ...u32(claimedBytes),
    ...data,
  ])
}

const floatBytes = (...values: number[]): number[] => [...new Uint8Array(Float32Array.from(values).buffer)]

describe('wav', () => {
  it('reads back what it wrote, from samples and from bytes', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -32_768, max: 32_767 })), (values) => {
        const samples = Float32Array.from(values, (value) => value / 32_768)
        const file = encodeWav(samples, 22_050)
        expect(decodeWav(file)).toEqual({ samples, sampleRate: 22_050, channels: 1 })
        expect(encodeWav(float32ToPcm16(samples), 22_050)).toEqual(file)
      }),
    )
  })

  it('writes the 44-byte header that every player knows', () => {
    const file = encodeWav(Float32Array.of(0.5, -0.5), 24_000)
    const hex = [...file].map((byte) => byte.toString(16).padStart(2, '0')).join('')
    expect(hex).toBe(
      '52494646280000005741564566' +
        '6d7420100000000100010' +
        '0c05d000080bb0000020010006461746104000000' +
        '004000c0',
    )
  })

  it('reads a file at any offset of a larger memory', () => {
    const file = encodeWav(Float32Array.of(0.25), 8000)
    const memory = new Uint8Array(file.length + 3)
    memory.set(file, 3)
    expect(decodeWav(memory.subarray(3)).samples).toEqual(Float32Array.of(0.25))
  })

  it('skips other chunks and mixes the channels of 32-bit float', () => {
    const file = wavFile({ format: 3, bits: 32, channels: 2, data: floatBytes(1, 0, 0.5, -0.5) })
    expect(decodeWav(file)).toEqual({ samples: Float32Array.of(0.5, 0), sampleRate: 16_000, channels: 2 })
  })

  it('reads the real format of an extensible file', () => {
    const extra = [22, 0, 16, 0, 4, 0, 0, 0, 1, 0, 0, 0, 0, 0, 16, 0, 128, 0, 0, 170, 0, 56, 155, 113]
    const file = wavFile({ format: 0xfffe, bits: 16, extra, data: [0, 64] })
    expect(decodeWav(file).samples).toEqual(Float32Array.of(0.5))
  })

  it('ends a stream with unknown length at the last whole sample', () => {
    const file = wavFile({ format: 1, bits: 16, claimedBytes: 0xffffffff, data: [0, 64, 0] })
    expect(decodeWav(file).samples).toEqual(Float32Array.of(0.5))
  })

  it.each([
    ['nothing', new Uint8Array(), /no RIFF/],
    ['another container', Uint8Array.from('OggS12345678', (c) => c.charCodeAt(0)), /no RIFF/],
    ['24 bits', wavFile({ format: 1, bits: 24, data: [0, 0, 0] }), /format 1 with 24 bits/],
    ['mu-law', wavFile({ format: 7, bits: 8, data: [0] }), /format 7 with 8 bits/],
    ['no channels', wavFile({ format: 1, bits: 16, channels: 0, data: [] }), /no channels/],
    ['a cut header', encodeWav(new Float32Array(1), 8000).subarray(0, 30), /short format chunk/],
    ['no data', encodeWav(new Float32Array(1), 8000).subarray(0, 36), /no data/],
  ])('refuses %s and says why', (_, file, message) => {
    expect(() => decodeWav(file)).toThrow(message)
    expect(() => decodeWav(file)).toThrow(SyntaxError)
  })

  it('never fails in another way, whatever the bytes', () => {
    const valid = encodeWav(new Float32Array(8), 8000)
    fc.assert(
      fc.property(fc.nat(valid.length - 1), fc.nat(255), fc.nat(valid.length), (at, byte, length) => {
        const damaged = valid.slice(0, length)
        damaged[at] = byte
        try {
          decodeWav(damaged)
        } catch (error) {
          expect(error).toBeInstanceOf(SyntaxError)
        }
      }),
      { numRuns: 2000 },
    )
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { float32ToPcm16, pcm16ToFloat32 } from './pcm.ts'
import { sampleToInt16 } from './sample-to-int16.ts'

describe('pcm', () => {
  it('returns every 16-bit value unchanged through float', () => {
    const bytes = new Uint8Array(131_072)
    const view = new DataView(bytes.buffer)
    for (let i = 0; i < 65_536; i++) view.setInt16(2 * i, i - 32_768, true)
    expect(float32ToPcm16(pcm16ToFloat32(bytes))).toEqual(bytes)
  })

  it('reads little-endian at any alignment', () => {
    const memory = Uint8Array.of(9, 0x00, 0x80, 0xff, 0x7f, 9)
    expect([...pcm16ToFloat32(memory.subarray(1, 5))]).toEqual([-1, 32_767 / 32_768])
  })

  it('refuses half a sample', () => {
    expect(() => pcm16ToFloat32(new Uint8Array(3))).toThrow(RangeError)
  })

  it.each([
    [0, 0],
    [1, 32_767],
    [1e9, 32_767],
    [Infinity, 32_767],
    [-1, -32_768],
    [-1e9, -32_768],
    [-Infinity, -32_768],
    [NaN, 0],
    [0.4 / 32_768, 0],
    [0.5 / 32_768, 1],
    [-0.5 / 32_768, 0],
    [-0.6 / 32_768, -1],
  ])('turns %d into %d', (sample, expected) => {
    expect(sampleToInt16(sample)).toBe(expected)
  })

  it('is off by at most half a step inside the range', () => {
    fc.assert(
      fc.property(fc.float({ min: -1, max: Math.fround(0.9999), noNaN: true }), (sample) => {
        const back = pcm16ToFloat32(float32ToPcm16(Float32Array.of(sample)))[0] ?? NaN
        expect(Math.abs(back - sample)).toBeLessThanOrEqual(0.5 / 32_768)
      }),
    )
  })
})

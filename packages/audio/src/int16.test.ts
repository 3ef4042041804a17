import { describe, expect, it } from 'vitest'
import { float32ToInt16, int16ToFloat32, int16ToPcm16, pcm16ToInt16 } from './int16.ts'
import { float32ToPcm16, pcm16ToFloat32 } from './pcm.ts'

const every = Int16Array.from({ length: 65_536 }, (_, i) => i - 32_768)

describe('16-bit samples', () => {
  it('come back unchanged from bytes and from floats', () => {
    expect(pcm16ToInt16(int16ToPcm16(every))).toEqual(every)
    expect(float32ToInt16(int16ToFloat32(every))).toEqual(every)
  })

  it('are what PCM16 is, through bytes and floats alike', () => {
    expect(float32ToPcm16(int16ToFloat32(every))).toEqual(int16ToPcm16(every))
    expect(pcm16ToFloat32(int16ToPcm16(every))).toEqual(int16ToFloat32(every))
  })

  it('are read little-endian at any alignment, whole ones only', () => {
    const memory = Uint8Array.of(9, 0x00, 0x80, 0xff, 0x7f, 9)
    expect([...pcm16ToInt16(memory.subarray(1))]).toEqual([-32_768, 32_767])
  })

  it('are copies, which leave what they were made of alone', () => {
    const samples = Int16Array.of(1, 2)
    int16ToPcm16(samples.subarray(1)).fill(0)
    expect([...samples]).toEqual([1, 2])
  })

  it('are clamped at full scale', () => {
    expect([...float32ToInt16(Float32Array.of(2, -2, NaN))]).toEqual([32_767, -32_768, 0])
  })
})

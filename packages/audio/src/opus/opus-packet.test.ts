import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseOpusPacket } from './opus-packet.ts'

const toc = (configuration: number, stereo: 0 | 1, code: number): number =>
  (configuration << 3) | (stereo << 2) | code

describe('parseOpusPacket', () => {
  it.each([
    ['speech of 60 ms', [toc(3, 0, 0)], 2880],
    ['a hybrid of 20 ms', [toc(15, 0, 0)], 960],
    ['music of 2.5 ms', [toc(28, 0, 0)], 120],
    ['two frames of 20 ms', [toc(31, 0, 1)], 1920],
    ['three frames of 40 ms', [toc(2, 0, 3), 3], 5760],
  ])('knows the length of %s', (_, bytes, samples48k) => {
    expect(parseOpusPacket(Uint8Array.from(bytes)).samples48k).toBe(samples48k)
  })

  it('knows stereo', () => {
    expect(parseOpusPacket(Uint8Array.of(toc(15, 1, 0))).channels).toBe(2)
  })

  it('finds the flag of the copy behind the voice flags, wherever the frame begins', () => {
    const at20Ms = [toc(9, 0, 0), 0b0100_0000]
    const at60Ms = [toc(11, 0, 0), 0b0001_0000]
    const stereoSide = [toc(9, 1, 0), 0b0001_0000]
    const twoFrames = [toc(9, 0, 2), 1, 0b0100_0000, 0]
    const padded = [toc(9, 0, 3), 0b0100_0001, 1, 0b0100_0000, 0]
    const variable = [toc(9, 0, 3), 0b1000_0010, 252, 0, 0b0100_0000]
    for (const bytes of [at20Ms, at60Ms, stereoSide, twoFrames, padded, variable]) {
      expect(parseOpusPacket(Uint8Array.from(bytes)).hasFec).toBe(true)
    }
    expect(parseOpusPacket(Uint8Array.of(toc(9, 0, 0), 0b1011_1111)).hasFec).toBe(false)
    expect(parseOpusPacket(Uint8Array.of(toc(20, 0, 0), 0xff))).toMatchObject({
      hasSpeechLayer: false,
      hasFec: false,
    })
  })

  it.each([
    ['nothing', []],
    ['no frames', [toc(15, 0, 3), 0]],
    ['no frame count', [toc(15, 0, 3)]],
    ['more than 120 ms', [toc(3, 0, 3), 3]],
  ])('refuses %s', (_, bytes) => {
    expect(() => parseOpusPacket(Uint8Array.from(bytes))).toThrow(SyntaxError)
  })

  it('never fails in another way, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 8 }), (bytes) => {
        try {
          expect(parseOpusPacket(bytes).samples48k).toBeLessThanOrEqual(5760)
        } catch (error) {
          expect(error).toBeInstanceOf(SyntaxError)
        }
      }),
    )
  })
})

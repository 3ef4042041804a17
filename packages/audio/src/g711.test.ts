import { describe, expect, it } from 'vitest'
import { aLaw, muLaw } from './g711.ts'
import { aLawReference, muLawReference } from './testing/g711-reference.ts'

const everyCode = Uint8Array.from({ length: 256 }, (_, code) => code)
const everySample = Int16Array.from({ length: 65_536 }, (_, i) => i - 32_768)

describe.each([
  { name: 'mu-law', law: muLaw, first: -32_124, smallest: 0, code0: 0xff, codeMax: 0x80, codeMin: 0x00 },
  { name: 'A-law', law: aLaw, first: -5504, smallest: 8, code0: 0xd5, codeMax: 0xaa, codeMin: 0x2a },
])('$name', ({ law, first, smallest, code0, codeMax, codeMin }) => {
  const levels = law.toInt16(everyCode)

  it('has the corner values of G.711', () => {
    expect(levels[0]).toBe(first)
    expect(Math.min(...levels.map(Math.abs))).toBe(smallest)
    expect([...law.fromInt16(Int16Array.of(0, 32_767, -32_768))]).toEqual([code0, codeMax, codeMin])
  })

  it('returns every code of a decoded value, negative zero apart', () => {
    const back = law.fromInt16(levels)
    for (const code of everyCode) {
      if (levels[code] === 0) expect(back[code]).toBe(0xff)
      else expect(back[code]).toBe(code)
    }
  })

  it('does the same on samples in [-1, 1]', () => {
    const floats = Float32Array.from(everySample, (sample) => sample / 32_768)
    expect(law.fromFloat32(floats)).toEqual(law.fromInt16(everySample))
    expect(law.toFloat32(everyCode)).toEqual(Float32Array.from(levels, (level) => level / 32_768))
    expect(law.fromFloat32(Float32Array.of(NaN, 5, -5))).toEqual(
      law.fromInt16(Int16Array.of(0, 32_767, -32_768)),
    )
  })
})

describe('the tables of G.711', () => {
  it.each([
    { name: 'mu-law', law: muLaw, expected: muLawReference() },
    { name: 'A-law', law: aLaw, expected: aLawReference() },
  ])('decide every 16-bit sample and every code of $name', ({ law, expected }) => {
    expect(law.fromInt16(everySample)).toEqual(expected.codes)
    expect(law.toInt16(everyCode)).toEqual(expected.levels)
  })
})

import { describe, expect, it } from 'vitest'
import { aLaw, muLaw } from './g711.ts'

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

interface Segment {
  readonly from: number
  readonly step: number
  readonly intervals: number
}

/** Decision values of a segment, without the one that ends it. */
const decisions = (segments: readonly Segment[]): number[] =>
  segments.flatMap(({ from, step, intervals }) =>
    Array.from({ length: intervals }, (_, i) => from + i * step),
  )

// G.711 table 2a on its scale of 8159; the first interval is half as wide as the others of its segment.
const muLawDecisions = decisions([
  { from: 0, step: 1, intervals: 1 },
  { from: 1, step: 2, intervals: 15 },
  { from: 31, step: 4, intervals: 16 },
  { from: 95, step: 8, intervals: 16 },
  { from: 223, step: 16, intervals: 16 },
  { from: 479, step: 32, intervals: 16 },
  { from: 991, step: 64, intervals: 16 },
  { from: 2015, step: 128, intervals: 16 },
  { from: 4063, step: 256, intervals: 16 },
])
// G.711 table 1a on its scale of 4096.
const aLawDecisions = decisions([
  { from: 0, step: 2, intervals: 32 },
  { from: 64, step: 4, intervals: 16 },
  { from: 128, step: 8, intervals: 16 },
  { from: 256, step: 16, intervals: 16 },
  { from: 512, step: 32, intervals: 16 },
  { from: 1024, step: 64, intervals: 16 },
  { from: 2048, step: 128, intervals: 16 },
])

describe('the tables of G.711', () => {
  it.each([
    { name: 'mu-law', law: muLaw, table: muLawDecisions, scale: 4, end: 8159, zero: 0xff, flip: 0x7f },
    { name: 'A-law', law: aLaw, table: aLawDecisions, scale: 8, end: 4096, zero: 0xd5, flip: 0x55 },
  ])('decide every 16-bit sample and every code of $name', ({ law, table, scale, end, zero, flip }) => {
    const codes = law.fromInt16(everySample)
    const levels = law.toInt16(everyCode)
    expect(table.length).toBe(128)
    for (const [index, from] of table.entries()) {
      // Table number, bits inverted as the law says: all of them for mu-law, the even ones for A-law.
      const negative = index ^ flip
      const positive = negative | 0x80
      const to = table[index + 1] ?? end
      for (let sample = from * scale; sample < Math.min(to * scale, 32_768); sample++) {
        if (codes[32_768 + sample] !== positive) expect.fail(`sample ${sample}`)
        if (codes[32_767 - sample] !== negative) expect.fail(`sample ${-1 - sample}`)
      }
      // The value of an interval is its middle, 0 for the one around zero of mu-law.
      const level = from === 0 && scale === 4 ? 0 : (scale * (from + to)) / 2
      expect(levels[positive]).toBe(level)
      expect(levels[negative]).toBe(level === 0 ? levels[negative] : -level)
    }
    expect(codes[32_768]).toBe(zero)
  })
})

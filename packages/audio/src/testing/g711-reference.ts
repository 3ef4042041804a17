/** What G.711 says about a law: the code of each 16-bit sample from -32768 on, and the value of each code. */
export interface LawReference {
  readonly codes: Uint8Array
  readonly levels: Int16Array
}

interface Segment {
  readonly from: number
  readonly step: number
  readonly intervals: number
}

interface LawTable {
  /** Decision values, without the last one. */
  readonly decisions: readonly number[]
  /** The last decision value. */
  readonly end: number
  /** 16-bit steps of its scale. */
  readonly scale: number
  /** Bits inverted in the codes of negative samples. */
  readonly flip: number
}

/** Mu-law by the decision values of table 2a; the first interval is half as wide as the others of its segment. */
export function muLawReference(): LawReference {
  const decisions = decisionsOf([
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
  return reference({ decisions, end: 8159, scale: 4, flip: 0x7f })
}

/** A-law by the decision values of table 1a. */
export function aLawReference(): LawReference {
  const decisions = decisionsOf([
    { from: 0, step: 2, intervals: 32 },
    { from: 64, step: 4, intervals: 16 },
    { from: 128, step: 8, intervals: 16 },
    { from: 256, step: 16, intervals: 16 },
    { from: 512, step: 32, intervals: 16 },
    { from: 1024, step: 64, intervals: 16 },
    { from: 2048, step: 128, intervals: 16 },
  ])
  return reference({ decisions, end: 4096, scale: 8, flip: 0x55 })
}

function decisionsOf(segments: readonly Segment[]): number[] {
  return segments.flatMap(({ from, step, intervals }) =>
    Array.from({ length: intervals }, (_, i) => from + i * step),
  )
}

function reference({ decisions, end, scale, flip }: LawTable): LawReference {
  const codes = new Uint8Array(65_536)
  const levels = new Int16Array(256)
  for (const [index, from] of decisions.entries()) {
    // Table number, bits inverted as the law says: all of them for mu-law, the even ones for A-law.
    const negative = index ^ flip
    const positive = negative | 0x80
    const to = decisions[index + 1] ?? end
    // What lies beyond the last decision value gets the last code.
    const last = index === decisions.length - 1 ? 32_768 : to * scale
    codes.fill(positive, 32_768 + from * scale, 32_768 + last)
    codes.fill(negative, 32_768 - last, 32_768 - from * scale)
    // The value of an interval is its middle, 0 for the one around zero of mu-law.
    const level = from === 0 && scale === 4 ? 0 : (scale * (from + to)) / 2
    levels[positive] = level
    levels[negative] = -level
  }
  return { codes, levels }
}

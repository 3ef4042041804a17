/** Both directions of a companding law by table. */
export interface LawTables {
  /** The 16-bit sample of each of the 256 codes. */
  readonly linear: Int16Array
  /** The code of each 16-bit sample, taken without its sign: 65,536 bytes. */
  readonly codes: Uint8Array
}

/** The tables of mu-law, made at the first call. */
export const muLawTables: () => LawTables = tables(expandMuLaw, compressMuLaw)

/** The tables of A-law, made at the first call. */
export const aLawTables: () => LawTables = tables(expandALaw, compressALaw)

function tables(expand: (code: number) => number, compress: (sample: number) => number): () => LawTables {
  // Built on first use: a page that never meets G.711 does not pay for 64 Ki entries.
  let made: LawTables | undefined
  return () =>
    (made ??= {
      linear: Int16Array.from({ length: 256 }, (_, code) => expand(code)),
      codes: Uint8Array.from({ length: 65536 }, (_, index) => compress((index << 16) >> 16)),
    })
}

/** G.711 table 2: segments of 16 steps, offset by 33 in 14-bit units, all bits inverted. */
function compressMuLaw(sample: number): number {
  const magnitude = Math.min(((sample < 0 ? ~sample : sample) >> 2) + 33, 0x1fff)
  const segment = 26 - Math.clz32(magnitude)
  const code = (segment << 4) | ((magnitude >> (segment + 1)) & 15)
  return (sample < 0 ? 0x7f : 0xff) - code
}

function expandMuLaw(code: number): number {
  const inverted = ~code & 0x7f
  const segment = inverted >> 4
  const magnitude = ((((inverted & 15) << 1) + 33) << segment) - 33
  return code < 128 ? -4 * magnitude : 4 * magnitude
}

/** G.711 table 1: the first two segments share a step, even bits inverted. */
function compressALaw(sample: number): number {
  const magnitude = (sample < 0 ? ~sample : sample) >> 4
  const segment = Math.max(0, 28 - Math.clz32(magnitude))
  const code = segment === 0 ? magnitude : (segment << 4) | ((magnitude >> (segment - 1)) & 15)
  return (code | (sample < 0 ? 0 : 0x80)) ^ 0x55
}

function expandALaw(code: number): number {
  const even = (code ^ 0x55) & 0x7f
  const segment = even >> 4
  const step = ((even & 15) << 4) + 8
  const magnitude = segment === 0 ? step : (step + 256) << (segment - 1)
  return code < 128 ? -magnitude : magnitude
}

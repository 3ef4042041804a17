// Constants, whose places a compiler knows; filled at first use.
const muLinear = new Int16Array(256)
const muCodes = new Uint8Array(65_536)
const aLinear = new Int16Array(256)
const aCodes = new Uint8Array(65_536)

/** The 16-bit sample of each of the 256 codes of mu-law. */
export const muLawLinear = (): Int16Array => filled(muLinear, expandMuLaw)

/** The mu-law code of each 16-bit sample, taken without its sign. */
export const muLawCodes = (): Uint8Array => filled(muCodes, compressMuLaw)

/** The 16-bit sample of each of the 256 codes of A-law. */
export const aLawLinear = (): Int16Array => filled(aLinear, expandALaw)

/** The A-law code of each 16-bit sample, taken without its sign. */
export const aLawCodes = (): Uint8Array => filled(aCodes, compressALaw)

function filled<Table extends Int16Array | Uint8Array>(
  table: Table,
  valueOf: (index: number) => number,
): Table {
  // No table of G.711 begins with 0.
  if (table[0] === 0) for (let i = 0; i < table.length; i++) table[i] = valueOf((i << 16) >> 16)
  return table
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

/** One page of an Ogg stream (RFC 3533, section 6). */
export interface OggPage {
  /** Which of the streams in the file it belongs to. */
  readonly serial: number
  /** Counts the pages of its stream. */
  readonly sequence: number
  /** Where the last packet that ends on the page leads to; `undefined` where none ends. */
  readonly granule: bigint | undefined
  readonly isFirst: boolean
  readonly isLast: boolean
  /** Whether its first segment goes on with a packet of the page before. */
  readonly isContinued: boolean
  /** Pieces of packets, in order. */
  readonly pieces: readonly Uint8Array[]
  /** Whether the last piece goes on in the next page. */
  readonly isOpen: boolean
}

/** Bytes of a page's head before its segment table. */
export const pageHeadBytes = 27
const mostSegments = 255
const noGranule = -1n

/** Longest page there is: the head, 255 segments, and what they hold. */
export const longestPage = pageHeadBytes + mostSegments + mostSegments * 255

/** Bytes that every page begins with. */
export const capturePattern: readonly number[] = [0x4f, 0x67, 0x67, 0x53]

/** Segments that a packet of `bytes` takes. */
export function segmentsOf(bytes: number): number {
  return Math.floor(bytes / 255) + 1
}

/** A page as bytes. Throws `RangeError` where its pieces do not fit. */
export function encodePage(page: OggPage): Uint8Array<ArrayBuffer> {
  const table = page.pieces.flatMap((piece, i) => {
    const isCut = page.isOpen && i === page.pieces.length - 1
    const full = Array.from({ length: Math.floor(piece.length / 255) }, () => 255)
    return isCut ? full : [...full, piece.length % 255]
  })
  if (table.length > mostSegments) throw new RangeError(`A page holds 255 segments, got ${table.length}`)
  const bodyAt = pageHeadBytes + table.length
  const bytes = new Uint8Array(bodyAt + page.pieces.reduce((sum, { length }) => sum + length, 0))
  const view = new DataView(bytes.buffer)
  bytes.set(capturePattern)
  bytes[5] = (page.isContinued ? 1 : 0) | (page.isFirst ? 2 : 0) | (page.isLast ? 4 : 0)
  view.setBigInt64(6, page.granule ?? noGranule, true)
  view.setUint32(14, page.serial, true)
  view.setUint32(18, page.sequence, true)
  bytes[26] = table.length
  bytes.set(table, pageHeadBytes)
  let at = bodyAt
  for (const piece of page.pieces) {
    bytes.set(piece, at)
    at += piece.length
  }
  view.setUint32(22, checksum(bytes), true)
  return bytes
}

/**
 * The page at the beginning of `bytes` and its length. `'short'` where its end is not there yet, `undefined` where no
 * page begins or its checksum is wrong.
 */
export function parsePage(
  bytes: Uint8Array,
): { readonly page: OggPage; readonly length: number } | 'short' | undefined {
  for (const [i, byte] of capturePattern.entries()) {
    if (i < bytes.length && bytes[i] !== byte) return undefined
  }
  if (bytes.length < pageHeadBytes) return 'short'
  if (bytes[4] !== 0) return undefined
  const segments = bytes[26] ?? 0
  const bodyAt = pageHeadBytes + segments
  if (bytes.length < bodyAt) return 'short'
  const table = bytes.subarray(pageHeadBytes, bodyAt)
  const length = bodyAt + table.reduce((sum, size) => sum + size, 0)
  if (bytes.length < length) return 'short'
  const view = new DataView(bytes.buffer, bytes.byteOffset, length)
  if (checksum(bytes.subarray(0, length)) !== view.getUint32(22, true)) return undefined
  const flags = bytes[5] ?? 0
  const granule = view.getBigInt64(6, true)
  const page = {
    serial: view.getUint32(14, true),
    sequence: view.getUint32(18, true),
    granule: granule === noGranule ? undefined : granule,
    isContinued: (flags & 1) !== 0,
    isFirst: (flags & 2) !== 0,
    isLast: (flags & 4) !== 0,
    pieces: piecesOf(bytes.subarray(bodyAt, length), table),
    isOpen: table.at(-1) === 255,
  }
  return { page, length }
}

function piecesOf(body: Uint8Array, table: Uint8Array): Uint8Array[] {
  const pieces: Uint8Array[] = []
  let from = 0
  let to = 0
  for (const [i, size] of table.entries()) {
    to += size
    if (size === 255 && i < table.length - 1) continue
    pieces.push(body.slice(from, to))
    from = to
  }
  return pieces
}

let crcTable: Uint32Array | undefined

/** CRC-32 of polynomial 0x04c11db7, not reflected, over a page whose own checksum counts as zero. */
function checksum(page: Uint8Array): number {
  crcTable ??= Uint32Array.from({ length: 256 }, (_, index) => {
    let rest = index << 24
    for (let bit = 0; bit < 8; bit++) rest = (rest << 1) ^ (rest < 0 ? 0x04c11db7 : 0)
    return rest
  })
  let crc = 0
  for (let i = 0; i < page.length; i++) {
    const byte = i >= 22 && i < 26 ? 0 : (page[i] ?? 0)
    crc = (crc << 8) ^ (crcTable[((crc >>> 24) ^ byte) & 0xff] ?? 0)
  }
  return crc >>> 0
}

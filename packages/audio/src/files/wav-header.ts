import { encodings, extensibleTag, frameBytes, subFormatTail, type WavFormat } from './wav-format.ts'

const unknownSize = 0xffffffff
/** The ds64 chunk of a file over 4 GB, or the empty chunk in its place. */
const longSizesBytes = 28

/**
 * The bytes of a WAV file before its sound, always of the same length for a format: RIFF, or RF64 for more than 4 GB.
 * Without `dataBytes` the sizes say "until the end". Throws `RangeError` for a rate or channels that the file has no
 * room for.
 */
export function wavHeader(format: WavFormat, dataBytes?: number): Uint8Array {
  for (const [name, limit] of [
    ['sampleRate', 0xffffffff],
    ['channels', 0xffff],
  ] as const) {
    const value = format[name]
    if (!Number.isInteger(value) || value < 1 || value > limit) {
      throw new RangeError(`${name} must be a whole number from 1 to ${limit}, got ${value}`)
    }
  }
  const chunk = formatChunk(format)
  const bytes = new Uint8Array(12 + 8 + longSizesBytes + 8 + chunk.length + 8)
  const view = new DataView(bytes.buffer)
  const tag = (at: number, text: string): void => {
    for (let i = 0; i < 4; i++) bytes[at + i] = text.charCodeAt(i)
  }
  const size = dataBytes ?? unknownSize
  const riffBytes = bytes.length - 8 + size + (size % 2)
  const isLong = dataBytes !== undefined && riffBytes >= unknownSize
  const isShort = dataBytes !== undefined && !isLong
  tag(0, isLong ? 'RF64' : 'RIFF')
  view.setUint32(4, isShort ? riffBytes : unknownSize, true)
  tag(8, 'WAVE')
  tag(12, isLong ? 'ds64' : 'JUNK')
  view.setUint32(16, longSizesBytes, true)
  if (isLong) {
    view.setBigUint64(20, BigInt(riffBytes), true)
    view.setBigUint64(28, BigInt(dataBytes), true)
    view.setBigUint64(36, BigInt(Math.floor(dataBytes / frameBytes(format))), true)
  }
  const formatAt = 20 + longSizesBytes
  tag(formatAt, 'fmt ')
  view.setUint32(formatAt + 4, chunk.length, true)
  bytes.set(chunk, formatAt + 8)
  const dataAt = formatAt + 8 + chunk.length
  tag(dataAt, 'data')
  view.setUint32(dataAt + 4, isShort ? size : unknownSize, true)
  return bytes
}

function formatChunk({ encoding, sampleRate, channels }: WavFormat): Uint8Array {
  const { tag, bytes } = encodings[encoding]
  const isExtensible = channels > 2 || encoding === 'pcm24' || encoding === 'pcm32'
  const chunk = new Uint8Array(isExtensible ? 40 : tag === 1 ? 16 : 18)
  const view = new DataView(chunk.buffer)
  view.setUint16(0, isExtensible ? extensibleTag : tag, true)
  view.setUint16(2, channels, true)
  view.setUint32(4, sampleRate, true)
  view.setUint32(8, sampleRate * bytes * channels, true)
  view.setUint16(12, bytes * channels, true)
  view.setUint16(14, bytes * 8, true)
  if (!isExtensible) return chunk
  view.setUint16(16, 22, true)
  view.setUint16(18, bytes * 8, true)
  view.setUint16(24, tag, true)
  chunk.set(subFormatTail, 26)
  return chunk
}

/** What the first packet of an Ogg Opus stream says (RFC 7845, section 5.1). */
export interface OpusHead {
  readonly channels: number
  /** Samples at 48 kHz to leave out at the beginning. */
  readonly preSkip: number
  /** Rate of the sound before it was encoded, in Hz; 0 where unknown. It says nothing about decoding. */
  readonly inputSampleRate: number
  /** Gain to apply, in dB. */
  readonly gainDb: number
  /** 0: one or two channels in one stream; others need a decoder for several. */
  readonly mappingFamily: number
}

/** What the second packet says: who wrote it, and comments as `NAME=value` (section 5.2). */
export interface OpusTags {
  readonly vendor: string
  readonly comments: readonly string[]
}

const headMagic = 'OpusHead'
const tagsMagic = 'OpusTags'

/** Whether a packet begins a stream of Opus. */
export function isOpusHead(packet: Uint8Array): boolean {
  return startsWith(packet, headMagic)
}

/** The first packet. */
export function encodeOpusHead(head: OpusHead): Uint8Array {
  const bytes = new Uint8Array(19)
  const view = new DataView(bytes.buffer)
  bytes.set(ascii(headMagic))
  bytes[8] = 1
  bytes[9] = head.channels
  view.setUint16(10, head.preSkip, true)
  view.setUint32(12, head.inputSampleRate, true)
  view.setInt16(16, Math.round(head.gainDb * 256), true)
  bytes[18] = head.mappingFamily
  return bytes
}

/** Reads the first packet. Throws `SyntaxError` for one that is short or of another version. */
export function parseOpusHead(packet: Uint8Array): OpusHead {
  const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength)
  if (!startsWith(packet, headMagic) || packet.length < 19)
    throw new SyntaxError('Bad Ogg Opus file: short head')
  // Minor versions are compatible; the upper four bits are the major one.
  if ((packet[8] ?? 0) >> 4 !== 0) throw new SyntaxError('Unsupported Ogg Opus file: unknown version')
  const channels = packet[9] ?? 0
  if (channels === 0) throw new SyntaxError('Bad Ogg Opus file: no channels')
  return {
    channels,
    preSkip: view.getUint16(10, true),
    inputSampleRate: view.getUint32(12, true),
    gainDb: view.getInt16(16, true) / 256,
    mappingFamily: packet[18] ?? 0,
  }
}

/** The second packet. */
export function encodeOpusTags(tags: OpusTags): Uint8Array {
  const parts = [tags.vendor, ...tags.comments].map(utf8)
  const bytes = new Uint8Array(8 + 4 + parts.reduce((sum, { length }) => sum + 4 + length, 0))
  const view = new DataView(bytes.buffer)
  bytes.set(ascii(tagsMagic))
  let at = 8
  for (const [i, part] of parts.entries()) {
    view.setUint32(at, part.length, true)
    bytes.set(part, at + 4)
    at += 4 + part.length
    if (i > 0) continue
    view.setUint32(at, tags.comments.length, true)
    at += 4
  }
  return bytes
}

/** Reads the second packet, as far as it goes: nobody needs the comments to hear the sound. */
export function parseOpusTags(packet: Uint8Array): OpusTags {
  const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength)
  let at = 8
  const next = (): string | undefined => {
    if (at + 4 > packet.length) return undefined
    const size = view.getUint32(at, true)
    if (at + 4 + size > packet.length) return undefined
    at += 4 + size
    return text(packet.subarray(at - size, at))
  }
  const vendor = next()
  if (!startsWith(packet, tagsMagic) || vendor === undefined || at + 4 > packet.length) {
    return { vendor: '', comments: [] }
  }
  const count = view.getUint32(at, true)
  at += 4
  const comments: string[] = []
  while (comments.length < count) {
    const comment = next()
    if (comment === undefined) break
    comments.push(comment)
  }
  return { vendor, comments }
}

function startsWith(packet: Uint8Array, magic: string): boolean {
  return packet.length >= magic.length && ascii(magic).every((byte, i) => packet[i] === byte)
}

function ascii(magic: string): number[] {
  return Array.from(magic, (character) => character.charCodeAt(0))
}

/** The package knows no TextEncoder: the escapes of a URI are UTF-8 too. */
function utf8(words: string): Uint8Array {
  const escaped = encodeURIComponent(words.toWellFormed())
  return Uint8Array.from(escaped.match(/%..|./gu) ?? [], (part) =>
    part.length === 3 ? parseInt(part.slice(1), 16) : part.charCodeAt(0),
  )
}

function text(bytes: Uint8Array): string {
  const escaped = Array.from(bytes, (byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')
  try {
    return decodeURIComponent(escaped)
  } catch {
    return ''
  }
}

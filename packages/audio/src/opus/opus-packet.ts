/** What the head of a packet says (RFC 6716, section 3). */
export interface OpusPacketHead {
  /** Samples of one channel at 48 kHz. */
  readonly samples48k: number
  readonly frames: number
  readonly channels: 1 | 2
  /** Whether the speech coder takes part: only then can a packet carry the one before. */
  readonly hasSpeechLayer: boolean
  /** Whether it carries a coarse copy of the packet before. */
  readonly hasFec: boolean
}

const millisecond = 48
const maximumMs = 120

/** Reads the head of a packet. Throws `SyntaxError` where the bytes cannot be one. */
export function parseOpusPacket(packet: Uint8Array): OpusPacketHead {
  const [toc, second = 0] = packet
  if (toc === undefined) throw new SyntaxError('Bad Opus packet: no bytes')
  const configuration = toc >> 3
  const frameSamples = frameSamplesOf(configuration)
  const code = toc & 3
  if (code === 3 && packet.length < 2) throw new SyntaxError('Bad Opus packet: no frame count')
  const frames = code === 3 ? second & 0x3f : code === 0 ? 1 : 2
  const samples48k = frames * frameSamples
  if (frames === 0 || samples48k > maximumMs * millisecond) {
    throw new SyntaxError(`Bad Opus packet: ${frames} frames of ${frameSamples / millisecond} ms`)
  }
  const channels = (toc & 4) === 0 ? 1 : 2
  const hasSpeechLayer = configuration < 16
  const first = packet[firstFrameAt(packet, code)] ?? 0
  return {
    samples48k,
    frames,
    channels,
    hasSpeechLayer,
    hasFec: hasSpeechLayer && hasCopy(first, frameSamples, channels),
  }
}

/** Table 2 of RFC 6716. */
function frameSamplesOf(configuration: number): number {
  if (configuration < 12) return [10, 20, 40, 60].map((ms) => ms * millisecond)[configuration & 3] ?? 0
  if (configuration < 16) return (configuration & 1) === 0 ? 10 * millisecond : 20 * millisecond
  return 2.5 * millisecond * 2 ** (configuration & 3)
}

/** Where the bytes of the first frame begin (section 3.2). */
function firstFrameAt(packet: Uint8Array, code: number): number {
  if (code < 2) return 1
  if (code === 2) return 1 + lengthBytes(packet[1])
  const counts = packet[1] ?? 0
  let at = 2
  if ((counts & 0x40) !== 0) {
    while (packet[at] === 255) at++
    at++
  }
  if ((counts & 0x80) !== 0) {
    for (let i = 1; i < (counts & 0x3f); i++) at += lengthBytes(packet[at])
  }
  return at
}

function lengthBytes(first = 0): number {
  return first < 252 ? 1 : 2
}

/**
 * The speech coder's frame begins with one voice flag for each 20 ms and one flag for the copy, channel after channel
 * (RFC 6716, section 4.2.3); these symbols have even odds, so that they are the plain first bits.
 */
function hasCopy(first: number, frameSamples: number, channels: 1 | 2): boolean {
  const voiceFlags = Math.max(1, frameSamples / (20 * millisecond))
  const middle = (first >> (7 - voiceFlags)) & 1
  const side = channels === 2 ? (first >> (6 - 2 * voiceFlags)) & 1 : 0
  return (middle | side) === 1
}

/** How the samples of a WAV file are written. */
export type WavEncoding = 'pcm8' | 'pcm16' | 'pcm24' | 'pcm32' | 'float32' | 'float64' | 'pcmu' | 'pcma'

/** What the format chunk of a WAV file says. */
export interface WavFormat {
  readonly encoding: WavEncoding
  readonly sampleRate: number
  readonly channels: number
}

/** The fixed numbers of an encoding: its format tag and its bytes a sample. */
interface EncodingNumbers {
  readonly tag: number
  readonly bytes: number
}

/** Tag of a format whose real tag begins its sub-format. */
export const extensibleTag = 0xfffe

/** Bytes of a sub-format after its first two: the Microsoft base GUID. */
export const subFormatTail: readonly number[] = [0, 0, 0, 0, 16, 0, 128, 0, 0, 170, 0, 56, 155, 113]

/** Tags are those of Microsoft's mmreg.h. */
export const encodings: Readonly<Record<WavEncoding, EncodingNumbers>> = {
  pcm8: { tag: 1, bytes: 1 },
  pcm16: { tag: 1, bytes: 2 },
  pcm24: { tag: 1, bytes: 3 },
  pcm32: { tag: 1, bytes: 4 },
  float32: { tag: 3, bytes: 4 },
  float64: { tag: 3, bytes: 8 },
  pcma: { tag: 6, bytes: 1 },
  pcmu: { tag: 7, bytes: 1 },
}

/** Bytes of one sample of every channel. */
export function frameBytes({ encoding, channels }: WavFormat): number {
  return encodings[encoding].bytes * channels
}

/** Reads the body of a format chunk. Throws `SyntaxError` for one that is short or unknown. */
export function parseFormat(chunk: Uint8Array): WavFormat {
  if (chunk.length < 16) throw new SyntaxError('Bad WAV file: short format chunk')
  const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength)
  const given = view.getUint16(0, true)
  const tag = given === extensibleTag && chunk.length >= 26 ? view.getUint16(24, true) : given
  const channels = view.getUint16(2, true)
  const sampleRate = view.getUint32(4, true)
  const bits = view.getUint16(14, true)
  if (channels === 0 || sampleRate === 0) throw new SyntaxError('Bad WAV file: no channels or no sample rate')
  // Samples fill whole bytes from the top, so that 20 bits are read as 24.
  const bytes = Math.ceil(bits / 8)
  for (const [encoding, numbers] of entriesOf(encodings)) {
    if (numbers.tag === tag && numbers.bytes === bytes) return { encoding, sampleRate, channels }
  }
  throw new SyntaxError(`Unsupported WAV file: format ${tag} with ${bits} bits`)
}

function entriesOf<Key extends string, Value>(record: Readonly<Record<Key, Value>>): [Key, Value][] {
  // The keys of the record are exactly those of its type.
  return Object.entries(record) as [Key, Value][]
}

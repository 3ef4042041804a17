import { float32ToPcm16, pcm16ToFloat32 } from './pcm.ts'

const headerBytes = 44
const formatPcm = 1
const formatFloat = 3
const formatExtensible = 0xfffe

/** Sound of a WAV file, mixed down to one channel. */
export interface WavSound {
  readonly samples: Float32Array
  readonly sampleRate: number
  /** Channels of the file before they were mixed. */
  readonly channels: number
}

/** Mono PCM16 WAV file of samples, or of bytes that are PCM16 already. */
export function encodeWav(sound: Float32Array | Uint8Array, sampleRate: number): Uint8Array<ArrayBuffer> {
  return wavOfPcm16(sound instanceof Float32Array ? float32ToPcm16(sound) : sound, sampleRate)
}

/** The same of bytes alone, for pages that must stay small: it needs no conversion. */
export function wavOfPcm16(pcm: Uint8Array, sampleRate: number): Uint8Array<ArrayBuffer> {
  const file = new Uint8Array(headerBytes + pcm.length)
  const view = new DataView(file.buffer)
  writeTag(file, 0, 'RIFF')
  view.setUint32(4, file.length - 8, true)
  writeTag(file, 8, 'WAVE')
  writeTag(file, 12, 'fmt ')
  view.setUint32(16, 16, true)
  view.setUint16(20, formatPcm, true)
  view.setUint16(22, 1, true)
  view.setUint32(24, sampleRate, true)
  view.setUint32(28, sampleRate * 2, true)
  view.setUint16(32, 2, true)
  view.setUint16(34, 16, true)
  writeTag(file, 36, 'data')
  view.setUint32(40, pcm.length, true)
  file.set(pcm, headerBytes)
  return file
}

/**
 * Reads a WAV file of PCM16 or 32-bit float, plain or extensible. A data chunk that claims more than the file
 * holds, as streams write it, ends with the file. Throws `SyntaxError` for anything else.
 */
export function decodeWav(file: Uint8Array): WavSound {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  if (file.length < 12 || readTag(file, 0) !== 'RIFF' || readTag(file, 8) !== 'WAVE') {
    throw new SyntaxError('Not a WAV file: no RIFF/WAVE header')
  }
  let layout: Layout | undefined
  for (let at = 12; at + 8 <= file.length;) {
    const tag = readTag(file, at)
    const size = view.getUint32(at + 4, true)
    const start = at + 8
    if (tag === 'fmt ') layout = readLayout(view, start, size)
    if (tag === 'data') {
      if (layout === undefined) throw new SyntaxError('Bad WAV file: data before format')
      const data = file.subarray(start, Math.min(start + size, file.length))
      const { sampleRate, channels } = layout
      return { samples: mixDown(readSamples(data, layout), channels), sampleRate, channels }
    }
    // Chunks start at even offsets.
    at = start + size + (size % 2)
  }
  throw new SyntaxError('Bad WAV file: no data chunk')
}

interface Layout {
  readonly encoding: 'pcm16' | 'float32'
  readonly sampleRate: number
  readonly channels: number
}

function readLayout(view: DataView, start: number, size: number): Layout {
  if (size < 16 || start + size > view.byteLength) throw new SyntaxError('Bad WAV file: short format chunk')
  const tag = view.getUint16(start, true)
  // An extensible format carries the real one in the first bytes of its sub-format GUID.
  const format = tag === formatExtensible && size >= 26 ? view.getUint16(start + 24, true) : tag
  const channels = view.getUint16(start + 2, true)
  const sampleRate = view.getUint32(start + 4, true)
  const bits = view.getUint16(start + 14, true)
  if (channels === 0 || sampleRate === 0) throw new SyntaxError('Bad WAV file: no channels or no sample rate')
  if (format === formatPcm && bits === 16) return { encoding: 'pcm16', sampleRate, channels }
  if (format === formatFloat && bits === 32) return { encoding: 'float32', sampleRate, channels }
  throw new SyntaxError(
    `Unsupported WAV file: format ${format} with ${bits} bits, need PCM16 or 32-bit float`,
  )
}

function readSamples(data: Uint8Array, layout: Layout): Float32Array {
  const sampleBytes = layout.encoding === 'pcm16' ? 2 : 4
  const whole = data.subarray(0, data.length - (data.length % (sampleBytes * layout.channels)))
  if (layout.encoding === 'pcm16') return pcm16ToFloat32(whole)
  const view = new DataView(whole.buffer, whole.byteOffset, whole.byteLength)
  return Float32Array.from({ length: whole.length / 4 }, (_, i) => view.getFloat32(4 * i, true))
}

function mixDown(interleaved: Float32Array, channels: number): Float32Array {
  if (channels === 1) return interleaved
  const mono = new Float32Array(interleaved.length / channels)
  for (let i = 0; i < mono.length; i++) {
    let sum = 0
    for (let channel = 0; channel < channels; channel++) sum += interleaved[i * channels + channel] ?? 0
    mono[i] = sum / channels
  }
  return mono
}

function readTag(file: Uint8Array, at: number): string {
  return String.fromCharCode(...file.subarray(at, at + 4))
}

function writeTag(file: Uint8Array, at: number, tag: string): void {
  for (let i = 0; i < tag.length; i++) file[at + i] = tag.charCodeAt(i)
}

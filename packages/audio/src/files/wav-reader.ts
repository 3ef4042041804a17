import type { Processor } from '../processor.ts'
import { createByteQueue } from './byte-queue.ts'
import { frameBytes, parseFormat, type WavFormat } from './wav-format.ts'
import { samplesFromWav } from './wav-samples.ts'

/** Reads a WAV file piece by piece: bytes in, interleaved samples in [-1, 1] out. */
export interface WavReader extends Processor<Uint8Array, Float32Array> {
  /** What the file says of itself; `undefined` until its format chunk has come. */
  readonly format: WavFormat | undefined
}

/** A size that stands for an unknown one, as streams write it, or for one that the ds64 chunk tells. */
const unknownSize = 0xffffffff
/** Format chunks are short; one that is longer is no format. */
const longestFormat = 4096

type Part =
  | { readonly kind: 'riff' }
  | { readonly kind: 'chunk' }
  | { readonly kind: 'skip'; remaining: number }
  | { readonly kind: 'data'; remaining: number }

/**
 * Reads RIFF and RF64 files: 8 to 32 bits, 32 and 64 bit float, G.711, plain or extensible. A file that ends too early
 * gives what it has, down to the last whole sample; a data chunk of unknown length ends with the file. `process`
 * throws `SyntaxError` for anything else, `flush` for a file without sound.
 */
export function createWavReader(): WavReader {
  let queue = createByteQueue()
  let part: Part = { kind: 'riff' }
  let format: WavFormat | undefined
  let longData: number | undefined
  let hasData = false

  function reset(): void {
    queue = createByteQueue()
    part = { kind: 'riff' }
    format = undefined
    longData = undefined
    hasData = false
  }

  /** Reads one step on; `false` where more bytes are needed. */
  function advance(outputs: Float32Array[]): boolean {
    switch (part.kind) {
      case 'riff': {
        if (queue.length < 12) return false
        const head = queue.shift(12)
        const tag = tagAt(head, 0)
        if ((tag !== 'RIFF' && tag !== 'RF64') || tagAt(head, 8) !== 'WAVE') {
          throw new SyntaxError('Not a WAV file: no RIFF/WAVE header')
        }
        part = { kind: 'chunk' }
        return true
      }
      case 'chunk':
        return beginChunk()
      case 'skip': {
        const skipped = queue.shift(part.remaining).length
        part.remaining -= skipped
        if (part.remaining === 0) part = { kind: 'chunk' }
        return part.kind === 'chunk' || skipped > 0
      }
      case 'data':
        return readData(part, outputs)
    }
  }

  function beginChunk(): boolean {
    if (queue.length < 8) return false
    const head = queue.peek(8)
    const tag = tagAt(head, 0)
    const size = new DataView(head.buffer, head.byteOffset).getUint32(4, true)
    const padded = size + (size % 2)
    if (tag === 'data') {
      if (format === undefined) throw new SyntaxError('Bad WAV file: data before format')
      queue.shift(8)
      hasData = true
      part = { kind: 'data', remaining: size === unknownSize ? (longData ?? Infinity) : size }
      return true
    }
    if ((tag === 'fmt ' || tag === 'ds64') && size <= longestFormat) {
      if (queue.length < 8 + padded) return false
      const body = queue.shift(8 + padded).subarray(8, 8 + size)
      if (tag === 'fmt ') format = parseFormat(body)
      else longData = dataSizeOf(body)
      return true
    }
    queue.shift(8)
    part = { kind: 'skip', remaining: padded }
    return true
  }

  function readData(data: { remaining: number }, outputs: Float32Array[]): boolean {
    if (format === undefined) return false
    const frame = frameBytes(format)
    const whole = Math.min(queue.length, data.remaining)
    const bytes = queue.shift(whole - (whole % frame))
    if (bytes.length > 0) outputs.push(samplesFromWav(bytes, format.encoding))
    data.remaining -= bytes.length
    if (data.remaining >= frame) return false
    // What follows the sound is nothing to us.
    part = { kind: 'skip', remaining: Infinity }
    return true
  }

  return {
    get format() {
      return format
    },
    process(chunk) {
      queue.push(chunk)
      const outputs: Float32Array[] = []
      while (advance(outputs));
      return outputs
    },
    flush() {
      const isEmpty = part.kind === 'riff' && queue.length === 0
      const missing = part.kind === 'riff' ? 'no RIFF/WAVE header' : 'no data chunk'
      const isWhole = hasData
      reset()
      if (!isEmpty && !isWhole) throw new SyntaxError(`Bad WAV file: ${missing}`)
      return []
    },
    reset,
  }
}

/** Length of the data chunk in a ds64 chunk (EBU Tech 3306). */
function dataSizeOf(body: Uint8Array): number | undefined {
  if (body.length < 16) return undefined
  return Number(new DataView(body.buffer, body.byteOffset).getBigUint64(8, true))
}

function tagAt(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4))
}

/** Random numbers in [0, 1), the same for the same seed: mulberry32. */
export function seededRandom(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** A sine wave; `frequency` and `sampleRate` in Hz, `length` in samples, `phase` in radians. */
export interface ToneOptions {
  readonly frequency: number
  readonly sampleRate: number
  readonly length: number
  readonly amplitude?: number
  readonly phase?: number
}

/** Sine of amplitude 0.5 and phase 0 unless said otherwise. */
export function tone(options: ToneOptions): Float32Array {
  const { frequency, sampleRate, length, amplitude = 0.5, phase = 0 } = options
  const step = (2 * Math.PI * frequency) / sampleRate
  return Float32Array.from({ length }, (_, i) => amplitude * Math.sin(step * i + phase))
}

/** Uniform white noise in [-amplitude, amplitude). */
export interface NoiseOptions {
  readonly seed: number
  readonly length: number
  readonly amplitude?: number
}

/** White noise of amplitude 0.5 unless said otherwise, the same for the same seed. */
export function noise(options: NoiseOptions): Float32Array {
  const { seed, length, amplitude = 0.5 } = options
  const random = seededRandom(seed)
  return Float32Array.from({ length }, () => amplitude * (2 * random() - 1))
}

/** `chunk` cut at random places, with some empty pieces; the pieces share its memory. */
export function randomlyCut<Chunk extends Float32Array | Uint8Array>(chunk: Chunk, seed: number): Chunk[] {
  const random = seededRandom(seed)
  const pieces: Chunk[] = []
  for (let at = 0; at < chunk.length;) {
    // Squared twice: many short pieces, some that hold most of the rest.
    const length = Math.floor(random() ** 4 * (chunk.length - at + 1))
    // A view of a Chunk is a Chunk; the type of subarray does not say so.
    pieces.push(chunk.subarray(at, at + length) as Chunk)
    at += length
    if (length === 0 && random() < 0.9) {
      pieces.push(chunk.subarray(at, at + 1) as Chunk)
      at++
    }
  }
  return pieces
}

/** All chunks one after another. */
export function concatFloat32(chunks: readonly Float32Array[]): Float32Array {
  const joined = new Float32Array(chunks.reduce((length, chunk) => length + chunk.length, 0))
  let at = 0
  for (const chunk of chunks) {
    joined.set(chunk, at)
    at += chunk.length
  }
  return joined
}

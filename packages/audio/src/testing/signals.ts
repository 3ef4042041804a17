import { seededRandom } from '../signals/random.ts'

export { concatFloat32 } from '../concat.ts'
export { seededRandom } from '../signals/random.ts'
export { tone, type ToneOptions } from '../signals/tone.ts'

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

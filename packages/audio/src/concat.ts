/** All chunks one after another. */
export function concatFloat32(chunks: readonly Float32Array[]): Float32Array<ArrayBuffer> {
  return joined(chunks, new Float32Array(lengthOf(chunks)))
}

/** All chunks one after another. */
export function concatInt16(chunks: readonly Int16Array[]): Int16Array<ArrayBuffer> {
  return joined(chunks, new Int16Array(lengthOf(chunks)))
}

/** All chunks one after another. */
export function concatBytes(chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return joined(chunks, new Uint8Array(lengthOf(chunks)))
}

interface Settable {
  readonly length: number
  set(chunk: ArrayLike<number>, at: number): void
}

function lengthOf(chunks: readonly ArrayLike<number>[]): number {
  return chunks.reduce((sum, { length }) => sum + length, 0)
}

function joined<Whole extends Settable>(chunks: readonly ArrayLike<number>[], whole: Whole): Whole {
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.length
  }
  return whole
}

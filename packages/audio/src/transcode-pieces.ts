import type { AudioFormat } from './format.ts'
import { createTranscoder, type Transcoder } from './transcoder.ts'

/** Sound in one format. */
export interface SoundPiece {
  readonly bytes: Uint8Array
  readonly format: AudioFormat
}

/**
 * Pieces that follow one another in one format, in chunks of any size. Pieces in a row that share their format object
 * are one stream; where it changes, the stream before is played out.
 */
export function transcodePieces(pieces: readonly SoundPiece[], target: AudioFormat): readonly Uint8Array[] {
  const chunks: Uint8Array[] = []
  let current: { readonly format: AudioFormat; readonly transcoder: Transcoder } | undefined
  for (const { bytes, format } of pieces) {
    if (current?.format !== format) {
      chunks.push(...(current?.transcoder.flush() ?? []))
      current = { format, transcoder: createTranscoder(format, target) }
    }
    chunks.push(...current.transcoder.process(bytes))
  }
  chunks.push(...(current?.transcoder.flush() ?? []))
  return chunks
}

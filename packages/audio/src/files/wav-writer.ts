import type { WavFormat } from './wav-format.ts'
import { wavHeader } from './wav-header.ts'
import { samplesToWav } from './wav-samples.ts'

/** Writes a WAV file piece by piece. */
export interface WavWriter {
  /** First bytes of the file, with sizes that say "until the end". */
  readonly header: Uint8Array
  /** The next bytes of the file, for whole frames of interleaved samples. Throws `RangeError` for others. */
  write(samples: Float32Array): Uint8Array
  /** Ends the file: bytes to append, and the header with the true sizes to write over the first, of the same length. */
  end(): { readonly tail: Uint8Array; readonly header: Uint8Array }
}

/**
 * Begins a WAV file. More than two channels, or more than 16 bits of whole numbers, are written as the extensible format;
 * a file that grows beyond 4 GB becomes an RF64 file.
 */
export function createWavWriter(format: WavFormat): WavWriter {
  let dataBytes = 0
  return {
    header: wavHeader(format),
    write(samples) {
      if (samples.length % format.channels !== 0) {
        throw new RangeError(`${samples.length} samples do not fill ${format.channels} channels`)
      }
      const bytes = samplesToWav(samples, format.encoding)
      dataBytes += bytes.length
      return bytes
    },
    end: () => ({ tail: new Uint8Array(dataBytes % 2), header: wavHeader(format, dataBytes) }),
  }
}

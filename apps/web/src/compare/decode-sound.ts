import { float32ToInt16 } from '@parley/audio'
import { trackRate } from '@parley/compare'
import { decodeFile } from '../audio/decode-file.ts'

/** Longest file that is taken, in seconds: longer ones would fill the memory of the page with their lanes. */
export const maxFileSeconds = 600

/** A sound file as lanes take it: PCM16 mono at 24 kHz. Rejects on a file the browser cannot read. */
export async function decodeSound(bytes: ArrayBuffer): Promise<Int16Array> {
  return float32ToInt16(await decodeFile(bytes, trackRate))
}

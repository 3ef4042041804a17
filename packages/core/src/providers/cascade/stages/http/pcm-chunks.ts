import { pcm16ToFloat32 } from '@parley/audio'
import type { Pcm } from '../../stages.ts'

/** Turns the bytes of streamed PCM16, cut anywhere, into whole samples. */
export async function* pcmChunks(
  chunks: AsyncIterable<Uint8Array>,
  sampleRate: number,
): AsyncGenerator<Pcm, void, undefined> {
  let odd: Uint8Array = new Uint8Array(0)
  for await (const chunk of chunks) {
    const bytes = odd.length > 0 ? Uint8Array.of(...odd, ...chunk) : chunk
    const whole = bytes.length - (bytes.length % 2)
    odd = bytes.slice(whole)
    if (whole > 0) yield { samples: pcm16ToFloat32(bytes.subarray(0, whole)), sampleRate }
  }
}

import { createPcm16Decoder } from '@parley/audio'
import type { Pcm } from '../../stages.ts'

/** Turns the bytes of streamed PCM16, cut anywhere, into whole samples. */
export async function* pcmChunks(
  chunks: AsyncIterable<Uint8Array>,
  sampleRate: number,
): AsyncGenerator<Pcm, void, undefined> {
  const decoder = createPcm16Decoder()
  for await (const chunk of chunks) {
    for (const samples of decoder.process(chunk)) yield { samples, sampleRate }
  }
}

import { bytesToBase64, createResampler, float32ToPcm16 } from '@parley/audio'
import { fliteTts } from '@parley/core/providers/cascade'

/** `text` spoken by a voice that needs no download, with silence around it: PCM16 at 24 kHz, base64, 100 ms each. */
export async function spokenText(text: string): Promise<readonly string[]> {
  await using voice = fliteTts({ processes: 1 })
  const resampler = createResampler({ from: 16_000, to: 24_000 })
  const chunks: Float32Array[] = [new Float32Array(12_000)]
  const signal = new AbortController().signal
  for await (const { samples } of voice.synthesize(text, { voice: 'slt', speed: 1, signal })) {
    chunks.push(...resampler.process(samples))
  }
  chunks.push(...resampler.flush(), new Float32Array(36_000))
  const bytes = Buffer.concat(chunks.map((chunk) => float32ToPcm16(chunk)))
  const chunkBytes = 4800
  return Array.from({ length: Math.ceil(bytes.length / chunkBytes) }, (_, index) =>
    bytesToBase64(bytes.subarray(index * chunkBytes, (index + 1) * chunkBytes)),
  )
}

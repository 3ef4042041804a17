import { setTimeout } from 'node:timers/promises'
import { createResampler, float32ToPcm16 } from '@parley/audio'
import { fliteTts } from '@parley/core/providers/cascade'

/** Length of one frame of `spokenText` (ms). */
export const frameMs = 20

const samplesPerMs = 24

/**
 * `text` spoken by a voice that needs no download, after `leadMs` of silence and before `tailMs` of it: frames of
 * PCM16 at 24 kHz.
 */
export async function spokenText(
  text: string,
  { leadMs = 500, tailMs = 1500 } = {},
): Promise<readonly Uint8Array<ArrayBuffer>[]> {
  await using voice = fliteTts({ processes: 1 })
  const resampler = createResampler({ from: 16_000, to: 24_000 })
  const chunks: Float32Array[] = [new Float32Array(leadMs * samplesPerMs)]
  const signal = new AbortController().signal
  for await (const { samples } of voice.synthesize(text, { voice: 'slt', speed: 1, signal })) {
    chunks.push(...resampler.process(samples))
  }
  chunks.push(...resampler.flush(), new Float32Array(tailMs * samplesPerMs))
  const bytes = Buffer.concat(chunks.map((chunk) => float32ToPcm16(chunk)))
  const frameBytes = 2 * frameMs * samplesPerMs
  return Array.from({ length: Math.ceil(bytes.length / frameBytes) }, (_, index) =>
    Uint8Array.from(bytes.subarray(index * frameBytes, (index + 1) * frameBytes)),
  )
}

/** Gives each frame to `send` at the time a microphone would have it. */
export async function atSpeakingPace(
  frames: readonly Uint8Array<ArrayBuffer>[],
  send: (frame: Uint8Array<ArrayBuffer>) => void,
): Promise<void> {
  const startedAt = performance.now()
  for (const [index, frame] of frames.entries()) {
    await setTimeout(Math.max(0, startedAt + (index + 1) * frameMs - performance.now()))
    send(frame)
  }
}

import { writeFile } from 'node:fs/promises'
import { concatFloat32, encodeWav, resample } from '@parley/audio'
import { fliteTts } from '@parley/core/providers/cascade'

const sampleRate = 48_000

/** One thing said into the microphone. */
export interface Utterance {
  /** Silence before it. */
  readonly afterMs: number
  readonly text: string
}

/** Writes a WAV file of utterances by a local voice, with silence between them and behind the last. */
export async function writeMicrophoneFile(path: string, utterances: readonly Utterance[]): Promise<void> {
  await using voice = fliteTts({ processes: 1 })
  const signal = AbortSignal.timeout(30_000)
  const chunks: Float32Array[] = []
  for (const { afterMs, text } of utterances) {
    chunks.push(silence(afterMs))
    for await (const pcm of voice.synthesize(text, { voice: 'slt', speed: 1, signal })) {
      chunks.push(resample(pcm.samples, { from: pcm.sampleRate, to: sampleRate }))
    }
  }
  chunks.push(silence(2000))
  await writeFile(path, encodeWav(concatFloat32(chunks), sampleRate))
}

function silence(ms: number): Float32Array {
  return new Float32Array((sampleRate * ms) / 1000)
}

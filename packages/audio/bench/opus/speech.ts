import { readFileSync } from 'node:fs'
import { decodeWav, createResampler } from '../../src/index.ts'
import { createLibopusEncoder, type OpusEncoderOptions } from '../../src/opus/index.ts'
import { concatFloat32 } from '../../src/testing/index.ts'

/** People who read aloud, in the public domain. */
const recordings = ['librivox-0870', 'librivox-0880', 'librivox-0890', 'librivox-0920', 'librivox-0930']

/** Recorded speech at 24 kHz, half a minute and more. */
export function recordedSpeech(): Float32Array {
  const parts = recordings.flatMap((name) => {
    const file = readFileSync(new URL(`../../../../bench/speech/${name}.wav`, import.meta.url))
    const { samples, sampleRate } = decodeWav(file)
    const resampler = createResampler({ from: sampleRate, to: 24_000 })
    return [...resampler.process(samples), ...resampler.flush()]
  })
  return concatFloat32(parts)
}

/** The speech as packets of 20 ms. */
export async function speechPackets(options: OpusEncoderOptions = {}): Promise<readonly Uint8Array[]> {
  const speech = recordedSpeech()
  using encoder = await createLibopusEncoder(options)
  const size = encoder.frameSamples
  return Array.from({ length: Math.floor(speech.length / size) }, (_, i) =>
    encoder.encode(speech.subarray(i * size, (i + 1) * size)),
  )
}

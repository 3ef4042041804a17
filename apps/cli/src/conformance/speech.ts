import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createTranscoder, decodeWav, float32ToPcm16 } from '@parley/audio'
import type { AudioFormat } from '@parley/audio'
import type { SoundFormat } from './wire.ts'

/** The sentence in one format, and where in it somebody speaks. */
interface Speech {
  readonly bytes: Uint8Array
  readonly fromMs: number
  readonly toMs: number
}

/** Amplitude of -40 dBFS: louder is speech in a recording as quiet as this one. */
const speechLevel = 0.01

const formats = {
  pcm: { type: 'audio/pcm', rate: 24000 },
  ulaw: { type: 'audio/pcmu' },
  alaw: { type: 'audio/pcma' },
} as const satisfies Record<SoundFormat, AudioFormat>

const kept = new Map<SoundFormat, Speech>()

/** The sentence of `speech/sentence.wav` in a format: PCM16 at 24 kHz, or G.711 at 8 kHz. */
export function speechIn(format: SoundFormat): Speech {
  const speech = kept.get(format) ?? read(format)
  kept.set(format, speech)
  return speech
}

function read(format: SoundFormat): Speech {
  const { samples, sampleRate } = decodeWav(readFileSync(join(import.meta.dirname, 'speech/sentence.wav')))
  if (sampleRate !== 16000) throw new Error('The sentence is kept at 16 kHz.')
  const transcoder = createTranscoder({ type: 'audio/pcm', rate: sampleRate }, formats[format])
  const chunks = [...transcoder.process(float32ToPcm16(samples)), ...transcoder.flush()]
  const isSpeech = (sample: number) => Math.abs(sample) > speechLevel
  return {
    bytes: new Uint8Array(Buffer.concat(chunks)),
    fromMs: (samples.findIndex(isSpeech) * 1000) / sampleRate,
    toMs: (samples.findLastIndex(isSpeech) * 1000) / sampleRate,
  }
}

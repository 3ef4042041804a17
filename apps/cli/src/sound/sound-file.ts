import { readFile } from 'node:fs/promises'
import { createResampler, decodeWav, float32ToPcm16, pcm16ToFloat32 } from '@parley/audio'
import { messageOf, usageError } from '../command-failure.ts'

/** Rate of all sound between the command line and a gateway, Hz. */
export const soundRate = 24_000

/** Samples at another rate as PCM16 at `soundRate`. */
export function toSoundRate(samples: Float32Array, sampleRate: number): Int16Array {
  const resampler = createResampler({ from: sampleRate, to: soundRate })
  const parts = [...resampler.process(samples), ...resampler.flush()].map(toInt16)
  const sound = new Int16Array(parts.reduce((total, part) => total + part.length, 0))
  let at = 0
  for (const part of parts) {
    sound.set(part, at)
    at += part.length
  }
  return sound
}

/** A WAV file of any rate and number of channels as PCM16 mono at `soundRate`. Rejects with a usage error. */
export async function readSoundFile(path: string): Promise<Int16Array> {
  let file: Uint8Array
  try {
    file = await readFile(path)
  } catch (error) {
    throw usageError(`The sound file ${path} cannot be read: ${messageOf(error)}`)
  }
  return parseSound(file, path)
}

/** The same of bytes; those without a WAV header are raw PCM16 mono at `soundRate`. Throws a usage error. */
export function parseSound(bytes: Uint8Array, name: string): Int16Array {
  const sound = soundIn(bytes, name)
  if (sound.length === 0) throw usageError(`There is no sound in ${name}.`)
  return sound
}

function soundIn(bytes: Uint8Array, name: string): Int16Array {
  if (bytes.length < 4 || new TextDecoder().decode(bytes.subarray(0, 4)) !== 'RIFF') {
    if (!name.endsWith('.wav')) return toInt16(pcm16ToFloat32(bytes.subarray(0, bytes.length & ~1)))
  }
  try {
    const { samples, sampleRate } = decodeWav(bytes)
    return toSoundRate(samples, sampleRate)
  } catch (error) {
    throw usageError(`${name} is no sound file that can be read: ${messageOf(error)}`)
  }
}

/** Samples as they are sent, without a copy where the bytes allow it. */
export function toBytes(samples: Int16Array): Uint8Array {
  return new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength)
}

/** PCM16 bytes as samples; a copy, at any alignment. */
export function toSamples(bytes: Uint8Array): Int16Array {
  // `slice` of a `Buffer` would share its memory.
  return new Int16Array(new Uint8Array(bytes.subarray(0, bytes.length & ~1)).buffer)
}

function toInt16(samples: Float32Array): Int16Array {
  return new Int16Array(float32ToPcm16(samples).buffer)
}

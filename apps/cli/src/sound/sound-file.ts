import { readFile } from 'node:fs/promises'
import { decodeWav, float32ToInt16, pcm16ToInt16, resample } from '@parley/audio'
import { messageOf, usageError } from '../command-failure.ts'

/** Rate of all sound between the command line and a gateway, Hz. */
export const soundRate = 24_000

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
    if (!name.endsWith('.wav')) return pcm16ToInt16(bytes)
  }
  try {
    const { samples, sampleRate } = decodeWav(bytes)
    return float32ToInt16(resample(samples, { from: sampleRate, to: soundRate }))
  } catch (error) {
    throw usageError(`${name} is no sound file that can be read: ${messageOf(error)}`)
  }
}

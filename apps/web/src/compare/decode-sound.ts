import { float32ToPcm16 } from '@parley/audio'
import { trackRate } from '@parley/compare'

/** Longest file that is taken, in seconds: longer ones would fill the memory of the page with their lanes. */
export const maxFileSeconds = 600

/** A sound file as lanes take it: PCM16 mono at 24 kHz. Rejects on a file the browser cannot read. */
export async function decodeSound(bytes: ArrayBuffer): Promise<Int16Array> {
  // A context of the wanted rate resamples whatever it decodes.
  const context = new OfflineAudioContext({ numberOfChannels: 1, length: 1, sampleRate: trackRate })
  return toMono(await context.decodeAudioData(bytes))
}

function toMono(sound: AudioBuffer): Int16Array {
  const first = sound.getChannelData(0)
  if (sound.numberOfChannels === 1) return pcm16(first)
  const mixed = new Float32Array(sound.length)
  for (let channel = 0; channel < sound.numberOfChannels; channel += 1) {
    const samples = sound.getChannelData(channel)
    for (let i = 0; i < mixed.length; i += 1) {
      mixed[i] = (mixed[i] ?? 0) + (samples[i] ?? 0) / sound.numberOfChannels
    }
  }
  return pcm16(mixed)
}

function pcm16(samples: Float32Array): Int16Array {
  const bytes = float32ToPcm16(samples)
  return new Int16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 2)
}

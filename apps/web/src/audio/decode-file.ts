import { mixDown } from '@parley/audio'

/** A sound file that the browser can read, as one channel at this rate. Rejects on any other file. */
export async function decodeFile(bytes: ArrayBuffer, sampleRate: number): Promise<Float32Array<ArrayBuffer>> {
  // A context of the wanted rate resamples whatever it decodes.
  const context = new OfflineAudioContext({ numberOfChannels: 1, length: 1, sampleRate })
  const sound = await context.decodeAudioData(bytes)
  return mixDown(
    Array.from({ length: sound.numberOfChannels }, (_, channel) => sound.getChannelData(channel)),
  )
}

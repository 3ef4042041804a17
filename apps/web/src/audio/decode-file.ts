/** A sound file that the browser can read, as one channel at this rate. Rejects on any other file. */
export async function decodeFile(bytes: ArrayBuffer, sampleRate: number): Promise<Float32Array<ArrayBuffer>> {
  // A context of the wanted rate resamples whatever it decodes.
  const context = new OfflineAudioContext({ numberOfChannels: 1, length: 1, sampleRate })
  const sound = await context.decodeAudioData(bytes)
  const mixed = new Float32Array(sound.getChannelData(0))
  for (let channel = 1; channel < sound.numberOfChannels; channel += 1) {
    const samples = sound.getChannelData(channel)
    for (let i = 0; i < mixed.length; i += 1) mixed[i] = (mixed[i] ?? 0) + (samples[i] ?? 0)
  }
  if (sound.numberOfChannels === 1) return mixed
  return mixed.map((sample) => sample / sound.numberOfChannels)
}

import { decodeWav } from '@parley/audio'

/** Sounds that ship: sentences with pauses in them, one after the other. */
export const sampleNames = ['en', 'de'] as const

/** A sound that ships by its language. */
export type SampleName = (typeof sampleNames)[number]

/** Rate of the files, Hz. */
const sampleRate = 24_000

/** Silence before a file, ms, and the file. */
type Part = readonly [number, string]

/** Two sentences with a pause in mid-sentence, a grunt that is no turn, and one that is. */
const parts: Readonly<Record<SampleName, readonly Part[]>> = {
  en: [
    [600, 'librivox-amiable'],
    [1400, 'librivox-ill-disposed'],
    [380, 'cmu-go-forward'],
    [1200, 'mhm'],
    [900, 'librivox-ill-disposed'],
  ],
  de: [
    [600, 'de-zug'],
    [1400, 'de-frist'],
    [380, 'de-kosten'],
    [1200, 'mhm'],
    [900, 'de-besprechung'],
  ],
}

/** Silence behind the last file: long enough for a turn to end, ms. */
const tailMs = 2500

/** Loads the files of a sample and lays them out. Rejects when one is not there. */
export async function loadSample(
  name: SampleName,
): Promise<{ readonly samples: Float32Array; readonly sampleRate: number }> {
  const sounds = await Promise.all(
    parts[name].map(async ([beforeMs, file]) => {
      const response = await fetch(`/api/scenarios/audio/${file}.wav`)
      if (!response.ok) throw new Error('A sound of the sample is not there.')
      return { beforeMs, samples: decodeWav(new Uint8Array(await response.arrayBuffer())).samples }
    }),
  )
  const samplesOf = (ms: number): number => (sampleRate * ms) / 1000
  const length = sounds.reduce((sum, { beforeMs, samples }) => sum + samplesOf(beforeMs) + samples.length, 0)
  const joined = new Float32Array(length + samplesOf(tailMs))
  let at = 0
  for (const { beforeMs, samples } of sounds) {
    joined.set(samples, at + samplesOf(beforeMs))
    at += samplesOf(beforeMs) + samples.length
  }
  return { samples: joined, sampleRate }
}

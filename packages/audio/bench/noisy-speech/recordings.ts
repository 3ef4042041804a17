import { readFile } from 'node:fs/promises'
import { createResampler } from '../../src/resampler.ts'
import { concatFloat32 } from '../../src/testing/signals.ts'
import { decodeWav } from '../../src/wav.ts'
import { recordedSpeech, speechFrames } from './labels.ts'
import { sampleRate } from './talk.ts'

/** Who is heard: people, and a German synthesizer that is no relative of Flite. */
const files = {
  people: [
    'bench/speech/goforward.wav',
    'bench/speech/librivox-0870.wav',
    'bench/speech/librivox-0880.wav',
    'bench/speech/librivox-0890.wav',
    'bench/speech/librivox-0920.wav',
    'bench/speech/librivox-0930.wav',
    'bench/speech/something.wav',
  ],
  german: ['besprechung', 'fertigung', 'frist', 'kosten', 'laptop', 'mitarbeiter', 'vertrag', 'zug'].map(
    (name) => `packages/compare/scenarios/audio/de-${name}.wav`,
  ),
} as const

const frame = sampleRate / 100
/** Kept before and after the speech, and faded in and out. */
const edgeFrames = 10

/** Recordings of this repository at 16 kHz, each cut to its speech with 100 ms around it. */
export async function loadRecordings(): Promise<readonly Float32Array[]> {
  return Promise.all([...files.people, ...files.german].map(load))
}

async function load(path: string): Promise<Float32Array> {
  const wav = decodeWav(await readFile(new URL(`../../../../${path}`, import.meta.url)))
  using resampler = createResampler({ from: wav.sampleRate, to: sampleRate })
  const samples = concatFloat32([...resampler.process(wav.samples), ...resampler.flush()])
  const labels = speechFrames(samples, recordedSpeech)
  const start = Math.max(0, labels.indexOf(1) - edgeFrames) * frame
  const end = Math.min(labels.length, labels.lastIndexOf(1) + 1 + edgeFrames) * frame
  const length = end - start
  return samples.slice(start, end).map((sample, i) => {
    const toEdge = Math.min(i, length - 1 - i)
    return sample * Math.min(1, toEdge / (edgeFrames * frame))
  })
}

/**
 * Makes the sound files of the shipped scenarios: German speech with the Pico voice, which is fetched into the folder
 * given with `--models` unless it is there, recordings of people, and a hum.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createResampler, decodeWav, encodeWav } from '@parley/audio'
import { createModelStore, picoTts } from '@parley/core/providers/cascade'
import type { TextToSpeech } from '@parley/core/providers/cascade'
import { parseScenario } from '../src/scenario/parse.ts'
import { hum } from './hum.ts'

const sampleRate = 24_000
const perMs = sampleRate / 1000
const windowSamples = 10 * perMs
const targetDbfs = -20
const peakDbfs = -1
/** Speech begins and ends where it reaches this: over the noise of the recordings, dBFS at the target level. */
const edgeDbfs = -34
const marginMs = 50
const fadeMs = 20
/** The voice rests longer between sentences than a person in one turn. */
const longestPauseMs = 280
const pauseDbfs = -50

const scenarios = join(import.meta.dirname, '../scenarios')
const recordings = join(import.meta.dirname, '../../../bench/speech')

/** Shipped name and where it is from. */
const people = {
  'librivox-ill-disposed.wav': 'librivox-0880.wav',
  'librivox-amiable.wav': 'librivox-0930.wav',
  'cmu-go-forward.wav': 'goforward.wav',
}

const { values } = parseArgs({ options: { models: { type: 'string' } } })
if (values.models === undefined) throw new Error('Name a folder for the voice with --models.')
const models = createModelStore({ directory: values.models })
await models.download('pico-de-de')
await using german = picoTts({ models, processes: 1 })

for (const [name, from] of Object.entries(people)) {
  const sound = decodeWav(await readFile(join(recordings, from)))
  await write(name, sound.samples, sound.sampleRate)
}
await write('mhm.wav', hum(), sampleRate)
for (const { file, text } of await germanLines()) {
  const sound = await speak(german, text)
  await write(file, sound.samples, sound.sampleRate)
}

/** What German scenarios say from a file, by the file's name. */
async function germanLines(): Promise<readonly { file: string; text: string }[]> {
  const names = (await readdir(scenarios)).filter((name) => name.endsWith('.yaml'))
  const texts = await Promise.all(names.map((name) => readFile(join(scenarios, name), 'utf8')))
  return texts
    .map((text) => parseScenario(text))
    .filter(({ language }) => language === 'de')
    .flatMap(({ steps }) => steps)
    .flatMap((step) =>
      'say' in step && step.file !== undefined
        ? [{ file: step.file.replace('audio/', ''), text: step.say }]
        : [],
    )
}

async function speak(
  tts: TextToSpeech,
  text: string,
): Promise<{ samples: Float32Array; sampleRate: number }> {
  const options = { voice: 'pico-de-de', speed: 1, signal: new AbortController().signal }
  const parts = await Array.fromAsync(tts.synthesize(text, options))
  const samples = Float32Array.from(parts.flatMap((part) => [...part.samples]))
  return { samples, sampleRate: parts[0]?.sampleRate ?? 0 }
}

/** Writes sound at 24 kHz, trimmed and at an even level. */
async function write(name: string, samples: Float32Array, rate: number): Promise<void> {
  const resampler = createResampler({ from: rate, to: sampleRate })
  const parts = [...resampler.process(samples), ...resampler.flush()]
  const sound = trimmed(shortened(levelled(Float32Array.from(parts.flatMap((part) => [...part])))))
  await writeFile(join(scenarios, 'audio', name), encodeWav(sound, sampleRate))
  console.log(`${name} ${(sound.length / sampleRate).toFixed(2)} s`)
}

/** Cuts off what is no speech at either end, and fades the margins. */
function trimmed(samples: Float32Array): Float32Array {
  const isSpeech = windowPowers(samples).map((power) => power >= 10 ** (edgeDbfs / 10))
  const margin = marginMs * perMs
  const from = Math.max(0, isSpeech.indexOf(true) * windowSamples - margin)
  const to = (isSpeech.lastIndexOf(true) + 1) * windowSamples + margin
  const sound = samples.slice(from, to)
  const fade = fadeMs * perMs
  return sound.map((value, i) => value * Math.min(1, i / fade, (sound.length - 1 - i) / fade))
}

/** Shortens pauses to the longest one a turn has. */
function shortened(samples: Float32Array): Float32Array {
  const most = (longestPauseMs * perMs) / windowSamples
  let silent = 0
  const kept = windowPowers(samples).map((power) => {
    silent = power < 10 ** (pauseDbfs / 10) ? silent + 1 : 0
    return silent <= most
  })
  return samples.filter((_, i) => kept[Math.floor(i / windowSamples)] ?? true)
}

function windowPowers(samples: Float32Array): readonly number[] {
  return Array.from({ length: Math.floor(samples.length / windowSamples) }, (_, at) => {
    const part = samples.subarray(at * windowSamples, (at + 1) * windowSamples)
    return part.reduce((sum, value) => sum + value * value, 0) / windowSamples
  })
}

/** Brings speech, without the pauses in it, to the target level, as far as its peaks allow. */
function levelled(samples: Float32Array): Float32Array {
  const powers = windowPowers(samples)
  const loudest = Math.max(...powers)
  // Pauses lie 30 dB or more below the loudest part.
  const spoken = powers.filter((power) => power > loudest / 1000)
  const level = Math.sqrt(spoken.reduce((sum, power) => sum + power, 0) / spoken.length)
  const peak = samples.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const gain = Math.min(10 ** (targetDbfs / 20) / level, 10 ** (peakDbfs / 20) / peak)
  return samples.map((value) => value * gain)
}

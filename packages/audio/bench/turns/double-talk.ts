import { readFileSync } from 'node:fs'
import { decodeWav } from '../../src/wav.ts'
import { seededRandom } from '../../src/testing/signals.ts'
import { roomResponse } from '../echo/rooms.ts'
import { convolve } from './convolve.ts'
import { speak, type Voice } from './speech.ts'
import { englishTurns } from './utterances-en.ts'

/** An answer that is played, what the microphone hears, and when the user talks. All at 16 kHz. */
export interface DoubleTalk {
  readonly played: Float32Array
  readonly near: Float32Array
  /** The user's utterances, from the first sound to the last (ms). */
  readonly user: readonly { readonly fromMs: number; readonly toMs: number }[]
}

/** What a scene is made of. */
export interface DoubleTalkOptions {
  readonly seed: number
  readonly seconds: number
  /** Level of the echo at the microphone against the level played (dB); -Infinity = headphones. */
  readonly echoDb: number
  /** Level of the user against the level played (dB), `undefined` = nobody talks. */
  readonly userDb: number | undefined
  /** White noise at the microphone against the level played (dB). */
  readonly noiseDb: number
  /** First moment at which the user talks (s). */
  readonly userFrom?: number
}

const rate = 16_000
/** Level of what is played while somebody speaks: -22 dBFS. */
const playedRms = 0.08

const sentences = englishTurns
  .trim()
  .split('\n')
  .map((line) => `${line.replaceAll(' | ', ' ')}.`)

/** Recordings of people, beside the synthetic voices. */
const recordings = ['0870', '0880', '0890', '0920', '0930'].map(
  (name) =>
    decodeWav(
      new Uint8Array(readFileSync(new URL(`../../../../bench/speech/librivox-${name}.wav`, import.meta.url))),
    ).samples,
)

/** Makes a scene: room, delay of 20 to 300 ms, reverberation of 0.15 to 0.6 s and words are the seed's choice. */
export async function doubleTalk(options: DoubleTalkOptions): Promise<DoubleTalk> {
  const { seed, seconds, echoDb, userDb, noiseDb, userFrom = 10 } = options
  const random = seededRandom(seed * 31 + 5)
  const voices: readonly Voice[] = seed % 2 === 0 ? ['rms', 'slt'] : ['slt', 'awb']
  const [answerer = 'slt', caller = 'awb'] = voices
  const played = await answers(answerer, seconds, random)
  const near = new Float32Array(played.length)
  if (echoDb > -Infinity) {
    const room = {
      sampleRate: rate,
      rt60: 0.15 + 0.45 * random(),
      seed,
      kind: seed % 3 ? 'image' : 'noise',
    } as const
    const echo = convolve(played, roomResponse(room))
    const late = Math.round((0.02 + 0.28 * random()) * rate)
    const gain = 10 ** (echoDb / 20)
    for (let n = late; n < near.length; n += 1) near[n] = gain * (echo[n - late] ?? 0)
  }
  const noise = playedRms * 10 ** (noiseDb / 20) * Math.sqrt(3)
  for (let n = 0; n < near.length; n += 1) near[n] = (near[n] ?? 0) + noise * (2 * random() - 1)
  const user: { fromMs: number; toMs: number }[] = []
  if (userDb === undefined) return { played, near, user }
  for (let second = userFrom; second < seconds - 6; second += 9 + 4 * random()) {
    const speech = levelled(await sentence(caller, random), playedRms * 10 ** (userDb / 20))
    const start = Math.round(second * rate)
    near.subarray(start).forEach((sample, n) => (near[start + n] = sample + (speech[n] ?? 0)))
    user.push({ fromMs: (start + onsetOf(speech)) / 16, toMs: (start + speech.length) / 16 })
  }
  return { played, near, user }
}

/** Answers of one voice, every fourth of them a recording, with pauses of 0.1 to 0.7 s. */
async function answers(voice: Voice, seconds: number, random: () => number): Promise<Float32Array> {
  const played = new Float32Array(seconds * rate)
  for (let at = rate / 2; at < played.length;) {
    const recording = recordings[Math.floor(random() * recordings.length)]
    const speech = recording && random() < 0.25 ? recording : await sentence(voice, random)
    played.set(levelled(speech, playedRms).subarray(0, played.length - at), at)
    at += speech.length + Math.round((0.1 + 0.6 * random()) * rate)
  }
  return played
}

/** A sentence; a few dozen suffice, and each is spoken once. */
export function sentence(voice: Voice, random: () => number): Promise<Float32Array> {
  return speak(sentences[Math.floor(random() * 40) * 4] ?? '', voice)
}

/** Speech at a level over its loudest half. */
export function levelled(speech: Float32Array, rms: number): Float32Array {
  const powers = framePowers(speech).toSorted((a, b) => b - a)
  const loud = powers.slice(0, Math.ceil(powers.length / 2))
  const gain = rms / Math.sqrt(loud.reduce((sum, power) => sum + power, 0) / loud.length)
  return speech.map((sample) => sample * gain)
}

/** First sample of the first 10 ms within 30 dB of the loudest. */
export function onsetOf(speech: Float32Array): number {
  const powers = framePowers(speech)
  const loudest = Math.max(...powers)
  return 160 * powers.findIndex((power) => power > loudest * 1e-3)
}

function framePowers(speech: Float32Array): readonly number[] {
  return Array.from({ length: Math.floor(speech.length / 160) }, (_, frame) => {
    const part = speech.subarray(frame * 160, frame * 160 + 160)
    return part.reduce((sum, sample) => sum + sample * sample, 0) / 160
  })
}

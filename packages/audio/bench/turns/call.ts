import { createEchoBound } from '../../src/barge-in/echo-bound.ts'
import { seededRandom } from '../../src/testing/signals.ts'
import { createSpeechGate } from '../../src/vad/speech-gate.ts'
import type { SpeechProbability } from '../../src/vad/speech-probability.ts'
import { roomResponse } from '../echo/rooms.ts'
import { convolve } from './convolve.ts'
import { levelled, onsetOf, sentence, type DoubleTalk } from './double-talk.ts'
import type { Voice } from './speech.ts'

/** A call at 16 kHz: answers of three sentences, as long to play as to hear, with the user's turns between them. */
export interface Call extends DoubleTalk {
  readonly answers: number
}

/** What a call is made of; levels in dB against what is played. */
export interface CallOptions {
  readonly seed: number
  readonly seconds: number
  readonly echoDb: number
  /** The user talks over every answer, `undefined` = nobody does. */
  readonly userDb: number | undefined
  /** Each answer is heard back so much earlier or later than the others (ms). */
  readonly jitterMs: number
}

const rate = 16_000
const playedRms = 0.08
const noiseDb = -40

/** Makes a call; room, delay of 60 to 260 ms and words are the seed's choice. */
export async function makeCall(options: CallOptions): Promise<Call> {
  const { seed, seconds, echoDb, userDb, jitterMs } = options
  const random = seededRandom(seed * 77 + 3)
  const voices: readonly Voice[] = seed % 2 === 0 ? ['rms', 'slt'] : ['slt', 'awb']
  const [answerer = 'slt', caller = 'awb'] = voices
  const kind = seed % 3 ? 'image' : 'noise'
  const room = roomResponse({ sampleRate: rate, rt60: 0.15 + 0.45 * random(), seed, kind })
  const delayMs = 60 + 200 * random()
  const played = new Float32Array(seconds * rate)
  const near = new Float32Array(seconds * rate)
  const user: { readonly fromMs: number; readonly toMs: number }[] = []
  let answers = 0
  for (let at = rate; at < (seconds - 12) * rate;) {
    let end = at
    for (let part = 0; part < 3; part += 1) {
      const speech = levelled(await sentence(answerer, random), playedRms)
      played.set(speech, end)
      end += speech.length + rate / 4
    }
    answers += 1
    const late = Math.round((delayMs + jitterMs * (2 * random() - 1)) * 16)
    const echo = convolve(played.subarray(at, end + rate), room)
    add(near, echo, { at: at + late, gain: 10 ** (echoDb / 20) })
    if (userDb !== undefined) {
      const speech = levelled(await sentence(caller, random), playedRms)
      const start = at + Math.round((0.3 + 2.5 * random()) * rate)
      add(near, speech, { at: start, gain: 10 ** (userDb / 20) })
      user.push({ fromMs: (start + onsetOf(speech)) / 16, toMs: (start + speech.length) / 16 })
    }
    at = end + Math.round((1.5 + 2 * random()) * rate)
  }
  const noise = playedRms * 10 ** (noiseDb / 20) * Math.sqrt(3)
  for (let n = 0; n < near.length; n += 1) near[n] = (near[n] ?? 0) + noise * (2 * random() - 1)
  return { played, near, user, answers }
}

function add(
  target: Float32Array,
  sound: Float32Array,
  { at, gain }: { readonly at: number; readonly gain: number },
): void {
  for (let n = 0; n < sound.length && at + n < target.length; n += 1)
    target[at + n] = (target[at + n] ?? 0) + gain * (sound[n] ?? 0)
}

/** When the local backend says that speech started: `undefined` in `delaysMs` for a user it does not hear in time. */
export function listenTo(
  { played, near, user }: Call,
  {
    detector,
    echo,
  }: { readonly detector: SpeechProbability; readonly echo: 'ignored' | 'expected' | 'found' },
): { readonly falseStarts: number; readonly delaysMs: readonly (number | undefined)[] } {
  const { frameSamples } = detector
  const gate = createSpeechGate({ sampleRate: rate, frameSamples })
  const bound = createEchoBound(rate)
  bound.expected = echo === 'expected'
  const delays = new Map<number, number>()
  let falseStarts = 0
  for (let at = 0; at + frameSamples <= near.length; at += frameSamples) {
    const frame = near.subarray(at, at + frameSamples)
    const speech = detector.process(frame)
    bound.reference(played.subarray(at, at + frameSamples))
    const most = bound.process(frame)
    const atMs = (at + frameSamples) / 16
    for (const event of gate.process(echo === 'ignored' ? speech : Math.min(speech, most))) {
      if (event.type !== 'started') continue
      const talks = user.findIndex(({ fromMs, toMs }) => atMs > fromMs && atMs < toMs + 300)
      const from = user[talks]?.fromMs
      if (from === undefined) falseStarts += 1
      else if (!delays.has(talks)) delays.set(talks, atMs - from)
    }
  }
  return { falseStarts, delaysMs: user.map((_, index) => delays.get(index)) }
}

import { seededRandom } from '../../src/testing/signals.ts'
import { fliteVoices, type Flite } from './flite.ts'
import { activeRms, speechFrames, syntheticSpeech, type LabelRule } from './labels.ts'

/** Hz of everything here. */
export const sampleRate = 16_000

/** Someone who speaks with pauses. */
export interface Talk {
  readonly samples: Float32Array
  /** One a 10 ms frame: 1 where the clean sound itself has speech. */
  readonly labels: Uint8Array
}

const words = {
  who: [
    'the old captain',
    'my neighbour',
    'a young doctor',
    'our teacher',
    'she',
    'he',
    'the baker',
    'nobody',
  ],
  does: [
    'opened',
    'forgot',
    'painted',
    'would like to buy',
    'has never seen',
    'carefully measured',
    'asks for',
  ],
  what: [
    'the blue window',
    'a box of matches',
    'seven fresh apples',
    'this strange letter',
    'two tickets',
    'soup',
  ],
  when: [
    'before breakfast',
    'on Thursday',
    'at half past nine',
    'again and again',
    'last summer',
    'in the dark',
  ],
  short: [
    'yes',
    'no thank you',
    'hello',
    'four two seven',
    'just a moment',
    'what',
    'I see',
    'stop',
    'sixty six',
  ],
}

/** Speaks: each call gives another utterance, the same ones for the same seed. */
export type Speaker = (random: () => number) => Float32Array

/** Texts that one seed has; pace and pitch are others each time. */
const poolSize = 48

/** A speaker of every voice; utterances have a level of about 0.05 with up to 8 dB more or less. */
export async function createSpeaker(flite: Flite, seed: number): Promise<Speaker> {
  const random = seededRandom(seed)
  const clause = (): string =>
    [words.who, words.does, words.what, words.when].map((list) => pick(list, random)).join(' ')
  const pool: Float32Array[] = []
  for (let i = 0; i < poolSize; i++) {
    const text =
      i % 4 === 0 ? pick(words.short, random) : i % 4 === 1 ? `${clause()}, and ${clause()}` : clause()
    // One after the other: what comes next depends on the random numbers before.
    // oxlint-disable-next-line no-await-in-loop
    pool.push(await flite({ voice: pick(fliteVoices, random), text, stretch: 0.8 + 0.5 * random() }))
  }
  return speakerOf(pool)
}

/** Speaks what is in the pool, each time at another pace, pitch and level. */
export function speakerOf(pool: readonly Float32Array[]): Speaker {
  return (next) => {
    const shifted = playedAt(pick(pool, next), 0.85 + 0.35 * next())
    const level = (0.05 / activeRms(shifted)) * 10 ** ((next() * 16 - 8) / 20)
    return shifted.map((sample) => sample * level)
  }
}

function pick<Item>(items: readonly Item[], random: () => number): Item {
  const item = items[Math.floor(random() * items.length)]
  if (item === undefined) throw new RangeError('There is nothing to pick from.')
  return item
}

/** About `seconds` of utterances with pauses of 0.3 to 2.8 s; `rule` says what of them is speech. */
export function createTalk(
  speaker: Speaker,
  random: () => number,
  seconds: number,
  rule: LabelRule = syntheticSpeech,
): Talk {
  const samples = new Float32Array(Math.round(seconds * sampleRate))
  const labels = new Uint8Array(Math.floor(samples.length / 160))
  let at = Math.round((0.5 + random()) * sampleRate)
  for (;;) {
    const utterance = speaker(random)
    at = Math.ceil(at / 160) * 160
    if (at + utterance.length > samples.length) return { samples, labels }
    samples.set(utterance, at)
    labels.set(speechFrames(utterance, rule), at / 160)
    at += utterance.length + Math.round((0.3 + 2.5 * random() ** 2) * sampleRate)
  }
}

/** Faster and higher for a factor over 1: another speaker. */
function playedAt(samples: Float32Array, factor: number): Float32Array {
  const length = Math.floor((samples.length - 3) / factor)
  return Float32Array.from({ length }, (_, i) => {
    const place = 1 + i * factor
    const k = Math.floor(place)
    const t = place - k
    const a = samples[k - 1] ?? 0
    const b = samples[k] ?? 0
    const c = samples[k + 1] ?? 0
    const d = samples[k + 2] ?? 0
    // Catmull-Rom.
    return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)))
  })
}

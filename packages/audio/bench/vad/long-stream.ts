import type { Scene } from '../noisy-speech/scene.ts'
import { f1, knownInShortFrames, noScore, plus, scoreOf, type Score } from '../noisy-speech/score.ts'
import type { Detector } from './detectors.ts'

/** What a long stream is made of. */
export interface LongStream {
  /** Heard first, and again at the end. */
  readonly examined: readonly Scene[]
  /** Heard in between, over and over, for so many minutes. */
  readonly others: readonly Scene[]
  readonly minutes: number
}

/** F1 of the first scenes of all streams, and of the same after all the others. */
export async function agingOf(
  detector: Detector,
  streams: readonly LongStream[],
): Promise<{ readonly name: string; readonly first: number; readonly last: number }> {
  let first = noScore
  let last = noScore
  for (const stream of streams) {
    // oxlint-disable-next-line no-await-in-loop
    const aged = await age(detector, stream)
    first = plus(first, aged.first)
    last = plus(last, aged.last)
  }
  return { name: detector.name, first: f1(first), last: f1(last) }
}

async function age(
  detector: Detector,
  { examined, others, minutes }: LongStream,
): Promise<{ readonly first: Score; readonly last: Score }> {
  const stream = detector.open()
  const { frameSamples } = stream

  async function hear({ samples, labels }: Scene): Promise<Score> {
    const decisions = new Uint8Array(Math.floor(samples.length / frameSamples))
    for (let i = 0; i < decisions.length; i++) {
      const answer = stream.process(samples.subarray(i * frameSamples, (i + 1) * frameSamples))
      // A frame needs the state after the one before.
      // oxlint-disable-next-line no-await-in-loop
      decisions[i] = (typeof answer === 'number' ? answer : await answer) >= 0.5 ? 1 : 0
    }
    return scoreOf(knownInShortFrames(decisions, frameSamples, labels.length), labels)
  }

  async function examine(): Promise<Score> {
    let score = noScore
    // oxlint-disable-next-line no-await-in-loop
    for (const scene of examined) score = plus(score, await hear(scene))
    return score
  }

  const first = await examine()
  for (let heard = 0, index = 0; heard < minutes * 60 * 16_000; index++) {
    const other = others[index % others.length]
    if (!other) throw new RangeError('There are no scenes.')
    // oxlint-disable-next-line no-await-in-loop
    await hear(other)
    heard += other.samples.length
  }
  return { first, last: await examine() }
}

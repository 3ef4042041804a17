import { noiseKinds } from '../noisy-speech/noises.ts'
import type { Scene } from '../noisy-speech/scene.ts'
import {
  datedBackInShortFrames,
  delaysOf,
  f1,
  knownInShortFrames,
  noScore,
  plus,
  quantile,
  scoreOf,
  type Score,
} from '../noisy-speech/score.ts'
import { probabilitiesOf, type Detector } from './detectors.ts'

/** What a detector is worth on a set of scenes. */
export interface Accuracy {
  readonly name: string
  /** Of what is known at the end of every 10 ms. */
  readonly f1: number
  /** Of decisions dated back to the start of their frames, as files are labelled. */
  readonly f1DatedBack: number
  readonly f1Of: Readonly<Record<Scene['noise'], number>>
  /** Median and 90th percentile in ms, at 20 dB and better. */
  readonly onset: readonly [number, number]
  readonly offset: readonly [number, number]
  /** Probabilities of each scene. */
  readonly tracks: readonly Float32Array[]
}

const threshold = 0.5

/** Decisions at 0.5, without anything behind them; on steps of any length they are judged alike, by when they are known. */
export async function accuracyOf(detector: Detector, scenes: readonly Scene[]): Promise<Accuracy> {
  const onsets: number[] = []
  const offsets: number[] = []
  const tracks: Float32Array[] = []
  let datedBack = noScore
  const scores = new Map<Scene['noise'], Score>()
  for (const { noise, snrDb, samples, labels } of scenes) {
    // One after the other: two at once would mix their streams' turns.
    // oxlint-disable-next-line no-await-in-loop
    const { probabilities, frameSamples } = await probabilitiesOf(detector, samples)
    tracks.push(probabilities)
    const decisions = Uint8Array.from(probabilities, (probability) => (probability >= threshold ? 1 : 0))
    const score = scoreOf(knownInShortFrames(decisions, frameSamples, labels.length), labels)
    scores.set(noise, plus(scores.get(noise) ?? noScore, score))
    const back = datedBackInShortFrames(decisions, frameSamples, labels.length)
    datedBack = plus(datedBack, scoreOf(back, labels))
    if (snrDb < 20) continue
    const delays = delaysOf(decisions, frameSamples, labels)
    onsets.push(...delays.onsets)
    offsets.push(...delays.offsets)
  }
  const of = (noise: Scene['noise']): number => f1(scores.get(noise) ?? noScore)
  const [white, pink, babble, music] = noiseKinds.map(of)
  return {
    name: detector.name,
    f1: f1([...scores.values()].reduce(plus, noScore)),
    f1DatedBack: f1(datedBack),
    f1Of: { clean: of('clean'), white: white ?? 0, pink: pink ?? 0, babble: babble ?? 0, music: music ?? 0 },
    onset: [quantile(onsets, 0.5), quantile(onsets, 0.9)],
    offset: [quantile(offsets, 0.5), quantile(offsets, 0.9)],
    tracks,
  }
}

/** Largest difference of two sets of probabilities, over the scenes of `a`, which are the first of `b`. */
export function largestDifference(a: Accuracy, b: Accuracy): number {
  return a.tracks.reduce(
    (worst, track, scene) =>
      track.reduce(
        (most, value, i) => Math.max(most, Math.abs(value - (b.tracks[scene]?.[i] ?? NaN))),
        worst,
      ),
    0,
  )
}

/** What a detector got right, in 10 ms frames. */
export interface Score {
  readonly truePositives: number
  readonly falsePositives: number
  readonly falseNegatives: number
}

/** Nothing heard yet. */
export const noScore: Score = { truePositives: 0, falsePositives: 0, falseNegatives: 0 }

/** Compares decisions with labels, both one a 10 ms frame. */
export function scoreOf(decisions: Uint8Array, labels: Uint8Array): Score {
  let truePositives = 0
  let falsePositives = 0
  let falseNegatives = 0
  for (let i = 0; i < labels.length; i++) {
    if (decisions[i] === 1 && labels[i] === 1) truePositives++
    else if (decisions[i] === 1) falsePositives++
    else if (labels[i] === 1) falseNegatives++
  }
  return { truePositives, falsePositives, falseNegatives }
}

/** Both together. */
export function plus(a: Score, b: Score): Score {
  return {
    truePositives: a.truePositives + b.truePositives,
    falsePositives: a.falsePositives + b.falsePositives,
    falseNegatives: a.falseNegatives + b.falseNegatives,
  }
}

/** Harmonic mean of precision and recall. */
export function f1({ truePositives, falsePositives, falseNegatives }: Score): number {
  return (2 * truePositives) / (2 * truePositives + falsePositives + falseNegatives)
}

/** Decisions of frames of any length as those of 10 ms: a short frame counts as the one that holds its middle. */
export function inShortFrames(decisions: ArrayLike<number>, frameSamples: number, count: number): Uint8Array {
  return Uint8Array.from(
    { length: count },
    (_, i) => decisions[Math.floor((i * 160 + 80) / frameSamples)] ?? 0,
  )
}

/** When a decision fell, and what it is: 1 for speech. */
export interface Change {
  readonly sample: number
  readonly speech: boolean
}

/** Delays in ms of the decision that speech begins or ends, for all utterances that stand apart by 300 ms. */
export interface Delays {
  readonly onsets: readonly number[]
  readonly offsets: readonly number[]
}

const apart = 30

/** `knownAt` gives the sample until which the sound must have been heard for the decision about a frame. */
export function delaysOf(decisions: ArrayLike<number>, frameSamples: number, labels: Uint8Array): Delays {
  const onsets: number[] = []
  const offsets: number[] = []
  const at = (index: number): number => decisions[index] ?? 0
  for (let i = apart; i < labels.length; i++) {
    if (labels[i] !== 1 || labels.subarray(i - apart, i).includes(1)) continue
    let end = i
    for (let gap = 0, k = i; k < labels.length && gap < apart; k++) {
      gap = labels[k] === 1 ? 0 : gap + 1
      if (gap === 0) end = k + 1
    }
    const before = Math.floor((i * 160) / frameSamples) - 1
    let frame = before + 1
    while (frame * frameSamples < end * 160 && at(frame) !== 1) frame++
    // Whoever takes the silence before for speech has no onset.
    if (at(before) !== 1 && frame * frameSamples < end * 160) {
      onsets.push(((frame + 1) * frameSamples - i * 160) / 16)
    }
    let last = Math.floor((end * 160) / frameSamples)
    if (at(last) === 1) {
      while (at(last) === 1 && last * frameSamples < (end + apart) * 160) last++
      offsets.push(((last + 1) * frameSamples - end * 160) / 16)
    } else offsets.push(((last + 1) * frameSamples - end * 160) / 16)
    i = end
  }
  return { onsets, offsets }
}

/** The value that a share of all is under; `NaN` of nothing. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN
}

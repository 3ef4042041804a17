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

/** Decisions on frames of any length as those of 10 ms: each short frame has the last one that is known when it ends. */
export function knownInShortFrames(
  decisions: ArrayLike<number>,
  frameSamples: number,
  count: number,
): Uint8Array {
  return Uint8Array.from(
    { length: count },
    (_, i) => decisions[Math.floor(((i + 1) * 160) / frameSamples) - 1] ?? 0,
  )
}

/**
 * The same with every decision dated back to the start of its frame, before it is known: a short frame counts as the one
 * that holds its middle. The longer the frames, the more they see of what is to come.
 */
export function datedBackInShortFrames(
  decisions: ArrayLike<number>,
  frameSamples: number,
  count: number,
): Uint8Array {
  return Uint8Array.from(
    { length: count },
    (_, i) => decisions[Math.floor((i * 160 + 80) / frameSamples)] ?? 0,
  )
}

/** How late (ms) it is known that speech began and ended, for utterances with 300 ms of silence on both sides. */
export interface Delays {
  readonly onsets: readonly number[]
  readonly offsets: readonly number[]
}

/** 10 ms frames of silence that make an utterance stand apart. */
const apart = 30

/** A decision about a frame of `frameSamples` is known when the frame has ended. */
export function delaysOf(decisions: ArrayLike<number>, frameSamples: number, labels: Uint8Array): Delays {
  const onsets: number[] = []
  const offsets: number[] = []
  const frameAt = (label: number): number => Math.floor((label * 160) / frameSamples)
  const delay = (frame: number, label: number): number => ((frame + 1) * frameSamples - label * 160) / 16
  for (const { start, end } of utterances(labels)) {
    const first = frameAt(start)
    const last = Math.min(decisions.length, frameAt(end + apart))
    let onset = first
    while (onset < last && decisions[onset] !== 1) onset++
    let offset = last
    while (offset > onset && decisions[offset - 1] !== 1) offset--
    // Whoever takes the silence before or after for speech has no onset or end to speak of.
    if (onset < last && decisions[first - 1] !== 1) onsets.push(delay(onset, start))
    if (onset < last && offset < last) offsets.push(delay(offset, end))
  }
  return { onsets, offsets }
}

/** Speech with gaps of less than 300 ms in it; the last one only if silence follows. */
function utterances(labels: Uint8Array): readonly { readonly start: number; readonly end: number }[] {
  const found: { start: number; end: number }[] = []
  let start = -1
  let lastSpeech = -apart
  for (let i = 0; i < labels.length; i++) {
    if (start >= 0 && i - lastSpeech > apart) {
      found.push({ start, end: lastSpeech + 1 })
      start = -1
    }
    if (labels[i] !== 1) continue
    if (start < 0 && i >= apart) start = i
    lastSpeech = i
  }
  return found
}

/** The value that a share of all is under; `NaN` of nothing. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN
}

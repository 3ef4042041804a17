const frame = 160
/** From which level on a frame of a clean utterance is speech, in dB. */
export interface LabelRule {
  /** So much under the loud frames of the utterance: the 95th of a hundred. */
  readonly underLoudDb: number
  /** So much over its quiet frames, the 5th of a hundred; what is recorded has a room in it. */
  readonly overQuietDb: number
  /** Frames in a row that it takes: a click is no speech. */
  readonly leastFrames: number
}

/** Synthetic speech is as clean as can be. */
export const syntheticSpeech: LabelRule = { underLoudDb: 35, overQuietDb: -Infinity, leastFrames: 1 }

/** A microphone hears breath and the room. */
export const recordedSpeech: LabelRule = { underLoudDb: 30, overQuietDb: 10, leastFrames: 3 }

/** Pauses inside speech up to here belong to it: the closures of plosives. */
const bridgeFrames = 15

function powers(samples: Float32Array): Float64Array {
  return Float64Array.from({ length: Math.floor(samples.length / frame) }, (_, i) => {
    let sum = 0
    for (let k = i * frame; k < (i + 1) * frame; k++) sum += (samples[k] ?? 0) ** 2
    return sum / frame
  })
}

function leastPower(of: Float64Array, { underLoudDb, overQuietDb }: LabelRule): number {
  const sorted = of.toSorted()
  const loud = sorted[Math.floor(0.95 * sorted.length)] ?? 0
  const quiet = sorted[Math.floor(0.05 * sorted.length)] ?? 0
  return Math.max(loud * 10 ** (-underLoudDb / 10), quiet * 10 ** (overQuietDb / 10))
}

/** Root mean square over the frames with speech. */
export function activeRms(samples: Float32Array): number {
  const all = powers(samples)
  const least = leastPower(all, syntheticSpeech)
  const active = all.filter((power) => power > least)
  return Math.sqrt(active.reduce((sum, power) => sum + power, 0) / Math.max(1, active.length))
}

/** 1 for each 10 ms frame of a clean utterance that holds speech, by its energy alone. */
export function speechFrames(samples: Float32Array, rule: LabelRule): Uint8Array {
  const all = powers(samples)
  const least = leastPower(all, rule)
  const speech = new Uint8Array(all.length)
  let run = 0
  let last = -Infinity
  for (let i = 0; i < all.length; i++) {
    run = (all[i] ?? 0) > least ? run + 1 : 0
    if (run < rule.leastFrames) continue
    const start = i + 1 - run
    speech.fill(1, start - last <= bridgeFrames ? last : start, i + 1)
    last = i
  }
  return speech
}

const frame = 160
/** A frame this much under the loud ones of its utterance is no speech. */
const rangeDb = 35
/** Pauses inside speech up to here belong to it: the closures of plosives. */
const bridgeFrames = 15

function powers(samples: Float32Array): Float64Array {
  return Float64Array.from({ length: Math.floor(samples.length / frame) }, (_, i) => {
    let sum = 0
    for (let k = i * frame; k < (i + 1) * frame; k++) sum += (samples[k] ?? 0) ** 2
    return sum / frame
  })
}

/** Power of the loud frames: the 95th of a hundred. */
function loudPower(of: Float64Array): number {
  return of.toSorted()[Math.floor(0.95 * of.length)] ?? 0
}

/** Root mean square over the frames with speech. */
export function activeRms(samples: Float32Array): number {
  const all = powers(samples)
  const least = loudPower(all) * 10 ** (-rangeDb / 10)
  const active = all.filter((power) => power > least)
  return Math.sqrt(active.reduce((sum, power) => sum + power, 0) / Math.max(1, active.length))
}

/** 1 for each 10 ms frame of a clean utterance that holds speech, by its energy alone. */
export function speechFrames(samples: Float32Array): Uint8Array {
  const all = powers(samples)
  const least = loudPower(all) * 10 ** (-rangeDb / 10)
  const speech = Uint8Array.from(all, (power) => (power > least ? 1 : 0))
  let last = -Infinity
  for (let i = 0; i < speech.length; i++) {
    if (speech[i] !== 1) continue
    if (i - last <= bridgeFrames) speech.fill(1, last, i)
    last = i
  }
  return speech
}

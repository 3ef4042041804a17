/** Settings of the detector that follow the session. */
export interface VoiceActivityOptions {
  /** Hz of the samples. */
  readonly rate: number
  /** Silence that ends speech. */
  readonly silenceMs: number
  readonly prefixPaddingMs: number
  /** 0 to 1; the level that counts as speech grows with it. */
  readonly threshold: number
}

/** Speech began or ended; times in ms of all sound of the session. */
export type VoiceActivity =
  | { readonly kind: 'started'; readonly atMs: number }
  | { readonly kind: 'stopped'; readonly atMs: number }

/** Detector by energy: two levels, so that it does not flutter, on blocks of 20 ms. */
export interface VoiceActivityDetector {
  process(samples: Int16Array, options: VoiceActivityOptions): readonly VoiceActivity[]
  readonly speaking: boolean
  reset(): void
}

const blockMs = 20
/** Speech needs this many loud blocks in a row: a click is none. */
const onsetBlocks = 2
/** The lower level, as a share of the upper one. */
const hysteresis = 0.5

/** A detector that has heard nothing. */
export function createVoiceActivity(): VoiceActivityDetector {
  let rest: Int16Array = new Int16Array(0)
  let heardMs = 0
  let loudBlocks = 0
  let quietMs = 0
  let speaking = false

  function block(samples: Int16Array, options: VoiceActivityOptions): VoiceActivity | undefined {
    heardMs += blockMs
    const upper = 200 + 600 * options.threshold
    const level = rms(samples)
    if (!speaking) {
      loudBlocks = level >= upper ? loudBlocks + 1 : 0
      if (loudBlocks < onsetBlocks) return undefined
      speaking = true
      quietMs = 0
      return {
        kind: 'started',
        atMs: Math.max(0, heardMs - onsetBlocks * blockMs - options.prefixPaddingMs),
      }
    }
    quietMs = level < upper * hysteresis ? quietMs + blockMs : 0
    if (quietMs < Math.max(blockMs, options.silenceMs)) return undefined
    speaking = false
    loudBlocks = 0
    return { kind: 'stopped', atMs: heardMs }
  }

  return {
    get speaking() {
      return speaking
    },
    process(samples, options) {
      const size = Math.round((options.rate * blockMs) / 1000)
      const all = new Int16Array(rest.length + samples.length)
      all.set(rest)
      all.set(samples, rest.length)
      const events: VoiceActivity[] = []
      let from = 0
      for (; from + size <= all.length; from += size) {
        const event = block(all.subarray(from, from + size), options)
        if (event !== undefined) events.push(event)
      }
      rest = all.slice(from)
      return events
    },
    reset() {
      rest = new Int16Array(0)
      loudBlocks = 0
      quietMs = 0
      speaking = false
    },
  }
}

function rms(samples: Int16Array): number {
  let sum = 0
  for (const sample of samples) sum += sample * sample
  return Math.sqrt(sum / Math.max(1, samples.length))
}

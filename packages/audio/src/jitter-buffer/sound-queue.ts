import { findPeriod, longestLag } from './pitch.ts'

/** Sound that is ready to be played, with a little of what was played before it. */
export interface SoundQueue {
  /** Samples ready. */
  readonly length: number
  push(samples: Float32Array): void
  /** Takes the first `output.length` samples, or fewer; gives how many. */
  shiftInto(output: Float32Array): number
  /**
   * Plays the first pitch period once more, faded into itself. Gives the samples that were added: 0 where there is not
   * enough sound, or where it does not repeat by at least `likeness`.
   */
  lengthen(likeness: number): number
  /** Leaves a pitch period out, of at most `longest` samples. Gives the samples that were left out, perhaps 0. */
  shorten(likeness: number, longest: number): number
  clear(): void
}

/** Below this mean square nobody hears what is left out or repeated. */
const quietPower = 1e-6

/** A queue that remembers a little of what was played. */
export function createSoundQueue(sampleRate: number): SoundQueue {
  const longestPeriod = longestLag(sampleRate)
  const shortestFade = Math.round(sampleRate / 500)
  /** Samples kept before `start`: a period, and one to compare it with. */
  const historySamples = 2 * longestPeriod
  let memory = new Float32Array(sampleRate)
  let start = historySamples
  let end = historySamples

  function makeRoom(samples: number): void {
    if (end + samples <= memory.length) return
    const kept = memory.subarray(start - historySamples, end)
    const target =
      kept.length + samples > memory.length ? new Float32Array(2 * (kept.length + samples)) : memory
    target.set(kept)
    memory = target
    end -= start - historySamples
    start = historySamples
  }

  const isQuiet = (from: number, to: number): boolean => {
    let power = 0
    for (let i = from; i < to; i++) power += (memory[i] ?? 0) ** 2
    return power <= quietPower * (to - from)
  }

  /** How far on the sound repeats what was played last, if it does so well enough. */
  function periodBefore(likeness: number): number {
    const at = Math.min(start, end - longestPeriod)
    // Half the longest period at least: high voices then gain several periods at once.
    const shortest = longestPeriod >> 1
    const search = { at, window: longestPeriod, sampleRate, direction: 'earlier', shortest } as const
    const period = findPeriod(memory.subarray(0, end), search)
    if (period === undefined) return 0
    return period.likeness >= likeness || isQuiet(at - period.lag, end) ? period.lag : 0
  }

  /** How far on the sound that comes next repeats itself, if it does so well enough. */
  function periodAhead({ likeness, longest }: { likeness: number; longest: number }): number {
    const window = Math.min(longestPeriod, (end - start) >> 1)
    const period = findPeriod(memory.subarray(0, end), {
      at: start,
      window,
      sampleRate,
      direction: 'later',
      longest: Math.min(longest, window),
    })
    if (period === undefined) return 0
    return period.likeness >= likeness || isQuiet(start, start + window + period.lag) ? period.lag : 0
  }

  return {
    get length() {
      return end - start
    },
    push(samples) {
      makeRoom(samples.length)
      memory.set(samples, end)
      end += samples.length
    },
    shiftInto(output) {
      const count = Math.min(output.length, end - start)
      output.set(memory.subarray(start, start + count))
      start += count
      return count
    },
    lengthen(likeness) {
      const lag = end - start < shortestFade ? 0 : periodBefore(likeness)
      if (lag === 0) return 0
      const fade = Math.min(lag, end - start)
      makeRoom(lag)
      // What comes next fades into what was played one period earlier; then it comes again from its beginning.
      memory.copyWithin(start + lag, start, end)
      for (let i = 0; i < lag; i++) {
        const weight = i < fade ? 0.5 - 0.5 * Math.cos((Math.PI * (i + 0.5)) / fade) : 1
        memory[start + i] =
          (memory[start + lag + i] ?? 0) * (1 - weight) + (memory[start - lag + i] ?? 0) * weight
      }
      end += lag
      return lag
    },
    shorten(likeness, longest) {
      const lag = periodAhead({ likeness, longest })
      if (lag === 0) return 0
      for (let i = 0; i < lag; i++) {
        const weight = 0.5 - 0.5 * Math.cos((Math.PI * (i + 0.5)) / lag)
        memory[start + i] = (memory[start + i] ?? 0) * (1 - weight) + (memory[start + lag + i] ?? 0) * weight
      }
      memory.copyWithin(start + lag, start + 2 * lag, end)
      end -= lag
      return lag
    },
    clear() {
      memory.fill(0)
      start = historySamples
      end = historySamples
    },
  }
}

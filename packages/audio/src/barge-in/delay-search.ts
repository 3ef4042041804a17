/** Finds by how much, and how smeared by the room, one signal follows another in its band energies. */
export interface DelaySearch {
  /** Takes the energies of the next 10 ms of both signals. */
  step(played: Float64Array, near: Float64Array): void
  /** Writes the energies of what was played as they arrive now, at gain 1; the loudest possible until it is known. */
  expected(energies: Float64Array): void
  /** Writes the mean energy of the microphone against that of what is played, on the way that was found. */
  ratios(gains: Float64Array): void
  /** Counts the ways that were found. */
  readonly found: number
  /** How well the two go together on the way that was found, or on the best one until then, in [0, 1]. */
  readonly correlation: number
  /** `undefined` until it is known. */
  readonly delayMs: number | undefined
  reset(): void
}

/** Delays that are tried: 0 to 600 ms in frames. */
const delays = 61
/** What a frame keeps of the energy before it, from no room at all to a reverberation of 0.8 s. */
const decays = [0, 0.45, 0.65, 0.78, 0.86] as const
/** Frames over which is learned, and after which it is first believed. */
const memoryFrames = 500
const firstFrames = 180
/** Correlation from which a delay is believed. */
const leastCorrelation = 0.6
/** A new delay must be better by so much. */
const switchMargin = 0.02
/** Frames between two looks at all delays, the first of them for what goes together at all. */
const firstLooks = 2
const laterLooks = 10
/** Played frames for which a way is remembered: a player starts each answer a little earlier or later. */
const rememberedFrames = 3000
/** Levels so far under the mean energy are as good as silence (a ratio): 25 dB. */
const floorRatio = 0.003
/** The same before the mean is known (energy of a band): about -60 dBFS. */
const floor = 1e-4
const tiny = 1e-12

/** One way from the player to the microphone. */
interface Path {
  readonly decay: number
  readonly delay: number
}

/** Creates a search over frames of 10 ms with `bands` bands. */
export function createDelaySearch(bands: number): DelaySearch {
  const energies = decays.map(() => rings(bands))
  const levels = decays.map(() => rings(bands))
  const means = decays.map(() => new Float64Array(bands))
  const products = decays.map(() => new Float64Array(delays))
  const squares = decays.map(() => new Float64Array(delays))
  const powers = decays.map(() => new Float64Array(bands))
  const nearPower = new Float64Array(bands)
  const nearMean = new Float64Array(bands)
  const nearLevel = new Float64Array(bands)
  let nearSquares = 0
  let head = 0
  let compared = 0
  let found = 0
  let active = 0
  let correlation = 0
  let best: Path | undefined
  /** Delays found lately, with the frame until which they may come again. */
  let recent: { readonly delay: number; readonly until: number }[] = []

  const slot = (delay: number): number => (head - delay + delays) % delays

  function remember(played: Float64Array): void {
    const before = head
    head = (head + 1) % delays
    for (let decay = 0; decay < decays.length; decay += 1) {
      const keep = decays[decay] ?? 0
      const last = energies[decay]?.[before]
      const now = energies[decay]?.[head]
      const level = levels[decay]?.[head]
      const power = powers[decay]
      if (!last || !now || !level || !power) continue
      for (let band = 0; band < bands; band += 1) {
        const energy = (last[band] ?? 0) * keep + (played[band] ?? 0)
        now[band] = energy
        level[band] = Math.log(energy + floorRatio * (power[band] ?? 0) + floor)
      }
    }
  }

  function compare(near: Float64Array): void {
    const rate = 1 / Math.min(compared + 1, memoryFrames)
    compared += 1
    nearSquares *= 1 - rate
    for (let decay = 0; decay < decays.length; decay += 1) {
      const mean = means[decay]
      const power = powers[decay]
      const now = energies[decay]?.[head]
      const level = levels[decay]?.[head]
      if (!mean || !power || !now || !level) continue
      for (let band = 0; band < bands; band += 1) {
        mean[band] = (mean[band] ?? 0) + rate * ((level[band] ?? 0) - (mean[band] ?? 0))
        power[band] = (power[band] ?? 0) + rate * ((now[band] ?? 0) - (power[band] ?? 0))
      }
    }
    for (let band = 0; band < bands; band += 1) {
      const energy = near[band] ?? 0
      nearPower[band] = (nearPower[band] ?? 0) + rate * (energy - (nearPower[band] ?? 0))
      const log = Math.log(energy + floorRatio * (nearPower[band] ?? 0) + floor)
      nearMean[band] = (nearMean[band] ?? 0) + rate * (log - (nearMean[band] ?? 0))
      nearLevel[band] = log - (nearMean[band] ?? 0)
      nearSquares += rate * (nearLevel[band] ?? 0) ** 2
    }
    for (let decay = 0; decay < decays.length; decay += 1) {
      const product = products[decay]
      const square = squares[decay]
      const mean = means[decay]
      if (!product || !square || !mean) continue
      for (let delay = 0; delay < delays; delay += 1) {
        const level = levels[decay]?.[slot(delay)]
        if (!level) continue
        let along = 0
        let own = 0
        for (let band = 0; band < bands; band += 1) {
          const value = (level[band] ?? 0) - (mean[band] ?? 0)
          along += value * (nearLevel[band] ?? 0)
          own += value * value
        }
        product[delay] = (product[delay] ?? 0) * (1 - rate) + rate * along
        square[delay] = (square[delay] ?? 0) * (1 - rate) + rate * own
      }
    }
  }

  function correlationOf({ decay, delay }: Path): number {
    const product = products[decay]?.[delay] ?? 0
    const square = squares[decay]?.[delay] ?? 0
    return product <= 0 ? 0 : product / Math.sqrt(square * nearSquares + tiny)
  }

  function look(): void {
    let better: Path = best ?? { decay: 0, delay: 0 }
    let most = best ? correlationOf(best) + switchMargin : 0
    for (let decay = 0; decay < decays.length; decay += 1) {
      for (let delay = 0; delay < delays; delay += 1) {
        const value = correlationOf({ decay, delay })
        if (value <= most) continue
        most = value
        better = { decay, delay }
      }
    }
    correlation = correlationOf(better)
    if (compared < firstFrames || compared % laterLooks > 0 || correlation < leastCorrelation) return
    if (better.decay === best?.decay && better.delay === best.delay) return
    best = better
    found += 1
    recent.push({ delay: better.delay, until: compared + rememberedFrames })
  }

  /** The shortest and the longest delay to reckon with, with a frame on either side: no way is whole frames long. */
  function reckoned(): readonly [number, number] {
    if (!best) return [0, delays - 1]
    recent = recent.filter(({ delay, until }) => until > compared || delay === best?.delay)
    const known = recent.map(({ delay }) => delay)
    return [Math.max(0, Math.min(...known) - 1), Math.min(delays - 1, Math.max(...known) + 1)]
  }

  return {
    step(played, near) {
      let sounding = false
      for (let band = 0; band < bands && !sounding; band += 1) sounding = (played[band] ?? 0) > 1e-6
      // After the last sound its echo is still to come; after that all that is remembered is silence.
      active = sounding ? 2 * delays : Math.max(0, active - 1)
      if (active === 0) return
      remember(played)
      compare(near)
      if (compared % (best ? laterLooks : firstLooks) === 0) look()
    },
    expected(target) {
      target.fill(0)
      const decay = best?.decay ?? 2
      const [from, to] = reckoned()
      for (let delay = from; delay <= to; delay += 1) {
        const energy = energies[decay]?.[slot(delay)]
        if (!energy) continue
        for (let band = 0; band < bands; band += 1)
          target[band] = Math.max(target[band] ?? 0, energy[band] ?? 0)
      }
    },
    ratios(gains) {
      const power = powers[best?.decay ?? 0]
      for (let band = 0; band < bands; band += 1)
        gains[band] = ((nearPower[band] ?? 0) + tiny) / ((power?.[band] ?? 0) + tiny)
    },
    get found() {
      return found
    },
    get correlation() {
      return correlation
    },
    get delayMs() {
      return best && best.delay * 10
    },
    reset() {
      for (const list of [energies, levels].flat(2)) list.fill(0)
      for (const list of [...means, ...powers, ...products, ...squares, nearMean, nearPower]) list.fill(0)
      nearSquares = 0
      compared = 0
      found = 0
      active = 0
      correlation = 0
      best = undefined
      recent = []
    },
  }
}

function rings(bands: number): readonly Float64Array[] {
  return Array.from({ length: delays }, () => new Float64Array(bands))
}

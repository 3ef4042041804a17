import { firstSearchBin, type EchoLayout } from './echo-layout.ts'
import type { SpectralKernels } from './spectral-kernels.ts'

/** Finds how many frames the echo comes after the loudspeaker. */
export interface DelaySearch {
  /**
   * Takes the spectra of a frame, gives the lag in frames at which the echo path begins, or undefined as long as it is
   * not sure.
   */
  process(far: number, near: number): number | undefined
  reset(): void
}

/** Memory of the cross spectra: 1 s. */
const keep = 0.99
/** Memory of the spectra that whiten. */
const whiteningKeep = 0.95
/** Power of a bin under which there is nothing to hear. */
const silentPower = 1e-6
/** A lag counts when it has this share of the best one's score, and the best one this many times the mean. */
const earlyShare = 0.4
const clearRatio = 3
/** Frames with sound in which the same lag must win, at first and against another one. */
const framesToBelieve = 20
const framesToChange = 60

/**
 * Cross spectra of the whitened signals, averaged over a second, for every lag of whole frames: the lag with the most
 * power in them is where the echo is, whatever is said near the microphone.
 */
export function createDelaySearch(kernels: SpectralKernels, layout: EchoLayout): DelaySearch {
  const { search: ring, searchNear, cross, scores } = layout
  const searchBins = ring.stride / 2
  const farPower = new Float64Array(searchBins)
  const nearPower = new Float64Array(searchBins)
  let row = 0
  let candidate = -1
  let agreed = 0
  let found = false

  /** Writes the spectrum over its own mean; gives whether there is sound in it. */
  function whiten(from: number, to: number, power: Float64Array): boolean {
    const cells = kernels.cells()
    let heard = 0
    for (let k = 0; k < searchBins; k++) {
      const at = from + 2 * (firstSearchBin + k)
      const re = cells[at] ?? 0
      const im = cells[at + 1] ?? 0
      const now = re * re + im * im
      const mean = Math.max(whiteningKeep * (power[k] ?? 0) + (1 - whiteningKeep) * now, silentPower)
      power[k] = mean
      heard += now
      // No more than 1 at an onset, so that a pause does not make what follows it count more.
      const factor = 1 / Math.sqrt(Math.max(mean, now))
      cells[to + 2 * k] = re * factor
      cells[to + 2 * k + 1] = im * factor
    }
    return heard > 10 * silentPower * searchBins
  }

  function best(): number {
    const cells = kernels.cells()
    let peak = 0
    let sum = 0
    for (let lag = 0; lag < ring.slots; lag++) {
      const score = cells[scores + lag] ?? 0
      sum += score
      if (score > peak) peak = score
    }
    if (!(peak > (clearRatio * sum) / ring.slots)) return -1
    for (let lag = 0; lag < ring.slots; lag++) {
      if ((cells[scores + lag] ?? 0) >= earlyShare * peak) return lag
    }
    return -1
  }

  return {
    process(far, near) {
      row = (row + ring.slots - 1) % ring.slots
      const heard = whiten(far, ring.at + row * ring.stride, farPower)
      whiten(near, searchNear, nearPower)
      if (!heard) return undefined
      kernels.correlate({ ring, row, near: searchNear, cross, scores, keep })
      const lag = best()
      const agrees = lag >= 0 && Math.abs(lag - candidate) <= 1
      agreed = agrees ? agreed + 1 : 0
      candidate = lag
      if (agreed < (found ? framesToChange : framesToBelieve)) return undefined
      found = true
      return lag
    },
    reset() {
      farPower.fill(0)
      nearPower.fill(0)
      row = 0
      candidate = -1
      agreed = 0
      found = false
    },
  }
}

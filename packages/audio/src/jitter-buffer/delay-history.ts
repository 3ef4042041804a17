/** What the recent packets took to come: arrival minus timestamp, in ms on a clock of unknown zero. */
export interface DelayHistory {
  readonly count: number
  add(delayMs: number): void
  /** The delay that the share `part` of the packets kept to. 0 without packets. */
  quantile(part: number): number
  /** Share of the packets that took longer. */
  shareAbove(delayMs: number): number
  mean(): number
  clear(): void
}

/** Packets after which the order is made anew. */
const sortedEvery = 16

/** Remembers the last `capacity` packets. */
export function createDelayHistory(capacity: number): DelayHistory {
  const recent = new Float64Array(capacity)
  const sorted = new Float64Array(capacity)
  let added = 0
  let age = sortedEvery
  let known = 0

  function inOrder(): Float64Array {
    const isOld = age >= sortedEvery || added < sortedEvery
    if (isOld) known = Math.min(added, capacity)
    const view = sorted.subarray(0, known)
    if (isOld) {
      view.set(recent.subarray(0, view.length))
      view.sort()
      age = 0
    }
    return view
  }

  return {
    get count() {
      return Math.min(added, capacity)
    },
    add(delayMs) {
      recent[added % capacity] = delayMs
      added++
      age++
    },
    quantile(part) {
      const values = inOrder()
      return values[Math.min(values.length - 1, Math.floor(part * values.length))] ?? 0
    },
    shareAbove(delayMs) {
      const values = inOrder()
      let low = 0
      let high = values.length
      while (low < high) {
        const middle = (low + high) >> 1
        if ((values[middle] ?? 0) > delayMs) high = middle
        else low = middle + 1
      }
      return values.length === 0 ? 0 : 1 - low / values.length
    },
    mean() {
      const values = inOrder()
      return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
    },
    clear() {
      added = 0
      age = sortedEvery
    },
  }
}

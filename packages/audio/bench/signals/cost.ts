import { medianOf } from '../echo/score.ts'

/** Processor time of a round: the clock behind it is coarse. */
const roundUs = 50_000

/** Microseconds of processor time that 10 ms of `sound` take: others on the machine count less than with a clock. */
export function usForTenMs(
  sound: Float32Array,
  sampleRate: number,
  pass: (sound: Float32Array) => unknown,
): number {
  const frames = (100 * sound.length) / sampleRate
  const times = Array.from({ length: 6 }, () => {
    const before = process.threadCpuUsage()
    for (let passes = 1; ; passes++) {
      pass(sound)
      const { user, system } = process.threadCpuUsage(before)
      if (user + system >= roundUs) return (user + system) / frames / passes
    }
  })
  // The first round compiles.
  return medianOf(times.slice(1))
}

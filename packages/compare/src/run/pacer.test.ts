import { describe, expect, it } from 'vitest'
import { createVirtualClock } from './__fixtures__/virtual-clock.ts'
import { pace } from './pacer.ts'

/** When frames come if handling frame `n` takes `workMs(n)`. */
async function framesOf(count: number, workMs: (frame: number) => number) {
  const clock = createVirtualClock()
  const ending = new AbortController()
  const frames: { at: number; lateMs: number }[] = []
  let busyUntil = 0
  const ports = {
    now: () => clock.now(),
    waitUntil: (at: number, signal: AbortSignal) => clock.waitUntil(Math.max(at, busyUntil), signal),
  }
  await clock.run(
    pace(ports, ending.signal, (lateMs) => {
      frames.push({ at: clock.now(), lateMs })
      busyUntil = clock.now() + workMs(frames.length)
      if (frames.length === count) ending.abort()
    }),
  )
  return frames
}

describe('frames of sound', () => {
  it('come each 20 ms on the grid of the clock, however long they take', async () => {
    const frames = await framesOf(100, (frame) => frame % 19)
    expect(frames.map(({ at }) => at)).toEqual(frames.map((_, i) => 1020 + 20 * i))
    expect(frames.every(({ lateMs }) => lateMs === 0)).toBe(true)
  })

  it('that are late follow each other at half the time until they have caught up', async () => {
    const frames = await framesOf(12, (frame) => (frame === 2 ? 105 : 0))
    const [, second, ...rest] = frames
    expect(second?.at).toBe(1040)
    expect(rest.map(({ at }) => at)).toEqual([1145, 1155, 1165, 1175, 1185, 1195, 1205, 1215, 1225, 1240])
    expect(rest.map(({ lateMs }) => lateMs)).toEqual([85, 75, 65, 55, 45, 35, 25, 15, 5, 0])
  })

  it('do not catch up a sleep of the machine', async () => {
    const frames = await framesOf(4, (frame) => (frame === 2 ? 60_003 : 0))
    expect(frames.map(({ at }) => at)).toEqual([1020, 1040, 61_043, 61_060])
    expect(frames[2]?.lateMs).toBe(59_983)
  })
})

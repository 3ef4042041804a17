import { describe, expect, it } from 'vitest'
import { createFrameCount } from './frame-count.ts'

describe('a count of received frames', () => {
  it('gives the frame of an event, and with it the refused frames that follow', () => {
    const count = createFrameCount(0)
    for (const held of [1, 0, 0, 1, 1]) count.add(held)
    expect(count.frames).toBe(5)
    expect([0, 1, 2, 3].map((events) => count.framesOf(events))).toEqual([0, 3, 4, 5])
  })

  it('counts refused frames ahead of the first event', () => {
    const count = createFrameCount(0)
    for (const held of [0, 1]) count.add(held)
    expect([0, 1].map((events) => count.framesOf(events))).toEqual([1, 2])
  })

  it('counts a frame of several events when the last of them is there', () => {
    const count = createFrameCount(0)
    for (const held of [1, 3, 1]) count.add(held)
    expect([0, 1, 2, 3, 4, 5].map((events) => count.framesOf(events))).toEqual([0, 1, 1, 1, 2, 3])
  })

  it('goes on after the frames of another process', () => {
    const count = createFrameCount(40)
    expect(count.framesOf(0)).toBe(40)
    count.add(1)
    expect(count.framesOf(1)).toBe(41)
  })
})

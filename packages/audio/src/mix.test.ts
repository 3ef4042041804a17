import { describe, expect, it } from 'vitest'
import { mixDown, mixInto } from './mix.ts'

describe('mixInto', () => {
  it('adds at its place, and leaves out what has none', () => {
    const sum = Int16Array.of(1, 2, 3)
    mixInto(sum, Int16Array.of(10, 20, 30), 2)
    mixInto(sum, Int16Array.of(100, 200), -1)
    expect([...sum]).toEqual([201, 2, 13])
  })

  it('clamps at full scale', () => {
    const sum = Int16Array.of(32_000, -32_000)
    mixInto(sum, Int16Array.of(1000, -1000), 0)
    expect([...sum]).toEqual([32_767, -32_768])
  })
})

describe('mixDown', () => {
  it('is the mean of the channels', () => {
    expect([...mixDown([Float32Array.of(1, 0), Float32Array.of(0, 0.5)])]).toEqual([0.5, 0.25])
  })

  it('copies a single channel', () => {
    const channel = Float32Array.of(0.25)
    mixDown([channel]).fill(0)
    expect([...channel]).toEqual([0.25])
    expect(mixDown([])).toHaveLength(0)
  })
})

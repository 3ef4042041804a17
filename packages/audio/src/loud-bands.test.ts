import { describe, expect, it } from 'vitest'
import { createLoudBands, createLoudWindows, meanSquareIn, reachesLevel } from './loud-bands.ts'

const sampleRate = 24_000
const perMs = sampleRate / 1000

/** A square wave, whose level is that of its magnitude. */
function wave(ms: number, magnitude: number): Int16Array {
  return Int16Array.from({ length: ms * perMs }, (_, i) => (i % 48 < 24 ? magnitude : -magnitude))
}

const speech = Int16Array.of(...wave(123, 0), ...wave(456, 8000), ...wave(250, 0), ...wave(50, 8000))

function bandsOf(chunks: readonly Int16Array[], joinMs: number): readonly (readonly [number, number])[] {
  const found = createLoudBands({ sampleRate, dbfs: -45, joinMs })
  for (const chunk of chunks) found.push(chunk)
  return found.bands.map(({ from, to }) => [from / perMs, to / perMs])
}

describe('loud bands', () => {
  it('begin and end with the first and last loud sample, off the grid too', () => {
    expect(bandsOf([speech], 200)).toEqual([
      [123, 579],
      [829, 879],
    ])
  })

  it('are joined over less quiet than said', () => {
    expect(bandsOf([speech], 251)).toEqual([[123, 879]])
  })

  it('are the same for any chunking', () => {
    const chunks = [speech.subarray(0, 3001), speech.subarray(3001, 3002), speech.subarray(3002)]
    expect(bandsOf(chunks, 200)).toEqual(bandsOf([speech], 200))
  })

  it('leave out a click, which is loud for too short', () => {
    const click = new Int16Array(2400)
    click[1000] = 1000
    expect(bandsOf([click], 200)).toEqual([])
  })

  it('tell a window as soon as it is certain', () => {
    const edges: number[] = []
    createLoudWindows({ sampleRate, dbfs: -45 }).push(wave(2, 30_000), ({ to }) => edges.push(to))
    expect(edges[0]).toBe(1)
  })
})

describe('levels in 16 bits', () => {
  it('reach -45 dBFS at 184.3', () => {
    expect(reachesLevel(wave(20, 185), -45)).toBe(true)
    expect(reachesLevel(wave(20, 184), -45)).toBe(false)
  })

  it('are measured where bands are', () => {
    const samples = Int16Array.of(100, 100, 7, 7, 200, 9)
    expect(
      meanSquareIn(samples, [
        { from: 0, to: 2 },
        { from: 4, to: 5 },
      ]),
    ).toBe(20_000)
    expect(meanSquareIn(samples, [])).toBe(0)
  })
})

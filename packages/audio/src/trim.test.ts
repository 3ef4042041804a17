import { describe, expect, it } from 'vitest'
import { createStartTrimmer, trimQuiet, trimQuietWindows } from './trim.ts'

/** A square wave, whose level is that of its magnitude. */
function wave(length: number, magnitude: number): Int16Array {
  return Int16Array.from({ length }, (_, index) => (index % 2 === 0 ? magnitude : -magnitude))
}

describe('trimQuietWindows', () => {
  const options = { sampleRate: 24_000, dbfs: -45 }

  it('keeps what lies between the first and the last window of 10 ms that is loud enough', () => {
    const sound = new Int16Array(2400)
    sound.set(wave(480, 5000), 480)
    sound.set(wave(240, 5000), 1440)
    expect(trimQuietWindows(sound, options)).toEqual(sound.subarray(480, 1680))
  })

  it('leaves sound alone that is quiet all through', () => {
    const silence = new Int16Array(480)
    expect(trimQuietWindows(silence, options)).toBe(silence)
  })
})

describe('trimQuiet', () => {
  const options = { amplitude: 104, keptSamples: 2 }

  it('keeps a little quiet around what is heard', () => {
    const sound = Int16Array.of(0, 0, 0, 104, 0, -105, 0, 0, 0)
    expect([...trimQuiet(sound, options)]).toEqual([0, 0, 104, 0, -105, 0])
  })

  it('has only what there is', () => {
    expect([...trimQuiet(Int16Array.of(0, 104), options)]).toEqual([0, 104])
    expect([...trimQuiet(Int16Array.of(103, -103), options)]).toEqual([103, -103])
  })
})

describe('createStartTrimmer', () => {
  it('drops quiet until something is heard, and nothing after', () => {
    const trim = createStartTrimmer({ amplitude: 0.25, keptSamples: 1 })
    expect([...trim(Float32Array.of(0, 0.125))]).toEqual([])
    expect([...trim(Float32Array.of(0, 0.125, -0.5, 0))]).toEqual([0.125, -0.5, 0])
    expect([...trim(Float32Array.of(0, 0))]).toEqual([0, 0])
  })
})

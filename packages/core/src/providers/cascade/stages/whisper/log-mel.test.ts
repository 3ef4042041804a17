import { describe, expect, it } from 'vitest'

import { melBands } from '@parley/audio/turns'
import { melFrames, whisperFeatures } from './log-mel.ts'

const tone = (hertz: number, seconds: number, level = 0.5): Float32Array =>
  Float32Array.from(
    { length: seconds * 16_000 },
    (_, index) => level * Math.sin((2 * Math.PI * hertz * index) / 16_000),
  )

const loudestOf = (values: Float32Array): number => values.reduce((most, value) => Math.max(most, value))

function loudestBand(mel: Float32Array, frame: number): number {
  const column = Array.from({ length: melBands }, (_, band) => mel[band * melFrames + frame] ?? 0)
  return column.indexOf(Math.max(...column))
}

describe('the spectrogram for Whisper', () => {
  it('is flat for silence, at the lowest value there is', () => {
    expect(new Set(whisperFeatures(new Float32Array(16_000)))).toEqual(new Set([-1.5]))
  })

  it('puts a tone into the band of its pitch', () => {
    // Bands are 37 Hz wide below 1 kHz, whose centre lies at band 26 of 80.
    expect(loudestBand(whisperFeatures(tone(1_000, 1)), 50)).toBe(26)
    expect(loudestBand(whisperFeatures(tone(200, 1)), 50)).toBe(4)
    expect(loudestBand(whisperFeatures(tone(7_500, 1)), 50)).toBe(78)
  })

  it('begins and ends with the sound, and spans two of its units at most', () => {
    const mel = whisperFeatures(tone(1_000, 1))
    const row = mel.subarray(26 * melFrames, 27 * melFrames)
    expect(row[2]).toBeCloseTo(row[50] ?? 0, 1)
    expect(row[97]).toBeCloseTo(row[50] ?? 0, 1)
    expect(row[103]).toBeCloseTo(loudestOf(mel) - 2, 5)
    expect(mel).toHaveLength(melBands * melFrames)
  })

  it('falls by a quarter of a unit for a tenth of the power', () => {
    const loud = loudestOf(whisperFeatures(tone(1_000, 1)))
    const quiet = loudestOf(whisperFeatures(tone(1_000, 1, 0.5 / Math.sqrt(10))))
    expect(loud - quiet).toBeCloseTo(0.25, 3)
  })
})

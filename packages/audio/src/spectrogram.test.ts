import { describe, expect, it } from 'vitest'
import { createSpectrogram } from './spectrogram.ts'
import { tone } from './signals/tone.ts'
import { describeLaws } from './testing/laws.ts'
import { processorLaws } from './testing/processor-laws.ts'
import { noise } from './testing/signals.ts'
import { createWaveform } from './waveform.ts'

const make = () => createSpectrogram({ windowSamples: 512, hopSamples: 160, bands: 128 })
const input = noise({ seed: 3, length: 3000 })

describeLaws('createSpectrogram', processorLaws(input), make)

describe('createSpectrogram', () => {
  it('shows a tone in its band, at its level', () => {
    const columns = make().process(tone({ frequency: 2000, sampleRate: 16_000, length: 16_000 }))
    expect(columns).toHaveLength(100)
    const column = columns[50] ?? new Float32Array(0)
    const loudest = Math.max(...column)
    // 2 kHz is the last bin of band 31.
    expect(column.indexOf(loudest)).toBe(31)
    expect(loudest).toBeCloseTo(-9.03, 1)
  })

  it('refuses bands that do not divide the spectrum', () => {
    expect(() => createSpectrogram({ windowSamples: 512, hopSamples: 160, bands: 100 })).toThrow(RangeError)
  })
})

describe('createWaveform', () => {
  it('has the lowest and the highest sample of each bin', () => {
    const waveform = createWaveform(3)
    expect(waveform.process(Float32Array.of(0.5, -0.25, 0, 0.75))).toEqual([Float32Array.of(-0.25, 0.5)])
    expect(waveform.process(Float32Array.of(1, 0.5))).toEqual([Float32Array.of(0, 1)])
    expect(waveform.process(Float32Array.of(1))).toEqual([])
  })
})

describeLaws('createWaveform', processorLaws(input), () => createWaveform(80))

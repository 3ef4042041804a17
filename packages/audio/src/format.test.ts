import { describe, expect, it } from 'vitest'
import {
  byteLengthOf,
  bytesPerSample,
  durationMs,
  isSameFormat,
  sampleRateOf,
  type AudioFormat,
} from './format.ts'

const pcm24: AudioFormat = { type: 'audio/pcm', rate: 24_000 }
const formats: readonly (readonly [AudioFormat, number, number, number])[] = [
  [pcm24, 24_000, 2, 960],
  [{ type: 'audio/pcm', rate: 44_100 }, 44_100, 2, 1764],
  [{ type: 'audio/pcmu' }, 8000, 1, 160],
  [{ type: 'audio/pcma' }, 8000, 1, 160],
]

describe('format', () => {
  it.each(formats)('knows rate, sample size and the bytes of 20 ms of %j', (format, rate, size, bytes) => {
    expect(sampleRateOf(format)).toBe(rate)
    expect(bytesPerSample(format)).toBe(size)
    expect(byteLengthOf(format, 20)).toBe(bytes)
    expect(durationMs(format, bytes)).toBe(20)
  })

  it('rounds a length in bytes to whole samples', () => {
    expect(byteLengthOf({ type: 'audio/pcm', rate: 44_100 }, 0.1)).toBe(8)
  })

  it('tells formats apart by type and rate', () => {
    expect(isSameFormat(pcm24, { type: 'audio/pcm', rate: 24_000 })).toBe(true)
    expect(isSameFormat(pcm24, { type: 'audio/pcm', rate: 16_000 })).toBe(false)
    expect(isSameFormat({ type: 'audio/pcmu' }, { type: 'audio/pcma' })).toBe(false)
  })
})

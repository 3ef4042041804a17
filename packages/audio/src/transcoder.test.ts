import { describe, expect, it } from 'vitest'
import type { AudioFormat } from './format.ts'
import { aLaw, muLaw } from './g711.ts'
import { float32ToPcm16, pcm16ToFloat32 } from './pcm.ts'
import { describeLaws, fitTone, noise, processorLaws, tone } from './testing/index.ts'
import { createTranscoder } from './transcoder.ts'

const pcm = (rate: number): AudioFormat => ({ type: 'audio/pcm', rate })
const pcmu: AudioFormat = { type: 'audio/pcmu' }
const pcma: AudioFormat = { type: 'audio/pcma' }

function convert(from: AudioFormat, to: AudioFormat, input: Uint8Array): Uint8Array {
  const transcoder = createTranscoder(from, to)
  const parts = [...transcoder.process(input), ...transcoder.flush()]
  return Uint8Array.from(parts.flatMap((part) => [...part]))
}

const bytes = float32ToPcm16(noise({ seed: 5, length: 3000 }))
for (const [from, to] of [
  [pcm(24_000), pcm(16_000)],
  [pcm(24_000), pcmu],
  [pcma, pcm(24_000)],
  [pcmu, pcma],
  [pcm(24_000), pcm(24_000)],
] as const) {
  describeLaws(`transcoder ${JSON.stringify(from)} > ${JSON.stringify(to)}`, processorLaws(bytes), () =>
    createTranscoder(from, to),
  )
}

describe('createTranscoder', () => {
  it('passes the very chunk when the formats are the same', () => {
    expect(createTranscoder(pcm(24_000), pcm(24_000)).process(bytes)[0]).toBe(bytes)
    expect(createTranscoder(pcmu, pcmu).process(bytes)[0]).toBe(bytes)
  })

  it('only changes the law between the two kinds of G.711', () => {
    const codes = Uint8Array.from({ length: 256 }, (_, code) => code)
    expect(convert(pcmu, pcma, codes)).toEqual(aLaw.fromInt16(muLaw.toInt16(codes)))
  })

  it('carries a tone from the phone line to 24 kHz', () => {
    const input = muLaw.fromFloat32(tone({ frequency: 440, sampleRate: 8000, length: 1600 }))
    const output = convert(pcmu, pcm(24_000), input)
    expect(output.length).toBe(1600 * 3 * 2)
    expect(fitTone(pcm16ToFloat32(output), 440, 24_000).amplitude).toBeCloseTo(0.5, 2)
  })

  it('drops half a sample at the end of the stream and starts clean', () => {
    const transcoder = createTranscoder(pcm(8000), pcmu)
    transcoder.process(Uint8Array.of(0, 64, 7))
    transcoder.flush()
    expect(transcoder.process(Uint8Array.of(0, 64))).toEqual([muLaw.fromInt16(Int16Array.of(16_384))])
  })

  it('keeps the end of a stream that was nudged', () => {
    const transcoder = createTranscoder(pcm(24_000), pcm(24_000))
    transcoder.nudge(1.001)
    const given = [...transcoder.process(bytes), ...transcoder.flush()]
    const samples = given.reduce((sum, { length }) => sum + length, 0) / 2
    expect(samples).toBe(Math.ceil((bytes.length / 2) * 1.001))
  })

  it('nudges between the halves of a sample as if it had not been cut', () => {
    const cutAt = (at: number): readonly number[] => {
      const transcoder = createTranscoder(pcm(24_000), pcm(24_000))
      const before = transcoder.process(bytes.subarray(0, at))
      transcoder.nudge(1.001)
      const after = [...transcoder.process(bytes.subarray(at)), ...transcoder.flush()]
      return [...before, ...after].flatMap((part) => [...part])
    }
    expect(cutAt(1001)).toEqual(cutAt(1000))
  })

  it('passes whole samples only, when the formats are the same too', () => {
    const transcoder = createTranscoder(pcm(24_000), pcm(24_000))
    expect(transcoder.process(Uint8Array.of(1, 2, 3))).toEqual([Uint8Array.of(1, 2)])
    expect(transcoder.process(Uint8Array.of(4))).toEqual([Uint8Array.of(3, 4)])
    transcoder.process(Uint8Array.of(5))
    expect(transcoder.flush()).toEqual([])
    expect(transcoder.process(Uint8Array.of(6, 7))).toEqual([Uint8Array.of(6, 7)])
  })
})

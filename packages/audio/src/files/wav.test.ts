import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { concatFloat32, describeLaws, noise, processorLaws } from '../testing/index.ts'
import { encodeWav } from '../wav.ts'
import type { WavEncoding, WavFormat } from './wav-format.ts'
import { wavHeader } from './wav-header.ts'
import { createWavReader } from './wav-reader.ts'
import { createWavWriter } from './wav-writer.ts'

const sound = noise({ seed: 1, length: 600, amplitude: 0.9 })

function fileOf(format: WavFormat, samples: Float32Array = sound): Uint8Array {
  const writer = createWavWriter(format)
  const body = writer.write(samples)
  const { tail, header } = writer.end()
  return Uint8Array.from([...header, ...body, ...tail])
}

function read(file: Uint8Array): { readonly samples: Float32Array; readonly format: WavFormat | undefined } {
  const reader = createWavReader()
  const outputs = reader.process(file)
  const { format } = reader
  return { samples: concatFloat32([...outputs, ...reader.flush()]), format }
}

/** Steps of one encoding, as the largest error of rounding. */
const steps: Readonly<Record<WavEncoding, number>> = {
  pcm8: 2 ** -8,
  pcm16: 2 ** -16,
  pcm24: 2 ** -24,
  pcm32: 2 ** -32,
  float32: 0,
  float64: 0,
  pcmu: 2 ** -5,
  pcma: 2 ** -5,
}
const encodings = Object.keys(steps) as WavEncoding[]

// A reader that is given no file throws, so the law that resets it in mid-sound is told apart below.
const laws = processorLaws(fileOf({ encoding: 'pcm24', sampleRate: 8000, channels: 2 })).filter(
  ({ name }) => name !== 'forgets the stream on reset',
)
describeLaws('WAV reader', laws, createWavReader)

describe('WAV files', () => {
  it.each(encodings)('come back as written, in %s', (encoding) => {
    for (const channels of [1, 2, 6]) {
      const format = { encoding, sampleRate: 44_100, channels }
      const { samples, format: found } = read(fileOf(format))
      expect(found).toEqual(format)
      expect(samples.length).toBe(sound.length)
      const errors = samples.map((sample, i) => Math.abs(sample - (sound[i] ?? 0)))
      expect(Math.max(...errors)).toBeLessThanOrEqual(steps[encoding] + 2 ** -25)
    }
  })

  it('are clamped, and NaN is silence', () => {
    for (const encoding of ['pcm8', 'pcm16', 'pcm24', 'pcm32'] as const) {
      const { samples } = read(
        fileOf({ encoding, sampleRate: 8000, channels: 1 }, Float32Array.of(2, -2, NaN, -1)),
      )
      expect(samples[0]).toBeCloseTo(1, 1)
      expect([...samples.subarray(1)]).toEqual([-1, 0, -1])
    }
  })

  it('have even chunks and true sizes at the end, unknown ones before', () => {
    const writer = createWavWriter({ encoding: 'pcm8', sampleRate: 8000, channels: 1 })
    writer.write(new Float32Array(3))
    const { tail, header } = writer.end()
    const view = new DataView(header.buffer)
    expect(tail.length).toBe(1)
    expect(header.length).toBe(writer.header.length)
    expect(view.getUint32(4, true)).toBe(header.length - 8 + 4)
    expect(view.getUint32(header.length - 4, true)).toBe(3)
    const streamed = Uint8Array.from([...writer.header, 1, 2, 3])
    expect(read(streamed).samples.length).toBe(3)
  })

  it('beyond 4 GB become RF64 and are read as such', () => {
    const format = { encoding: 'float64', sampleRate: 8000, channels: 1 } as const
    const header = wavHeader(format, 2 ** 33)
    expect(String.fromCharCode(...header.subarray(0, 4))).toBe('RF64')
    expect(header.length).toBe(wavHeader(format).length)
    const reader = createWavReader()
    reader.process(header)
    expect(concatFloat32(reader.process(new Uint8Array(80))).length).toBe(10)
    const short = createWavReader()
    short.process(wavHeader(format, 40))
    expect(concatFloat32(short.process(new Uint8Array(80))).length).toBe(5)
  })

  it('are forgotten on reset', () => {
    const file = fileOf({ encoding: 'pcm16', sampleRate: 8000, channels: 1 })
    const reader = createWavReader()
    for (const length of [5, 20, 100, file.length]) {
      reader.process(file.subarray(0, length))
      reader.reset()
      expect(reader.format).toBeUndefined()
      expect(concatFloat32(reader.process(file)).length).toBe(sound.length)
      reader.reset()
    }
  })

  it('are read past chunks of any kind and size', () => {
    const file = encodeWav(Float32Array.of(0.5), 8000)
    const junk = new Uint8Array(8 + 5001 + 1)
    junk.set([0x4a, 0x55, 0x4e, 0x4b, 5001 & 255, 5001 >> 8, 0, 0])
    const padded = Uint8Array.from([...file.subarray(0, 12), ...junk, ...file.subarray(12)])
    expect([...read(padded).samples]).toEqual([0.5])
  })

  it('end at the last whole sample when they are cut, and ignore what follows the sound', () => {
    const file = fileOf({ encoding: 'pcm24', sampleRate: 8000, channels: 2 })
    expect(read(file.subarray(0, file.length - 4)).samples.length).toBe(sound.length - 2)
    expect(read(Uint8Array.from([...file, 1, 2, 3, 4, 5, 6, 7, 8, 9])).samples.length).toBe(sound.length)
  })

  it('are not written with numbers that they have no room for', () => {
    for (const bad of [{ sampleRate: NaN }, { sampleRate: 0 }, { channels: 0 }, { channels: 65_536 }]) {
      const format = { encoding: 'pcm16', sampleRate: 8000, channels: 1, ...bad } as const
      expect(() => createWavWriter(format)).toThrow(Object.keys(bad)[0])
    }
  })

  it.each([
    ['another container', Uint8Array.from('OggS12345678', (c) => c.charCodeAt(0)), /no RIFF/],
    ['a cut header', encodeWav(new Float32Array(1), 8000).subarray(0, 30), /no data/],
    ['a few bytes', Uint8Array.of(0x52, 0x49), /no RIFF/],
  ])('are refused when they are %s', (_, file, message) => {
    expect(() => read(file)).toThrow(message)
    expect(() => read(file)).toThrow(SyntaxError)
  })

  it('never fail in another way, whatever the bytes', () => {
    const valid = fileOf({ encoding: 'pcm32', sampleRate: 8000, channels: 1 }, sound.subarray(0, 8))
    fc.assert(
      fc.property(fc.nat(valid.length - 1), fc.nat(255), fc.nat(valid.length), (at, byte, length) => {
        const damaged = valid.slice(0, length)
        damaged[at] = byte
        try {
          read(damaged)
        } catch (error) {
          expect(error).toBeInstanceOf(SyntaxError)
        }
      }),
      { numRuns: 2000 },
    )
  })
})

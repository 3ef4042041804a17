import { describe, expect, it } from 'vitest'
import { createResampler } from '../resampler.ts'
import { concatFloat32, noise, randomlyCut } from '../testing/index.ts'
import { createSampleQueue, processed, transformer } from './index.ts'

const input = noise({ seed: 4, length: 5000 })
const whole = (): Float32Array => {
  const resampler = createResampler({ from: 48_000, to: 16_000 })
  return concatFloat32([...resampler.process(input), ...resampler.flush()])
}

describe('transformer', () => {
  it('gives through a TransformStream what the processor gives', async () => {
    const resampler = createResampler({ from: 48_000, to: 16_000 })
    const stream = new TransformStream<Float32Array, Float32Array>(transformer(resampler))
    const writer = stream.writable.getWriter()
    const written = Promise.all([
      ...randomlyCut(input, 1).map((piece) => writer.write(piece)),
      writer.close(),
    ])
    const chunks: Float32Array[] = []
    for await (const chunk of stream.readable) chunks.push(chunk)
    await written
    expect(concatFloat32(chunks)).toEqual(whole())
  })
})

describe('processed', () => {
  it('gives what the processor gives, and the rest at the end', async () => {
    const chunks: Float32Array[] = []
    const resampler = createResampler({ from: 48_000, to: 16_000 })
    for await (const chunk of processed(randomlyCut(input, 2), resampler)) chunks.push(chunk)
    expect(concatFloat32(chunks)).toEqual(whole())
  })

  it('leaves the processor as new when the caller stops early', async () => {
    const resampler = createResampler({ from: 48_000, to: 16_000 })
    for await (const chunk of processed([input, input], resampler)) {
      expect(chunk.length).toBeGreaterThan(0)
      break
    }
    expect(concatFloat32([...resampler.process(input), ...resampler.flush()])).toEqual(whole())
  })
})

describe('createSampleQueue', () => {
  it('joins quanta to frames of another length without a gap', () => {
    const queue = createSampleQueue(createResampler({ from: 48_000, to: 16_000 }), 1000)
    const frame = new Float32Array(320)
    const frames: Float32Array[] = []
    for (let at = 0; at < input.length; at += 128) {
      expect(queue.push(input.subarray(at, at + 128))).toBe(0)
      while (queue.pull(frame)) frames.push(frame.slice())
    }
    const joined = concatFloat32(frames)
    expect(joined.length).toBeGreaterThan(1200)
    expect(joined).toEqual(whole().subarray(0, joined.length))
  })

  it('pushes out the oldest samples when nobody takes them, and says how many', () => {
    const queue = createSampleQueue(createResampler({ from: 48_000, to: 16_000 }), 500)
    let lost = 0
    for (let at = 0; at < 4800; at += 480) lost += queue.push(input.subarray(at, at + 480))
    expect(queue.length).toBe(500)
    const frame = new Float32Array(500)
    expect(queue.pull(frame)).toBe(true)
    expect(frame).toEqual(whole().subarray(lost, lost + 500))
    expect(queue.pull(new Float32Array(1))).toBe(false)
  })

  it('begins anew after a reset', () => {
    const queue = createSampleQueue(createResampler({ from: 48_000, to: 16_000 }), 1000)
    queue.push(input.subarray(0, 1500))
    queue.reset()
    expect(queue.length).toBe(0)
    queue.push(input.subarray(0, 2000))
    const frame = new Float32Array(500)
    queue.pull(frame)
    expect(frame).toEqual(whole().subarray(0, 500))
  })

  it('refuses a chunk that it could never hold', () => {
    const queue = createSampleQueue(createResampler({ from: 16_000, to: 48_000 }), 100)
    expect(() => queue.push(input)).toThrow(RangeError)
  })
})

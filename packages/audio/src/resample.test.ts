import { expect, it } from 'vitest'
import { concatFloat32 } from './concat.ts'
import { resample } from './resample.ts'
import { createResampler } from './resampler.ts'
import { tone } from './signals/tone.ts'

const sound = tone({ frequency: 440, sampleRate: 16_000, length: 1601 })

it('gives what the stream gives, to its end', () => {
  const stream = createResampler({ from: 16_000, to: 24_000 })
  const streamed = concatFloat32([...stream.process(sound), ...stream.flush()])
  expect(resample(sound, { from: 16_000, to: 24_000 })).toEqual(streamed)
  expect(streamed).toHaveLength(2402)
})

it('leaves a sound alone that has the rate already', () => {
  expect(resample(sound, { from: 16_000, to: 16_000 })).toBe(sound)
})

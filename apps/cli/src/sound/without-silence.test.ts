import { expect, it } from 'vitest'
import { isAudible, withoutSilence } from './without-silence.ts'

/** A square wave, whose level is that of its magnitude. */
function wave(length: number, magnitude: number): Int16Array {
  return Int16Array.from({ length }, (_, index) => (index % 2 === 0 ? magnitude : -magnitude))
}

it('keeps what lies between the first and the last window of 10 ms that is loud enough', () => {
  const sound = new Int16Array(2400)
  sound.set(wave(480, 5000), 480)
  sound.set(wave(240, 5000), 1440)
  expect(withoutSilence(sound, 24_000)).toEqual(sound.subarray(480, 1680))
})

it('leaves sound alone that is silent all through', () => {
  const silence = new Int16Array(480)
  expect(withoutSilence(silence, 24_000)).toBe(silence)
})

it('hears from -45 dBFS on', () => {
  expect(isAudible(wave(480, 185))).toBe(true)
  expect(isAudible(wave(480, 183))).toBe(false)
})

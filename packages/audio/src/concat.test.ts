import { expect, it } from 'vitest'
import { concatBytes, concatFloat32, concatInt16 } from './concat.ts'

it('puts chunks one after another, whatever their kind', () => {
  expect(concatFloat32([Float32Array.of(0.5), new Float32Array(0), Float32Array.of(1, -1)])).toEqual(
    Float32Array.of(0.5, 1, -1),
  )
  expect(concatInt16([Int16Array.of(-3, 2), Int16Array.of(7)])).toEqual(Int16Array.of(-3, 2, 7))
  expect(concatBytes([Uint8Array.of(255), Uint8Array.of(1)])).toEqual(Uint8Array.of(255, 1))
  expect(concatBytes([])).toEqual(new Uint8Array(0))
})

it('copies even a single chunk', () => {
  const only = Int16Array.of(1)
  concatInt16([only]).fill(0)
  expect([...only]).toEqual([1])
})

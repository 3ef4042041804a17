import { createFourier } from '../../src/barge-in/fourier.ts'

const size = 65_536

/** `samples` through `response`, as long as the samples: minutes in seconds. */
export function convolve(samples: Float32Array, response: ArrayLike<number>): Float32Array {
  const fourier = createFourier(size)
  const filter = {
    re: Float64Array.from({ length: size }, (_, n) => response[n] ?? 0),
    im: new Float64Array(size),
  }
  fourier(filter.re, filter.im)
  const block = size - response.length
  const output = new Float32Array(samples.length)
  const re = new Float64Array(size)
  const im = new Float64Array(size)
  for (let at = 0; at < samples.length; at += block) {
    re.fill(0)
    im.fill(0)
    re.set(samples.subarray(at, at + block))
    fourier(re, im)
    // The transform of the conjugate is the conjugate of the inverse.
    for (let k = 0; k < size; k += 1) {
      const real = (re[k] ?? 0) * (filter.re[k] ?? 0) - (im[k] ?? 0) * (filter.im[k] ?? 0)
      im[k] = -((re[k] ?? 0) * (filter.im[k] ?? 0) + (im[k] ?? 0) * (filter.re[k] ?? 0))
      re[k] = real
    }
    fourier(re, im)
    for (let n = 0; n < size && at + n < output.length; n += 1)
      output[at + n] = (output[at + n] ?? 0) + (re[n] ?? 0) / size
  }
  return output
}

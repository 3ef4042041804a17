/** Discrete Fourier transform in place, not scaled; `re` and `im` have the length it was made for. */
export type Fourier = (re: Float64Array, im: Float64Array) => void

/** Creates a radix-2 transform; `size` is a power of two. */
export function createFourier(size: number): Fourier {
  const cosines = Float64Array.from({ length: size / 2 }, (_, k) => Math.cos((2 * Math.PI * k) / size))
  const sines = Float64Array.from({ length: size / 2 }, (_, k) => Math.sin((2 * Math.PI * k) / size))

  function swap(values: Float64Array, i: number, j: number): void {
    const value = values[i] ?? 0
    values[i] = values[j] ?? 0
    values[j] = value
  }

  return (re, im) => {
    for (let i = 1, j = 0; i < size; i += 1) {
      let bit = size >> 1
      for (; j & bit; bit >>= 1) j ^= bit
      j |= bit
      if (i >= j) continue
      swap(re, i, j)
      swap(im, i, j)
    }
    for (let length = 2; length <= size; length *= 2) {
      const half = length / 2
      const step = size / length
      for (let start = 0; start < size; start += length) {
        for (let k = 0; k < half; k += 1) {
          const cos = cosines[k * step] ?? 0
          const sin = sines[k * step] ?? 0
          const a = start + k
          const b = a + half
          const real = (re[b] ?? 0) * cos + (im[b] ?? 0) * sin
          const imaginary = (im[b] ?? 0) * cos - (re[b] ?? 0) * sin
          re[b] = (re[a] ?? 0) - real
          im[b] = (im[a] ?? 0) - imaginary
          re[a] = (re[a] ?? 0) + real
          im[a] = (im[a] ?? 0) + imaginary
        }
      }
    }
  }
}

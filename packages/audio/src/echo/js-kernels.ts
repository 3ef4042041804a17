import { fourierPlan } from './fourier-plan.ts'
import { createJsFourier } from './js-fourier.ts'
import type { KernelShape, SpectralKernels } from './spectral-kernels.ts'

/** The kernels in plain JavaScript. */
export function jsKernels(shape: KernelShape): SpectralKernels {
  const { frameSamples: n, partitions } = shape
  const bins = n + 1
  const width = 2 * bins
  const work = shape.cells
  const scratch = work + 4 * n
  const cells = new Float64Array(scratch + 2 * n)
  const fourier = createJsFourier(fourierPlan(n), cells, work)

  return {
    cells: () => cells,
    ...fourier,
    filter({ weights, ring, row }, output) {
      for (let k = 0; k < width; k += 2) {
        let r1 = 0
        let i1 = 0
        let r2 = 0
        let i2 = 0
        for (let p = 0; p < partitions; p++) {
          const x = ring.at + ((row + p) % ring.slots) * ring.stride + k
          const w = weights + p * width + k
          const xr = cells[x] ?? 0
          const xi = cells[x + 1] ?? 0
          const wr = cells[w] ?? 0
          const wi = cells[w + 1] ?? 0
          r1 += xr * wr
          i1 += xi * wr
          r2 += xr * wi
          i2 += xi * wi
        }
        cells[output + k] = r1 - i2
        cells[output + k + 1] = i1 + r2
      }
    },
    expectedPower({ variance, ring, row }, output) {
      for (let k = 0; k < bins; k++) {
        let sum = 0
        for (let p = 0; p < partitions; p++) {
          const x = ring.at + ((row + p) % ring.slots) * ring.stride + 2 * k
          const xr = cells[x] ?? 0
          const xi = cells[x + 1] ?? 0
          sum += (xr * xr + xi * xi) * (cells[variance + p * bins + k] ?? 0)
        }
        cells[output + k] = sum
      }
    },
    adapt({ weights, variance, ring, row, gain, certainty, persistence }) {
      for (let p = 0; p < partitions; p++) {
        const x = ring.at + ((row + p) % ring.slots) * ring.stride
        const w = weights + p * width
        const v = variance + p * bins
        for (let k = 0; k < bins; k++) {
          const xr = cells[x + 2 * k] ?? 0
          const xi = cells[x + 2 * k + 1] ?? 0
          const gr = cells[gain + 2 * k] ?? 0
          const gi = cells[gain + 2 * k + 1] ?? 0
          const before = cells[v + k] ?? 0
          const wr = (cells[w + 2 * k] ?? 0) + before * (gr * xr + gi * xi)
          const wi = (cells[w + 2 * k + 1] ?? 0) + before * (gi * xr - gr * xi)
          cells[w + 2 * k] = wr
          cells[w + 2 * k + 1] = wi
          const learnt = before * (xr * xr + xi * xi) * (cells[certainty + k] ?? 0)
          cells[v + k] = persistence * before * (1 - 0.5 * learnt) + (1 - persistence) * (wr * wr + wi * wi)
        }
      }
    },
    constrain(weights, partition) {
      const at = weights + partition * width
      fourier.inverse(at, scratch)
      cells.fill(0, scratch + n, scratch + 2 * n)
      fourier.forward(scratch, at)
    },
    correlate({ ring, row, near, cross, scores, keep }) {
      for (let lag = 0; lag < ring.slots; lag++) {
        const x = ring.at + ((row + lag) % ring.slots) * ring.stride
        const c = cross + lag * ring.stride
        let real = 0
        let imaginary = 0
        for (let k = 0; k < ring.stride; k += 2) {
          const xr = cells[x + k] ?? 0
          const xi = cells[x + k + 1] ?? 0
          const nr = cells[near + k] ?? 0
          const ni = cells[near + k + 1] ?? 0
          const cr = keep * (cells[c + k] ?? 0) + (nr * xr + ni * xi)
          const ci = keep * (cells[c + k + 1] ?? 0) + (ni * xr - nr * xi)
          cells[c + k] = cr
          cells[c + k + 1] = ci
          real += cr * cr
          imaginary += ci * ci
        }
        cells[scores + lag] = real + imaginary
      }
    },
    dispose() {},
  }
}

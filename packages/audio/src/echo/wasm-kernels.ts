import { echoModule } from '../wasm/echo.generated.ts'
import { sharedInstance, type WasmMemory } from '../wasm/shared-instance.ts'
import { fourierPlan } from './fourier-plan.ts'
import type { Cell, KernelShape, SpectralKernels } from './spectral-kernels.ts'

/** What assembly/echo exports; addresses are in bytes. */
interface EchoExports {
  readonly memory: WasmMemory
  acquire(bytes: number): number
  release(address: number): void
  forward(samples: number, spectrum: number, plan: number): void
  inverse(spectrum: number, samples: number, plan: number): void
  constrain(spectrum: number, scratch: number, plan: number): void
  filter(...ring: RingArguments): void
  expectedPower(...ring: RingArguments): void
  adapt(...all: [...RingArguments, ...rest: [number, number, number]]): void
  correlate(
    ring: number,
    slots: number,
    stride: number,
    row: number,
    near: number,
    cross: number,
    scores: number,
    keep: number,
  ): void
}

/** Ring, its slots, bytes of a row, first row, partitions, bins or bytes of them, and two places. */
type RingArguments = [number, number, number, number, number, number, number, number]

/** The instance of this thread; `undefined` where WebAssembly may not run. */
export const sharedEcho: () => EchoExports | undefined = sharedInstance<EchoExports>(echoModule)

/** The kernels in WebAssembly. Throws `RangeError` when there is no memory left. */
export function wasmKernels(shape: KernelShape, wasm: EchoExports): SpectralKernels {
  const { frameSamples: n, partitions } = shape
  const bins = n + 1
  const { radices, twiddles, separation } = fourierPlan(n)
  const work = shape.cells
  const scratch = work + 4 * n
  const factors = scratch + 2 * n
  const separator = factors + twiddles.length
  const planAt = separator + separation.length
  const total = planAt + 3
  const base = wasm.acquire(8 * total)
  if (base === 0) throw new RangeError('No memory left for another echo canceller.')
  const address = (cell: Cell): number => base + 8 * cell
  const plan = address(planAt)

  let cells = new Float64Array(wasm.memory.buffer, base, total)
  cells.fill(0)
  cells.set(twiddles, factors)
  cells.set(separation, separator)
  const packedRadices = radices.reduceRight((packed, radix) => packed * 16 + radix, 0)
  new Int32Array(wasm.memory.buffer, plan, 5).set([
    n,
    packedRadices,
    address(factors),
    address(separator),
    address(work),
  ])

  return {
    cells() {
      if (cells.buffer !== wasm.memory.buffer) cells = new Float64Array(wasm.memory.buffer, base, total)
      return cells
    },
    forward: (samples, spectrum) => wasm.forward(address(samples), address(spectrum), plan),
    inverse: (spectrum, samples) => wasm.inverse(address(spectrum), address(samples), plan),
    filter({ weights, ring, row }, output) {
      const { at, slots, stride } = ring
      wasm.filter(
        address(at),
        slots,
        8 * stride,
        row,
        partitions,
        16 * bins,
        address(weights),
        address(output),
      )
    },
    expectedPower({ variance, ring, row }, output) {
      const { at, slots, stride } = ring
      const places = [address(variance), address(output)] as const
      wasm.expectedPower(address(at), slots, 8 * stride, row, partitions, bins, ...places)
    },
    adapt({ weights, variance, ring, row, gain, certainty, persistence }) {
      const { at, slots, stride } = ring
      const places = [address(weights), address(variance), address(gain), address(certainty)] as const
      wasm.adapt(address(at), slots, 8 * stride, row, partitions, bins, ...places, persistence)
    },
    constrain: (weights, partition) =>
      wasm.constrain(address(weights + partition * 2 * bins), address(scratch), plan),
    correlate({ ring, row, near, cross, scores, keep }) {
      const { at, slots, stride } = ring
      const places = [address(near), address(cross), address(scores)] as const
      wasm.correlate(address(at), slots, 8 * stride, row, ...places, keep)
    },
    dispose: () => wasm.release(base),
  }
}

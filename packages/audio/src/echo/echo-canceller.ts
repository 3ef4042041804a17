import { instanceFor, type Engine } from '../wasm/shared-instance.ts'
import { createDelaySearch } from './delay-search.ts'
import { echoLayout } from './echo-layout.ts'
import { jsKernels } from './js-kernels.ts'
import { createResidualSuppressor } from './residual-suppressor.ts'
import { createSampleQueue } from './sample-queue.ts'
import type { SpectralKernels } from './spectral-kernels.ts'
import { createTwoPathFilter } from './two-path-filter.ts'
import { sharedEcho, wasmKernels } from './wasm-kernels.ts'

/** Options of an echo canceller; only the rate is needed. */
export interface EchoCancellerOptions {
  /** 8000, 16000, 24000 or 48000 Hz, of both sides. */
  readonly sampleRate: number
  /** Length of the room's response that is cancelled, 240 ms unless said otherwise; a multiple of 10. */
  readonly tailMs?: number
  /** Longest delay before that response that is searched for, 500 ms unless said otherwise; a multiple of 10. */
  readonly maxDelayMs?: number
  /** `linear` leaves the adaptive filter alone: no delay of its own, and the echo only weaker. Default `full`. */
  readonly suppression?: 'full' | 'linear'
  /** Fills what was suppressed with noise of the room's level; on unless said otherwise. */
  readonly comfortNoise?: boolean
  readonly engine?: Engine
}

/**
 * Takes what a loudspeaker plays out of what a microphone hears. Both sides are counted in samples: microphone sample n
 * is heard while reference sample n is played, give or take the delay that is searched for.
 */
export interface EchoCanceller extends Disposable {
  /** Samples of a frame: 10 ms. */
  readonly frameSamples: number
  /** Samples by which the output lags behind the microphone. */
  readonly delaySamples: number
  /** Where the echo path was found to begin, in ms after the reference; undefined as long as it is not known. */
  readonly echoDelayMs: number | undefined
  /**
   * Takes what is played, in chunks of any length, before the microphone hears it. Silence stands in for what is
   * missing; of what is more than a second ahead the oldest is dropped.
   */
  reference(chunk: Float32Array): void
  /** Takes what the microphone hears, in chunks of any length, and gives the frames that are ready. */
  process(chunk: Float32Array): Float32Array
  /** Ends the stream: gives what is still inside, so that as many samples came out as went in. The next one begins anew. */
  flush(): Float32Array
  /** Forgets the stream and the room. */
  reset(): void
  /** Gives its memory to the next canceller. Every call but this one throws `ReferenceError` afterwards. */
  [Symbol.dispose](): void
}

const sampleRates = [8000, 16_000, 24_000, 48_000]
/** Partitions before the found delay, because the search knows it to a frame or so. */
const earlyFrames = 1
/** The filter moves when the path begins later than this in it. */
const lateFrames = 3

/** Echo canceller for one microphone and one loudspeaker. Throws `RangeError` for other rates or times. */
export function createEchoCanceller(options: EchoCancellerOptions): EchoCanceller {
  const { sampleRate, suppression = 'full', comfortNoise = true } = options
  if (!sampleRates.includes(sampleRate)) {
    throw new RangeError(`sampleRate must be one of ${sampleRates.join(', ')}, got ${sampleRate}`)
  }
  const partitions = framesOf(options.tailMs ?? 240, 'tailMs')
  const layout = echoLayout(sampleRate, partitions, framesOf(options.maxDelayMs ?? 500, 'maxDelayMs') + 1)
  const { frameSamples: n, far } = layout
  const kernels = kernelsFor(options.engine ?? 'auto', { frameSamples: n, partitions, cells: layout.cells })
  const filter = createTwoPathFilter(kernels, layout)
  const search = createDelaySearch(kernels, layout)
  const suppressor =
    suppression === 'full' ? createResidualSuppressor(kernels, { layout, comfortNoise }) : undefined
  const delaySamples = suppressor ? n : 0

  const played = createSampleQueue(sampleRate)
  const heard = createSampleQueue(Infinity)
  const near = new Float64Array(n)
  const nearHistory = new Float64Array(2 * n)
  const output = new Float64Array(n)
  let newest = 0
  let offset = 0
  let echoDelay: number | undefined
  let taken = 0
  let given = 0
  let isDisposed = false

  /** Its memory may belong to another canceller by now. */
  function refuseDisposed(): void {
    if (isDisposed) throw new ReferenceError('The echo canceller is disposed.')
  }

  function takeFar(): void {
    newest = (newest + far.slots - 1) % far.slots
    const cells = kernels.cells()
    cells.copyWithin(layout.farSamples, layout.farSamples + n, layout.farSamples + 2 * n)
    played.take(cells.subarray(layout.farSamples + n, layout.farSamples + 2 * n))
    kernels.forward(layout.farSamples, far.at + newest * far.stride)
  }

  function searchDelay(): void {
    nearHistory.copyWithin(0, n)
    nearHistory.set(near, n)
    kernels.cells().set(nearHistory, layout.samples)
    kernels.forward(layout.samples, layout.spectrum)
    const lag = search.process(far.at + newest * far.stride, layout.spectrum)
    if (lag === undefined) return
    echoDelay = lag
    const begins = Math.max(0, lag - earlyFrames)
    if (lag < offset || lag > offset + lateFrames) {
      filter.shift(begins - offset)
      offset = begins
    }
  }

  function frame(): void {
    takeFar()
    heard.take(near)
    searchDelay()
    const filtered = filter.process(near, (newest + offset) % far.slots)
    if (suppressor) suppressor.process(filtered, output)
    else output.set(filtered.error)
  }

  /** Runs all whole frames that were heard; what comes before the first sample is left out. */
  function run(): Float32Array {
    const frames = Math.floor(heard.length / n)
    const early = Math.min(frames * n, Math.max(0, delaySamples - given))
    const result = new Float32Array(frames * n - early)
    for (let i = 0; i < frames; i++) {
      frame()
      const at = i * n - early
      if (at >= 0) result.set(output, at)
    }
    given += frames * n
    return result
  }

  function reset(): void {
    refuseDisposed()
    const cells = kernels.cells()
    cells.fill(0, 0, layout.cells)
    filter.reset()
    search.reset()
    suppressor?.reset()
    played.reset()
    heard.reset()
    nearHistory.fill(0)
    newest = 0
    offset = 0
    echoDelay = undefined
    taken = 0
    given = 0
  }

  return {
    frameSamples: n,
    delaySamples,
    get echoDelayMs() {
      return echoDelay === undefined ? undefined : echoDelay * 10
    },
    reference(chunk) {
      refuseDisposed()
      played.put(chunk)
    },
    process(chunk) {
      refuseDisposed()
      heard.put(chunk)
      taken += chunk.length
      return run()
    },
    flush() {
      refuseDisposed()
      const missing = taken - Math.max(0, given - delaySamples)
      heard.put(new Float32Array(missing === 0 ? 0 : n + delaySamples))
      const rest = run().slice(0, missing)
      reset()
      return rest
    },
    reset,
    [Symbol.dispose]() {
      if (!isDisposed) kernels.dispose()
      isDisposed = true
    },
  }
}

function framesOf(timeMs: number, name: string): number {
  if (!Number.isInteger(timeMs / 10) || timeMs < 10 || timeMs > 1000) {
    throw new RangeError(`${name} must be a multiple of 10 from 10 to 1000, got ${timeMs}`)
  }
  return timeMs / 10
}

function kernelsFor(engine: Engine, shape: Parameters<typeof jsKernels>[0]): SpectralKernels {
  const wasm = instanceFor(engine, sharedEcho)
  return wasm ? wasmKernels(shape, wasm) : jsKernels(shape)
}

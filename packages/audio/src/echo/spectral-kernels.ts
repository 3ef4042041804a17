/** A place in the memory of kernels, counted in 64-bit floats. */
export type Cell = number

/** Spectra of the last frames: `slots` rows of `stride` cells, each row older than the one before it, round in a ring. */
export interface SpectrumRing {
  readonly at: Cell
  readonly slots: number
  readonly stride: number
}

/** Where a filter reads the spectra: partition p in row `row` + p of the ring. */
export interface FilterInput {
  readonly ring: SpectrumRing
  readonly row: number
}

/** One step of the Kalman filter. Complex cells lie as pairs. */
export interface AdaptStep extends FilterInput {
  /** Complex, a row of bins a partition. */
  readonly weights: Cell
  /** Expected power of the error of each weight. */
  readonly variance: Cell
  /** Spectrum of the error over its expected power. */
  readonly gain: Cell
  /** One over the expected power. */
  readonly certainty: Cell
  /** Share of a weight's power that is expected to last a frame; what is missing to 1 keeps the variance up. */
  readonly persistence: number
}

/** Cross spectra of the microphone with each of the last frames of the loudspeaker. */
export interface CorrelateStep extends FilterInput {
  readonly near: Cell
  /** Complex, a row a lag. */
  readonly cross: Cell
  /** Power of the cross spectrum of each lag. */
  readonly scores: Cell
  /** Share of the cross spectra that is kept from frame to frame. */
  readonly keep: number
}

/**
 * The arithmetic of the echo canceller, in WebAssembly or in JavaScript with the same order of operations, so that both
 * give the same bits. A spectrum of 2n samples is n + 1 complex numbers.
 */
export interface SpectralKernels {
  /** The memory; asked for anew in each call, because it moves when it grows. */
  cells(): Float64Array
  forward(samples: Cell, spectrum: Cell): void
  inverse(spectrum: Cell, samples: Cell): void
  /** Sum over partitions of spectrum times weights. */
  filter(input: FilterInput & Pick<AdaptStep, 'weights'>, output: Cell): void
  /** Sum over partitions of the power of the spectrum times the variance. */
  expectedPower(input: FilterInput & Pick<AdaptStep, 'variance'>, output: Cell): void
  adapt(step: AdaptStep): void
  /** Zeroes the second half of the response of one partition, which a circular step leaves behind. */
  constrain(weights: Cell, partition: number): void
  correlate(step: CorrelateStep): void
  /** Gives the memory back; no call may follow. */
  dispose(): void
}

/** Sizes of a canceller. */
export interface KernelShape {
  /** Samples of a frame, n above. */
  readonly frameSamples: number
  readonly partitions: number
  /** Cells that the caller shares out. */
  readonly cells: number
}

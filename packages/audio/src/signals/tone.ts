/** A sine wave; `frequency` and `sampleRate` in Hz, `length` in samples, `phase` in radians. */
export interface ToneOptions {
  readonly frequency: number
  readonly sampleRate: number
  readonly length: number
  readonly amplitude?: number
  readonly phase?: number
}

/** Sine of amplitude 0.5 and phase 0 unless said otherwise. */
export function tone(options: ToneOptions): Float32Array<ArrayBuffer> {
  const { frequency, sampleRate, length, amplitude = 0.5, phase = 0 } = options
  const step = (2 * Math.PI * frequency) / sampleRate
  return Float32Array.from({ length }, (_, i) => amplitude * Math.sin(step * i + phase))
}

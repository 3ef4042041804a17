import type { Scene } from './scene.ts'

/** A stretch of a scene, in seconds. */
export type Span = readonly [from: number, to: number]

/** What cancels: takes what is played and what is heard of a frame, gives the same frame without echo, late or not. */
export interface Canceller {
  readonly frameSamples: number
  /** Samples by which its output comes late. */
  readonly delaySamples: number
  process(played: Float32Array, heard: Float32Array): Float32Array
}

/** The whole scene through a canceller, in step with the scene. */
export function cancelled(scene: Scene, canceller: Canceller): Float64Array {
  const { frameSamples: n, delaySamples } = canceller
  const output = new Float64Array(scene.far.length)
  let at = -delaySamples
  for (let i = 0; i + n <= scene.far.length; i += n) {
    const part = canceller.process(scene.far.subarray(i, i + n), scene.microphone.subarray(i, i + n))
    for (const sample of part) output[at++] = sample
  }
  return output
}

/** Echo over what is left of it and of the noise, in dB, while nobody talks near the microphone. */
export function echoReductionDb(
  scene: Scene,
  output: Float64Array,
  { sampleRate, spans }: { readonly sampleRate: number; readonly spans: readonly Span[] },
): number {
  let before = 0
  let after = 0
  for (const [from, to] of spans) {
    for (let i = Math.round(from * sampleRate); i < to * sampleRate; i++) {
      before += (scene.echo[i] ?? 0) ** 2
      after += (output[i] ?? 0) ** 2
    }
  }
  return 10 * Math.log10(before / (after + 1e-12))
}

/** Seconds of the scene after `from` until the echo of half a second is reduced by `db`; Infinity if it never is. */
export function secondsToReach(
  scene: Scene,
  output: Float64Array,
  {
    sampleRate,
    from,
    to,
    db,
  }: { readonly sampleRate: number; readonly from: number; readonly to: number; readonly db: number },
): number {
  for (let at = from; at + 0.5 <= to; at += 0.1) {
    const spans = [[at, at + 0.5] as const]
    if (echoReductionDb(scene, output, { sampleRate, spans }) >= db) return at + 0.5 - from
  }
  return Infinity
}

/** Scale-invariant ratio of the near end to all that is not it, in dB (Le Roux and others 2019). */
export function nearEndDb(
  scene: Scene,
  output: Float64Array,
  { sampleRate, span }: { readonly sampleRate: number; readonly span: Span },
): number {
  let nearNear = 0
  let nearOut = 0
  let outOut = 0
  for (let i = Math.round(span[0] * sampleRate); i < span[1] * sampleRate; i++) {
    const near = scene.near[i] ?? 0
    const out = output[i] ?? 0
    nearNear += near * near
    nearOut += near * out
    outOut += out * out
  }
  const kept = (nearOut * nearOut) / nearNear
  return 10 * Math.log10(kept / (outOut - kept))
}

/** Mean and least value. */
export function meanAndLeast(values: readonly number[]): { readonly mean: number; readonly least: number } {
  return { mean: values.reduce((sum, value) => sum + value, 0) / values.length, least: Math.min(...values) }
}

/** The value in the middle. */
export function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN
}

import type { Comparison, LaneRun, Segment } from '@parley/compare'

/** A stretch of sound by its place and length alone. */
interface SilentSegment extends Omit<Segment, 'samples'> {
  /** How many samples it has. */
  readonly length: number
}

interface KeptRun extends Omit<LaneRun, 'input' | 'output'> {
  readonly input: readonly SilentSegment[]
  readonly output: readonly SilentSegment[]
}

/** A comparison as it is kept: everything but its sound. */
export interface KeptComparison extends Omit<Comparison, 'runs'> {
  readonly runs: readonly KeptRun[]
}

/** Sound of one pass as it is kept, segment by segment. */
export interface KeptSound {
  readonly comparisonId: string
  /** Place of the pass in the comparison. */
  readonly pass: number
  readonly input: readonly Int16Array[]
  readonly output: readonly Int16Array[]
}

/** A comparison and its sound apart, so that a list or a table needs no sound. Passes without any have none to keep. */
export function takeApart(comparison: Comparison): {
  readonly comparison: KeptComparison
  readonly sounds: readonly KeptSound[]
} {
  return {
    comparison: {
      ...comparison,
      runs: comparison.runs.map((run) => ({
        ...run,
        input: run.input.map(silent),
        output: run.output.map(silent),
      })),
    },
    sounds: comparison.runs.flatMap(({ input, output }, pass) =>
      [...input, ...output].some(({ samples }) => samples.some((sample) => sample !== 0))
        ? { comparisonId: comparison.id, pass, input: input.map(ownSamples), output: output.map(ownSamples) }
        : [],
    ),
  }
}

/** The comparison with its sound; silence of the same length where that was not kept. */
export function putTogether(kept: KeptComparison, sounds: readonly KeptSound[]): Comparison {
  const ofPass = new Map(sounds.map((sound) => [sound.pass, sound]))
  return {
    ...kept,
    runs: kept.runs.map((run, pass) => ({
      ...run,
      input: run.input.map((part, place) => sounding(part, ofPass.get(pass)?.input[place])),
      output: run.output.map((part, place) => sounding(part, ofPass.get(pass)?.output[place])),
    })),
  }
}

/** The comparison without any segments: all that measures read. */
export function withoutSound(kept: KeptComparison): Comparison {
  return { ...kept, runs: kept.runs.map((run) => ({ ...run, input: [], output: [] })) }
}

/** Bytes of kept sound. */
export function bytesOf(sounds: readonly KeptSound[]): number {
  return sounds
    .flatMap(({ input, output }) => [...input, ...output])
    .reduce((sum, { byteLength }) => sum + byteLength, 0)
}

function silent({ samples, ...place }: Segment): SilentSegment {
  return { ...place, length: samples.length }
}

function sounding({ length, ...place }: SilentSegment, samples: Int16Array | undefined): Segment {
  return { ...place, samples: samples ?? new Int16Array(length) }
}

/** A view into a larger buffer would be kept with all of that buffer. */
function ownSamples({ samples }: Segment): Int16Array {
  return samples.byteLength === samples.buffer.byteLength ? samples : samples.slice()
}

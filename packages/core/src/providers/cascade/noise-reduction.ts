import { createFramer } from '@parley/audio'
import { listeningRate } from './utterance.ts'

/** One frame of the microphone, twice. */
export interface ReducedFrame {
  /** As it came, for the recogniser: suppressed speech is understood less well. */
  readonly raw: Float32Array
  /** With less noise, for the detector. */
  readonly reduced: Float32Array
}

/** Takes noise out of what the detector hears. */
export interface NoiseReduction extends Disposable {
  /** How much of the noise goes, from 0 to 1. */
  strength: number
  /** Takes a frame and gives those that are ready, in order. */
  process(frame: Float32Array): readonly ReducedFrame[]
  /** Gives the frames that are still inside; the next one begins a new stream. */
  flush(): readonly ReducedFrame[]
  /** Forgets the stream. */
  reset(): void
}

/** RNNoise over frames of `frameSamples` at 16 kHz. The first call loads it. */
export async function openNoiseReduction(frameSamples: number): Promise<NoiseReduction> {
  const { createRnnoise, createSplitPath } = await import('@parley/audio/noise-suppression')
  const suppressor = await createRnnoise({ sampleRate: listeningRate })
  const path = createSplitPath(suppressor)
  const rawFrames = createFramer(frameSamples)
  const reducedFrames = createFramer(frameSamples)

  /** Both paths have one length, and what was put in came in frames, so the two framers stay in step. */
  function framed(parts: ReturnType<typeof path.process>): readonly ReducedFrame[] {
    return parts.flatMap(({ raw, suppressed }) => {
      const reduced = reducedFrames.process(suppressed)
      return rawFrames.process(raw).map((frame, i) => ({ raw: frame, reduced: reduced[i] ?? frame }))
    })
  }

  return {
    get strength() {
      return path.strength
    },
    set strength(value) {
      path.strength = value
    },
    process: (frame) => framed(path.process(frame)),
    flush: () => framed(path.flush()),
    reset() {
      path.reset()
      rawFrames.reset()
      reducedFrames.reset()
    },
    [Symbol.dispose]: () => suppressor[Symbol.dispose](),
  }
}

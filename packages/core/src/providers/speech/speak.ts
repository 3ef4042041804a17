import { concatFloat32, createResampler, createStartTrimmer, float32ToPcm16 } from '@parley/audio'
import type { Resampler } from '@parley/audio'
import { RealtimeError } from '../../errors.ts'
import type { SynthesizeOptions, TextToSpeech } from './text-to-speech.ts'

/** Rate of all speech (Hz). */
export const speechRate = 24_000

/** Most samples of one audio delta: 100 ms. */
const deltaSamples = speechRate / 10

/** Amplitude under which a voice has not begun to speak, about -50 dBFS. */
const silenceLevel = 0.003

/** Silence kept before the first sound, so that it does not click (samples). */
const keptSilence = speechRate / 100

/** Options of one clause. */
export interface SpeakOptions extends SynthesizeOptions {
  /** Drops the silence voices begin with, where the listener waits for it. */
  readonly trimStart: boolean
}

/**
 * Speaks one clause as PCM16 at 24 kHz in pieces of at most 100 ms. An engine that died before the first
 * sound was restarted by its owner and gets one more try.
 */
export async function* speak(
  tts: TextToSpeech,
  text: string,
  options: SpeakOptions,
): AsyncGenerator<Uint8Array, void, undefined> {
  let sounded = false
  try {
    for await (const bytes of spoken(tts, text, options)) {
      sounded = true
      yield bytes
    }
  } catch (error) {
    const died = error instanceof RealtimeError && error.code === 'engine_failed'
    if (sounded || !died || options.signal.aborted) throw error
    yield* spoken(tts, text, options)
  }
}

async function* spoken(
  tts: TextToSpeech,
  text: string,
  { trimStart, ...options }: SpeakOptions,
): AsyncGenerator<Uint8Array, void, undefined> {
  const trim = trimStart
    ? createStartTrimmer({ amplitude: silenceLevel, keptSamples: keptSilence })
    : undefined
  const cutter = createCutter()
  let resampler: { readonly rate: number; readonly stream: Resampler } | undefined
  function* deltas(chunks: readonly Float32Array[]): Generator<Uint8Array, void, undefined> {
    for (const chunk of chunks) {
      for (const piece of cutter.push(trim ? trim(chunk) : chunk)) yield float32ToPcm16(piece)
    }
  }
  for await (const { samples, sampleRate } of tts.synthesize(text, options)) {
    if (resampler?.rate !== sampleRate) {
      if (resampler) yield* deltas(resampler.stream.flush())
      resampler = { rate: sampleRate, stream: createResampler({ from: sampleRate, to: speechRate }) }
    }
    yield* deltas(resampler.stream.process(samples))
  }
  if (resampler) yield* deltas(resampler.stream.flush())
  const rest = cutter.rest()
  if (rest.length > 0) yield float32ToPcm16(rest)
}

/** Cuts a stream into pieces of `deltaSamples`; the last may be shorter. */
function createCutter(): { push(chunk: Float32Array): readonly Float32Array[]; rest(): Float32Array } {
  let held = new Float32Array(0)
  return {
    push(chunk) {
      const joined = concatFloat32([held, chunk])
      const pieces: Float32Array[] = []
      let at = 0
      for (; at + deltaSamples <= joined.length; at += deltaSamples)
        pieces.push(joined.subarray(at, at + deltaSamples))
      held = joined.subarray(at)
      return pieces
    },
    rest() {
      const rest = held
      held = new Float32Array(0)
      return rest
    },
  }
}

import type { VoiceCapability } from '../capabilities.ts'

/** Mono samples in [-1, 1] with their rate in Hz. */
export interface Pcm {
  readonly samples: Float32Array
  readonly sampleRate: number
}

/** Options of one piece of speech. */
export interface SynthesizeOptions {
  readonly voice: string
  /** 1 is the voice's own pace; 0.25 to 1.5 as in the session object. */
  readonly speed: number
  readonly signal: AbortSignal
}

/** Text to speech, one clause a call, sound as it comes. */
export interface TextToSpeech extends AsyncDisposable {
  readonly name: string
  /** Voices that work now; may grow when a download finishes. */
  readonly voices: readonly VoiceCapability[]
  /** Throws `engine_failed` when the engine died, after it was restarted. */
  synthesize(text: string, options: SynthesizeOptions): AsyncIterable<Pcm>
}

import type { SpeechToText, TextToSpeech } from '../stages.ts'

/** A recogniser that can be started ahead of the first call. */
export interface WarmSpeechToText extends SpeechToText {
  /** Resolves when the engines that can work now have worked once; rejects with `engine_failed`. */
  warm(): Promise<void>
}

/** A synthesiser that can be started ahead of the first call. */
export interface WarmTextToSpeech extends TextToSpeech {
  /** Resolves when the engines that can work now have worked once; rejects with `engine_failed`. */
  warm(): Promise<void>
}

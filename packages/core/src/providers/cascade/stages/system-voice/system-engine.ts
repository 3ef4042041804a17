import type { VoiceCapability } from '../../../capabilities.ts'
import type { RunCommand } from './run-command.ts'

/** One voice of the operating system. */
export interface SystemVoice {
  /** The name the program knows it by. */
  readonly name: string
  /** BCP 47 tag. */
  readonly language: string
  readonly gender?: NonNullable<VoiceCapability['gender']>
}

/** What to speak with which voice. */
export interface SystemSpeech {
  readonly text: string
  readonly voice: SystemVoice
  readonly speed: number
  readonly run: RunCommand
  readonly signal: AbortSignal
}

/** A program of the operating system that speaks. */
export interface SystemEngine {
  readonly name: string
  /** Rejects when the program is not there. */
  listVoices(run: RunCommand, signal: AbortSignal): Promise<readonly SystemVoice[]>
  /** A WAV file. */
  speak(speech: SystemSpeech): Promise<Uint8Array>
}

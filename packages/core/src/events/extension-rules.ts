import type { ResponseExtension, SessionExtension } from './extensions.ts'

/**
 * What becomes of an extension on a backend that does not have it: `warn` leaves it out and tells the client with a
 * `warning`; `refuse` answers `unsupported`, because the client would wait for something that never comes;
 * `implied` leaves it out in silence, because the GA field beside it says enough. A value of `null` asks for nothing
 * and is left out in silence, a key without a rule counts as `warn`.
 */
export type ExtensionRule = 'warn' | 'refuse' | 'implied'

/** The rule of every extension of a session. */
export const sessionExtensionRules: Readonly<Record<SessionExtension, ExtensionRule>> = {
  modalities: 'refuse',
  temperature: 'warn',
  // A voice the backend does not have is found by its name in `audio.output.voice`.
  voice: 'implied',
  // `audio.input.turn_detection` holds the nearest `server_vad`, which stays.
  turn_detection: 'warn',
  // `audio.input.transcription` holds the rest of it, which stays.
  input_audio_transcription: 'warn',
  input_audio_noise_reduction: 'warn',
  input_audio_echo_cancellation: 'warn',
  output_audio_timestamp_types: 'refuse',
  animation: 'refuse',
  avatar: 'refuse',
  interim_response: 'warn',
  reasoning_effort: 'warn',
  include: 'warn',
  tools: 'refuse',
  metadata: 'warn',
  agent: 'warn',
}

/** The rule of every extension of a response. */
export const responseExtensionRules: Readonly<Record<ResponseExtension, ExtensionRule>> = {
  modalities: 'refuse',
  temperature: 'warn',
  voice: 'implied',
  pre_generated_assistant_message: 'refuse',
  interim_response: 'warn',
  reasoning_effort: 'warn',
  invoke_input: 'refuse',
  // `conversation: 'none'` beside it says the same as `commit: false`.
  commit: 'implied',
  cancel_previous: 'warn',
  append_input_items: 'refuse',
  // `input` beside it holds the same items.
  input_items: 'implied',
  additional_instructions: 'refuse',
}

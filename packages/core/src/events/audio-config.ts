import { z } from 'zod'
import { integerBetween, naturalNumber, numberBetween } from './ranges.ts'

/** Audio on the wire: 16-bit little-endian mono PCM with its rate in Hz, or G.711 at 8 kHz. */
export const AudioFormatConfig = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('audio/pcm'), rate: integerBetween(8000, 48_000).optional() }),
  z.looseObject({ type: z.literal('audio/pcmu') }),
  z.looseObject({ type: z.literal('audio/pcma') }),
])
export type AudioFormatConfig = z.infer<typeof AudioFormatConfig>

/** A voice by name, or a custom one by id. */
export const Voice = z.union(
  [z.string(), z.looseObject({ id: z.string() })],
  'Expected the name of a voice or an object with its id.',
)
export type Voice = z.infer<typeof Voice>

/** Where the microphone is. */
export const NoiseReduction = z.looseObject({
  type: z.enum(['near_field', 'far_field']).optional(),
  strength: z.number().nullish(),
})
export type NoiseReduction = z.infer<typeof NoiseReduction>

/** How the user's speech is written down; without it there is no transcript. */
export const InputTranscription = z.looseObject({
  model: z.string().nullish(),
  language: z.string().nullish(),
  languages: z.array(z.string()).nullish(),
  keywords: z.array(z.string()).nullish(),
  prompt: z.string().nullish(),
  delay: z.enum(['minimal', 'low', 'medium', 'high', 'xhigh']).nullish(),
})
export type InputTranscription = z.infer<typeof InputTranscription>

/** Ends a turn after a silence. Defaults: threshold 0.5, padding 300 ms, silence 500 ms, both switches on. */
export const ServerVad = z.looseObject({
  type: z.literal('server_vad'),
  threshold: numberBetween(0, 1).optional(),
  prefix_padding_ms: naturalNumber().optional(),
  silence_duration_ms: naturalNumber().optional(),
  idle_timeout_ms: integerBetween(5000, 30_000).nullish(),
  create_response: z.boolean().optional(),
  interrupt_response: z.boolean().optional(),
})
export type ServerVad = z.infer<typeof ServerVad>

/** Ends a turn when what was said sounds finished. */
export const SemanticVad = z.looseObject({
  type: z.literal('semantic_vad'),
  eagerness: z.enum(['low', 'medium', 'high', 'auto']).optional(),
  create_response: z.boolean().optional(),
  interrupt_response: z.boolean().optional(),
})
export type SemanticVad = z.infer<typeof SemanticVad>

/** Who decides that a turn is over; `null` in its place means the client does. */
export const TurnDetection = z.discriminatedUnion('type', [ServerVad, SemanticVad])
export type TurnDetection = z.infer<typeof TurnDetection>

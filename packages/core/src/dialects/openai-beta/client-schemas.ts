import { z } from 'zod'
import { InputTranscription, NoiseReduction, TurnDetection } from '../../events/audio-config.ts'
import { numberBetween } from '../../events/ranges.ts'
import { Metadata } from '../../events/response.ts'
import { Include, MaxOutputTokens, PromptReference, Tracing } from '../../events/session-config.ts'
import { FunctionToolConfig, ToolChoice } from '../../events/tools.ts'
import { clientEvent, sharedClientSchemas } from '../flat/client-events.ts'
import { FlatInputItem } from '../flat/items.ts'
import { FlatNoDetection } from '../flat/shapes.ts'

const AudioFormat = z.enum(['pcm16', 'g711_ulaw', 'g711_alaw'])
const modalitiesExpected = "Expected ['text'] or ['text', 'audio']."
const Modalities = z.array(z.enum(['text', 'audio']), modalitiesExpected).min(1, modalitiesExpected)
const Temperature = numberBetween(0.6, 1.2)
const BetaToolChoice = z.union(
  [z.string(), ToolChoice],
  'Expected a string or an object that names a function.',
)

const listening = {
  input_audio_format: AudioFormat.optional(),
  input_audio_transcription: InputTranscription.nullish(),
  input_audio_noise_reduction: NoiseReduction.nullish(),
  turn_detection: z.discriminatedUnion('type', [TurnDetection, FlatNoDetection]).nullish(),
  include: Include.nullish(),
  modalities: Modalities.optional(),
  /** Of the REST call that makes a session; says nothing here. */
  client_secret: z
    .looseObject({
      expires_at: z.looseObject({ anchor: z.string().optional(), seconds: z.number().optional() }).optional(),
    })
    .optional(),
}

/** The `session` of `session.update`; an absent key keeps its value. */
export const BetaSession = z.looseObject({
  ...listening,
  model: z.string().optional(),
  instructions: z.string().optional(),
  voice: z.string().optional(),
  output_audio_format: AudioFormat.optional(),
  tools: z.array(FunctionToolConfig).optional(),
  tool_choice: BetaToolChoice.optional(),
  temperature: Temperature.optional(),
  max_response_output_tokens: MaxOutputTokens.optional(),
  speed: numberBetween(0.25, 1.5).optional(),
  tracing: Tracing.nullish(),
  prompt: PromptReference.nullish(),
})

/** The `session` of `transcription_session.update`. */
export const BetaTranscriptionSession = z.looseObject(listening)

/** The `response` of `response.create`. */
export const BetaResponseParams = z.looseObject({
  conversation: z.string().optional(),
  input: z.array(FlatInputItem).optional(),
  instructions: z.string().optional(),
  max_response_output_tokens: MaxOutputTokens.optional(),
  metadata: Metadata.nullish(),
  modalities: Modalities.optional(),
  output_audio_format: AudioFormat.optional(),
  temperature: Temperature.optional(),
  tool_choice: BetaToolChoice.optional(),
  tools: z.array(FunctionToolConfig).optional(),
  voice: z.string().optional(),
})

/** The client events of the beta. */
export const betaClientSchemas = [
  ...sharedClientSchemas,
  z.looseObject({ ...clientEvent, type: z.literal('session.update'), session: BetaSession }),
  z.looseObject({
    ...clientEvent,
    type: z.literal('transcription_session.update'),
    session: BetaTranscriptionSession,
  }),
  z.looseObject({
    ...clientEvent,
    type: z.literal('response.create'),
    response: BetaResponseParams.nullish(),
  }),
] as const

import { z } from 'zod'
import { Metadata } from '../../events/response.ts'
import { MaxOutputTokens } from '../../events/session-config.ts'
import { ToolChoice } from '../../events/tools.ts'
import { clientEvent, sharedClientSchemas } from '../flat/client-events.ts'
import { FlatInputItem } from '../flat/items.ts'
import {
  VoiceLiveInterimResponse,
  VoiceLiveModalities,
  VoiceLiveOutputFormat,
  VoiceLiveReasoningEffort,
  VoiceLiveSession,
  VoiceLiveTemperature,
} from './session.ts'
import { VoiceLiveTool } from './tools.ts'
import { VoiceLiveVoice } from './voice.ts'

/** The `response` of `response.create`: names of the documents and of the SDK. */
export const VoiceLiveResponseParams = z.looseObject({
  commit: z.boolean().optional(),
  cancel_previous: z.boolean().optional(),
  append_input_items: z.array(FlatInputItem).optional(),
  input_items: z.array(FlatInputItem).optional(),
  input: z.array(FlatInputItem).optional(),
  conversation: z.string().optional(),
  modalities: VoiceLiveModalities.optional(),
  instructions: z.string().optional(),
  voice: VoiceLiveVoice.optional(),
  output_audio_format: VoiceLiveOutputFormat.optional(),
  tools: z.array(VoiceLiveTool).optional(),
  tool_choice: z
    .union([z.string(), ToolChoice], 'Expected a string or an object that names a tool.')
    .optional(),
  temperature: VoiceLiveTemperature.optional(),
  max_output_tokens: MaxOutputTokens.optional(),
  max_response_output_tokens: MaxOutputTokens.optional(),
  pre_generated_assistant_message: FlatInputItem.optional(),
  reasoning_effort: VoiceLiveReasoningEffort.optional(),
  metadata: Metadata.nullish(),
  interim_response: VoiceLiveInterimResponse.nullish(),
  invoke_input: z.unknown().optional(),
})

/** The client events of Voice Live that Parley knows; avatars, explicit turns and the like are extensions. */
export const voiceLiveClientSchemas = [
  ...sharedClientSchemas,
  z.looseObject({ ...clientEvent, type: z.literal('session.update'), session: VoiceLiveSession }),
  z.looseObject({
    ...clientEvent,
    type: z.literal('response.create'),
    response: VoiceLiveResponseParams.nullish(),
    additional_instructions: z.string().optional(),
  }),
] as const

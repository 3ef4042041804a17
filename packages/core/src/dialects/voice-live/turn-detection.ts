import { z } from 'zod'
import { SemanticVad } from '../../events/audio-config.ts'
import { naturalNumber, numberBetween } from '../../events/ranges.ts'
import { FlatNoDetection } from '../flat/shapes.ts'

/** Whether the sentence is over, told by a model: `semantic_detection_v1` and its kin. */
const EndOfUtteranceDetection = z.looseObject({
  model: z.string(),
  threshold_level: z.enum(['low', 'medium', 'high', 'default']).optional(),
  timeout_ms: z.number().optional(),
})

const detection = {
  threshold: numberBetween(0, 1).optional(),
  prefix_padding_ms: naturalNumber().optional(),
  silence_duration_ms: naturalNumber().optional(),
  speech_duration_ms: naturalNumber().optional(),
  end_of_utterance_detection: EndOfUtteranceDetection.nullish(),
  /** The server cuts the last answer itself when the user interrupts it. */
  auto_truncate: z.boolean().optional(),
  create_response: z.boolean().optional(),
  interrupt_response: z.boolean().optional(),
}
const semantic = {
  ...detection,
  remove_filler_words: z.boolean().optional(),
  appended_text_after_truncation: z.string().optional(),
}
const languages = { languages: z.array(z.string()).optional() }

/** Who decides that a turn is over: Voice Live's kinds, and those of OpenAI. */
export const VoiceLiveTurnDetection = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('server_vad'), ...detection }),
  SemanticVad,
  z.looseObject({ type: z.literal('azure_semantic_vad'), ...semantic, ...languages }),
  z.looseObject({ type: z.literal('azure_semantic_vad_en'), ...semantic }),
  z.looseObject({ type: z.literal('azure_semantic_vad_multilingual'), ...semantic, ...languages }),
  FlatNoDetection,
])
export type VoiceLiveTurnDetection = z.infer<typeof VoiceLiveTurnDetection>

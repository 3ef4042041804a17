import { z } from 'zod'
import { stringOr } from '../flat/shapes.ts'

const named = { name: z.string() }

/** How an Azure voice speaks; `rate`, `pitch` and `volume` as in SSML. */
const speaking = {
  temperature: z.number().nullish(),
  custom_lexicon_url: z.string().nullish(),
  custom_text_normalization_url: z.string().nullish(),
  prefer_locales: z.array(z.string()).nullish(),
  locale: z.string().nullish(),
  style: z.string().nullish(),
  pitch: z.string().nullish(),
  rate: z.string().nullish(),
  volume: z.string().nullish(),
}

const voiceObject = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('openai'), ...named }),
  z.looseObject({ type: z.literal('azure-standard'), ...named, ...speaking }),
  z.looseObject({ type: z.literal('azure-custom'), ...named, ...speaking, endpoint_id: z.string() }),
  z.looseObject({ type: z.literal('azure-personal'), ...named, ...speaking, model: z.string() }),
  z.looseObject({ type: z.literal('avatar-voice-sync'), ...speaking, model: z.string() }),
  z.looseObject({ type: z.literal('azure-realtime-native'), ...named }),
])

/** A voice of OpenAI by name, or any voice as an object. */
export const VoiceLiveVoice = stringOr(
  voiceObject,
  'Expected the name of a voice or an object with its type.',
)
export type VoiceLiveVoice = z.infer<typeof VoiceLiveVoice>

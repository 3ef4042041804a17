import { z } from 'zod'
import { openaiVoice } from './ga-session.ts'

/**
 * Names of Azure voices: locale (with script or region variant), name, family. For example `en-US-AvaNeural`,
 * `zh-CN-liaoning-XiaobeiNeural`, `en-US-Ava:DragonHDLatestNeural`, `en-US-Harper:MAI-Voice-2-Flash`.
 */
export const azureVoiceName =
  /^[a-z]{2,3}(-[A-Z][a-z]{3})?-[A-Z]{2}(-[a-z]+)?-[A-Za-z0-9]+(Neural|:[A-Za-z0-9]+Neural|:MAI-Voice-[\w-]+)$/

const shaping = {
  temperature: z.number().min(0).max(1).optional(),
  custom_lexicon_url: z.url().optional(),
  custom_text_normalization_url: z.url().optional(),
  prefer_locales: z.array(z.string()).optional(),
  locale: z.string().optional(),
  style: z.string().optional(),
  pitch: z.string().optional(),
  rate: z.string().optional(),
  volume: z.string().optional(),
}
const personalModel = z.enum([
  'DragonLatestNeural',
  'PhoenixLatestNeural',
  'PhoenixV2Neural',
  'DragonHDOmniLatestNeural',
  'MAI-Voice-1',
])

/** `voice` of Voice Live: an OpenAI name, or an object by kind. */
export const voiceLiveVoice = z.union([
  openaiVoice,
  z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('openai'), name: openaiVoice }),
    z.strictObject({ type: z.literal('azure-standard'), name: z.string().regex(azureVoiceName), ...shaping }),
    z.strictObject({
      type: z.literal('azure-custom'),
      name: z.string().min(1),
      endpoint_id: z.string().min(1),
      ...shaping,
    }),
    z.strictObject({
      type: z.literal('azure-personal'),
      name: z.string().min(1),
      model: personalModel,
      ...shaping,
    }),
    z.strictObject({ type: z.literal('avatar-voice-sync'), model: personalModel, ...shaping }),
    z.strictObject({
      type: z.literal('azure-realtime-native'),
      name: z.enum([
        'aarti',
        'andrew',
        'ava',
        'denise',
        'diya',
        'elsa',
        'florian',
        'francisca',
        'meera',
        'xiaoxiao',
        'yunxi',
        'ximena',
      ]),
    }),
  ]),
])

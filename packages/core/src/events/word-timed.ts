import { z } from 'zod'

/** Voice Live's `response.audio_timestamp.delta`, an extension everywhere: when one word of an answer sounds. */
export const WordTimed = z.looseObject({
  item_id: z.string(),
  /** From the item's first sound (ms). */
  audio_offset_ms: z.number().nonnegative(),
  audio_duration_ms: z.number().nonnegative(),
  text: z.string(),
})
export type WordTimed = z.infer<typeof WordTimed>

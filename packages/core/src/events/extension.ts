import { z } from 'zod'

/** Wire formats Parley serves or speaks. */
export type DialectName = 'openai-ga' | 'openai-beta' | 'voice-live' | 'gemini-live'

/**
 * An event whose type Parley does not know. `event` is the whole object as it came; the dialect that read it
 * writes it back unchanged.
 */
export const ExtensionEvent = z.object({
  type: z.literal('extension'),
  dialect: z.custom<DialectName>((value) => typeof value === 'string'),
  event: z.record(z.string(), z.unknown()),
})
export type ExtensionEvent = z.infer<typeof ExtensionEvent>

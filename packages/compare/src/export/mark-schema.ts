import * as z from 'zod'
import type { Mark } from '../run/mark.ts'

const at = z.number()
const step = z.int().min(0)
const itemId = z.string()
const responseId = z.string()
const text = z.string()

/** A mark as it is kept in an export. */
export const MarkSchema: z.ZodType<Mark> = z.discriminatedUnion('type', [
  z.object({ type: z.enum(['connected', 'session_created', 'session_ready']), at }),
  z.object({ type: z.literal('step'), at, step }),
  z.object({ type: z.enum(['speech_start', 'speech_end']), at, step: step.exactOptional() }),
  z.object({ type: z.literal('text_sent'), at, step: step.exactOptional(), text }),
  z.object({ type: z.enum(['speech_started', 'speech_stopped']), at, itemId }),
  z.object({ type: z.enum(['first_transcript', 'transcript']), at, itemId, text }),
  z.object({ type: z.enum(['response_created', 'first_audio', 'first_sound', 'sound_end']), at, responseId }),
  z.object({ type: z.literal('first_text'), at, responseId, text }),
  z.object({ type: z.literal('cut'), at, responseId, heardMs: z.number() }),
  z.object({ type: z.literal('tool_call'), at, responseId, name: z.string(), arguments: z.string() }),
  z.object({ type: z.literal('response_done'), at, responseId, status: z.string(), text }),
  z.object({ type: z.literal('late_frame'), at, lateMs: z.number() }),
  z.object({ type: z.literal('underrun'), at, gapMs: z.number() }),
  z.object({ type: z.enum(['warning', 'error']), at, code: z.string(), text }),
  z.object({ type: z.literal('closed'), at, code: z.string() }),
])

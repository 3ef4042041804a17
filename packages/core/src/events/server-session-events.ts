import { z } from 'zod'
import { serverEvent } from './server-event.ts'
import { Session } from './session-config.ts'

/** Says that something went wrong; the session goes on. `error.event_id` names the client event at fault. */
export const ErrorEvent = z.looseObject({
  ...serverEvent,
  type: z.literal('error'),
  error: z.looseObject({
    type: z.string(),
    code: z.string().nullish(),
    message: z.string(),
    param: z.string().nullish(),
    event_id: z.string().nullish(),
  }),
})
export type ErrorEvent = z.infer<typeof ErrorEvent>

/** Says what was left out or replaced so that the session goes on; Azure Voice Live has the same event. */
export const WarningEvent = z.looseObject({
  ...serverEvent,
  type: z.literal('warning'),
  warning: z.looseObject({
    message: z.string(),
    code: z.string().nullish(),
    param: z.string().nullish(),
  }),
})
export type WarningEvent = z.infer<typeof WarningEvent>

/** The first event of every connection. */
export const SessionCreated = z.looseObject({
  ...serverEvent,
  type: z.literal('session.created'),
  session: Session,
})
export type SessionCreated = z.infer<typeof SessionCreated>

/** Answers `session.update` with the whole effective session. */
export const SessionUpdated = z.looseObject({
  ...serverEvent,
  type: z.literal('session.updated'),
  session: Session,
})
export type SessionUpdated = z.infer<typeof SessionUpdated>

/** Names the conversation; many servers leave it out. */
export const ConversationCreated = z.looseObject({
  ...serverEvent,
  type: z.literal('conversation.created'),
  conversation: z.looseObject({
    id: z.string().optional(),
    object: z.literal('realtime.conversation').optional(),
  }),
})
export type ConversationCreated = z.infer<typeof ConversationCreated>

/** What is left of the vendor's limits. */
export const RateLimitsUpdated = z.looseObject({
  ...serverEvent,
  type: z.literal('rate_limits.updated'),
  rate_limits: z.array(
    z.looseObject({
      name: z.string().optional(),
      limit: z.number().optional(),
      remaining: z.number().optional(),
      reset_seconds: z.number().optional(),
    }),
  ),
})
export type RateLimitsUpdated = z.infer<typeof RateLimitsUpdated>

/** One schema a type. */
export const sessionEventSchemas = [
  ErrorEvent,
  WarningEvent,
  SessionCreated,
  SessionUpdated,
  ConversationCreated,
  RateLimitsUpdated,
] as const

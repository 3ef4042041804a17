import { z } from 'zod'
import { Item } from './items.ts'
import { serverEvent } from './server-event.ts'

const placedItem = { ...serverEvent, item: Item, previous_item_id: z.string().nullish() }
const itemPart = { ...serverEvent, item_id: z.string(), content_index: z.number() }

const LogProbability = z.looseObject({
  token: z.string(),
  logprob: z.number(),
  bytes: z.array(z.number()).nullish(),
})

/** An item joined the conversation; it may still be filled. */
export const ConversationItemAdded = z.looseObject({
  ...placedItem,
  type: z.literal('conversation.item.added'),
})
export type ConversationItemAdded = z.infer<typeof ConversationItemAdded>

/** An item is complete, except for the transcript of user speech. */
export const ConversationItemDone = z.looseObject({
  ...placedItem,
  type: z.literal('conversation.item.done'),
})
export type ConversationItemDone = z.infer<typeof ConversationItemDone>

/** The beta's name for added and done in one; GA servers do not send it. */
export const ConversationItemCreated = z.looseObject({
  ...placedItem,
  type: z.literal('conversation.item.created'),
})
export type ConversationItemCreated = z.infer<typeof ConversationItemCreated>

/** Answers `conversation.item.retrieve`. */
export const ConversationItemRetrieved = z.looseObject({
  ...serverEvent,
  type: z.literal('conversation.item.retrieved'),
  item: Item,
})
export type ConversationItemRetrieved = z.infer<typeof ConversationItemRetrieved>

/** An assistant item was cut to what was heard. */
export const ConversationItemTruncated = z.looseObject({
  ...itemPart,
  type: z.literal('conversation.item.truncated'),
  audio_end_ms: z.number(),
  /** What the listener heard of the transcript. */
  parley: z.looseObject({ heard_transcript: z.string() }).optional(),
})
export type ConversationItemTruncated = z.infer<typeof ConversationItemTruncated>

/** An item is gone. */
export const ConversationItemDeleted = z.looseObject({
  ...serverEvent,
  type: z.literal('conversation.item.deleted'),
  item_id: z.string(),
})
export type ConversationItemDeleted = z.infer<typeof ConversationItemDeleted>

/** More of the transcript of user speech. */
export const ConversationItemInputAudioTranscriptionDelta = z.looseObject({
  ...serverEvent,
  type: z.literal('conversation.item.input_audio_transcription.delta'),
  item_id: z.string(),
  content_index: z.number().optional(),
  delta: z.string().optional(),
  logprobs: z.array(LogProbability).nullish(),
})
export type ConversationItemInputAudioTranscriptionDelta = z.infer<
  typeof ConversationItemInputAudioTranscriptionDelta
>

/** What a transcription is billed by: tokens or seconds. */
export const TranscriptionUsage = z.discriminatedUnion('type', [
  z.looseObject({
    type: z.literal('tokens'),
    total_tokens: z.number(),
    input_tokens: z.number(),
    output_tokens: z.number(),
    input_token_details: z
      .looseObject({ text_tokens: z.number().optional(), audio_tokens: z.number().optional() })
      .nullish(),
  }),
  z.looseObject({ type: z.literal('duration'), seconds: z.number() }),
])
export type TranscriptionUsage = z.infer<typeof TranscriptionUsage>

/** The transcript of user speech; may come after the whole response. */
export const ConversationItemInputAudioTranscriptionCompleted = z.looseObject({
  ...itemPart,
  type: z.literal('conversation.item.input_audio_transcription.completed'),
  transcript: z.string(),
  usage: TranscriptionUsage.nullish(),
  logprobs: z.array(LogProbability).nullish(),
  languages: z.array(z.looseObject({ code: z.string() })).nullish(),
})
export type ConversationItemInputAudioTranscriptionCompleted = z.infer<
  typeof ConversationItemInputAudioTranscriptionCompleted
>

/** User speech could not be written down. */
export const ConversationItemInputAudioTranscriptionFailed = z.looseObject({
  ...itemPart,
  type: z.literal('conversation.item.input_audio_transcription.failed'),
  error: z.looseObject({
    type: z.string().nullish(),
    code: z.string().nullish(),
    message: z.string().nullish(),
    param: z.string().nullish(),
  }),
})
export type ConversationItemInputAudioTranscriptionFailed = z.infer<
  typeof ConversationItemInputAudioTranscriptionFailed
>

/** A stretch of speech of one speaker; times in seconds. */
export const ConversationItemInputAudioTranscriptionSegment = z.looseObject({
  ...itemPart,
  type: z.literal('conversation.item.input_audio_transcription.segment'),
  id: z.string(),
  text: z.string(),
  speaker: z.string(),
  start: z.number(),
  end: z.number(),
})
export type ConversationItemInputAudioTranscriptionSegment = z.infer<
  typeof ConversationItemInputAudioTranscriptionSegment
>

/** One schema a type. */
export const itemEventSchemas = [
  ConversationItemAdded,
  ConversationItemDone,
  ConversationItemCreated,
  ConversationItemRetrieved,
  ConversationItemTruncated,
  ConversationItemDeleted,
  ConversationItemInputAudioTranscriptionDelta,
  ConversationItemInputAudioTranscriptionCompleted,
  ConversationItemInputAudioTranscriptionFailed,
  ConversationItemInputAudioTranscriptionSegment,
] as const

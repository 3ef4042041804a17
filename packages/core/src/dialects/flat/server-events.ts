import { z } from 'zod'
import {
  ConversationItemDeleted,
  ConversationItemInputAudioTranscriptionCompleted,
  ConversationItemInputAudioTranscriptionDelta,
  ConversationItemInputAudioTranscriptionFailed,
  ConversationItemTruncated,
  ErrorEvent,
  InputAudioBufferCleared,
  InputAudioBufferCommitted,
  InputAudioBufferSpeechStarted,
  InputAudioBufferSpeechStopped,
  RateLimitsUpdated,
  ResponseContentPartAdded,
  ResponseContentPartDone,
  ResponseFunctionCallArgumentsDelta,
  ResponseFunctionCallArgumentsDone,
  ResponseOutputAudioDelta,
  ResponseOutputAudioDone,
  ResponseOutputAudioTranscriptDelta,
  ResponseOutputAudioTranscriptDone,
  ResponseOutputTextDelta,
  ResponseOutputTextDone,
  WarningEvent,
} from '../../events/server-events.ts'
import { FlatItem } from './items.ts'
import { FlatResponse } from './response.ts'

const serverEvent = { event_id: z.string() }

/** The effective session; read as it comes, because servers echo more than clients may set. */
export const FlatServerSession = z.looseObject({ id: z.string().optional(), object: z.string().optional() })

const session = { ...serverEvent, session: FlatServerSession }
const response = { ...serverEvent, response: FlatResponse }
const outputItem = { ...serverEvent, response_id: z.string(), output_index: z.number(), item: FlatItem }

/** An item joined the conversation, full or still to be filled. */
export const FlatItemCreated = z.looseObject({
  ...serverEvent,
  type: z.literal('conversation.item.created'),
  previous_item_id: z.string().nullish(),
  item: FlatItem,
})
export type FlatItemCreated = z.infer<typeof FlatItemCreated>

/** The server events that every flat wire has. */
export const sharedServerSchemas = [
  ErrorEvent,
  WarningEvent,
  z.looseObject({ ...session, type: z.literal('session.created') }),
  z.looseObject({ ...session, type: z.literal('session.updated') }),
  RateLimitsUpdated,
  FlatItemCreated,
  z.looseObject({ ...serverEvent, type: z.literal('conversation.item.retrieved'), item: FlatItem }),
  ConversationItemTruncated,
  ConversationItemDeleted,
  ConversationItemInputAudioTranscriptionDelta,
  ConversationItemInputAudioTranscriptionCompleted,
  ConversationItemInputAudioTranscriptionFailed,
  InputAudioBufferCommitted,
  InputAudioBufferCleared,
  InputAudioBufferSpeechStarted,
  InputAudioBufferSpeechStopped,
  z.looseObject({ ...response, type: z.literal('response.created') }),
  z.looseObject({ ...response, type: z.literal('response.done') }),
  z.looseObject({ ...outputItem, type: z.literal('response.output_item.added') }),
  z.looseObject({ ...outputItem, type: z.literal('response.output_item.done') }),
  ResponseContentPartAdded,
  ResponseContentPartDone,
  ResponseOutputTextDelta.extend({ type: z.literal('response.text.delta') }),
  ResponseOutputTextDone.extend({ type: z.literal('response.text.done') }),
  ResponseOutputAudioDelta.extend({ type: z.literal('response.audio.delta') }),
  ResponseOutputAudioDone.extend({ type: z.literal('response.audio.done') }),
  ResponseOutputAudioTranscriptDelta.extend({ type: z.literal('response.audio_transcript.delta') }),
  ResponseOutputAudioTranscriptDone.extend({ type: z.literal('response.audio_transcript.done') }),
  ResponseFunctionCallArgumentsDelta,
  ResponseFunctionCallArgumentsDone,
] as const

import { z } from 'zod'
import { audioPayload } from './audio-payload.ts'
import { ExtensionEvent } from './extension.ts'
import { Item } from './items.ts'
import { naturalNumber } from './ranges.ts'
import { ResponseCreateParams } from './response.ts'
import { SessionConfig } from './session-config.ts'

/** Most audio bytes of one append, the limit of OpenAI Realtime. */
export const maxAppendBytes = 15 * 1024 * 1024

/** Longest item id a client may choose, in characters. */
export const maxItemIdLength = 64

/** Every client event may carry an id of the client's choice; errors echo it. */
const clientEvent = { event_id: z.string().optional() }

/** Changes the session; answered by `session.updated` or dropped whole with an `error`. */
export const SessionUpdate = z.looseObject({
  ...clientEvent,
  type: z.literal('session.update'),
  session: SessionConfig,
})
export type SessionUpdate = z.infer<typeof SessionUpdate>

/** Adds audio in the session's input format; not answered. */
export const InputAudioBufferAppend = z.looseObject({
  ...clientEvent,
  type: z.literal('input_audio_buffer.append'),
  audio: audioPayload.refine(
    (audio) => audio.byteLength <= maxAppendBytes,
    'Expected at most 15 MiB of audio.',
  ),
})
export type InputAudioBufferAppend = z.infer<typeof InputAudioBufferAppend>

/** Makes a user item of the buffered audio. */
export const InputAudioBufferCommit = z.looseObject({
  ...clientEvent,
  type: z.literal('input_audio_buffer.commit'),
})
export type InputAudioBufferCommit = z.infer<typeof InputAudioBufferCommit>

/** Drops the buffered audio. */
export const InputAudioBufferClear = z.looseObject({
  ...clientEvent,
  type: z.literal('input_audio_buffer.clear'),
})
export type InputAudioBufferClear = z.infer<typeof InputAudioBufferClear>

/** Stops what is being played (WebRTC and SIP). */
export const OutputAudioBufferClear = z.looseObject({
  ...clientEvent,
  type: z.literal('output_audio_buffer.clear'),
})
export type OutputAudioBufferClear = z.infer<typeof OutputAudioBufferClear>

/** Adds an item: at the end, first with `root`, or behind `previous_item_id`. */
export const ConversationItemCreate = z
  .looseObject({
    ...clientEvent,
    type: z.literal('conversation.item.create'),
    previous_item_id: z.string().nullish(),
    item: Item,
  })
  .refine((event) => (event.item.id ?? '').length <= maxItemIdLength, {
    path: ['item', 'id'],
    error: `Expected at most ${maxItemIdLength} characters.`,
  })
export type ConversationItemCreate = z.infer<typeof ConversationItemCreate>

/** Asks for an item with its audio. */
export const ConversationItemRetrieve = z.looseObject({
  ...clientEvent,
  type: z.literal('conversation.item.retrieve'),
  item_id: z.string(),
})
export type ConversationItemRetrieve = z.infer<typeof ConversationItemRetrieve>

/** Cuts an assistant item to what was heard. */
export const ConversationItemTruncate = z.looseObject({
  ...clientEvent,
  type: z.literal('conversation.item.truncate'),
  item_id: z.string(),
  content_index: naturalNumber(),
  audio_end_ms: naturalNumber(),
  /** Set by the session when it forwards the event. */
  parley: z.looseObject({ heard_transcript: z.string() }).optional(),
})
export type ConversationItemTruncate = z.infer<typeof ConversationItemTruncate>

/** Removes an item. */
export const ConversationItemDelete = z.looseObject({
  ...clientEvent,
  type: z.literal('conversation.item.delete'),
  item_id: z.string(),
})
export type ConversationItemDelete = z.infer<typeof ConversationItemDelete>

/** Asks for a response. */
export const ResponseCreate = z.looseObject({
  ...clientEvent,
  type: z.literal('response.create'),
  response: ResponseCreateParams.nullish(),
})
export type ResponseCreate = z.infer<typeof ResponseCreate>

/** Stops a response: the one named, else the active one. */
export const ResponseCancel = z.looseObject({
  ...clientEvent,
  type: z.literal('response.cancel'),
  response_id: z.string().nullish(),
})
export type ResponseCancel = z.infer<typeof ResponseCancel>

/** The client events of OpenAI Realtime, one schema a type. */
export const clientEventSchemas = [
  SessionUpdate,
  InputAudioBufferAppend,
  InputAudioBufferCommit,
  InputAudioBufferClear,
  OutputAudioBufferClear,
  ConversationItemCreate,
  ConversationItemRetrieve,
  ConversationItemTruncate,
  ConversationItemDelete,
  ResponseCreate,
  ResponseCancel,
] as const

/** Anything a client says; narrows by `type`. */
export const ClientEvent = z.discriminatedUnion('type', [...clientEventSchemas, ExtensionEvent])
export type ClientEvent = z.infer<typeof ClientEvent>

import { z } from 'zod'
import {
  ConversationItemDelete,
  ConversationItemRetrieve,
  ConversationItemTruncate,
  InputAudioBufferAppend,
  InputAudioBufferClear,
  InputAudioBufferCommit,
  OutputAudioBufferClear,
  ResponseCancel,
  maxItemIdLength,
} from '../../events/client-events.ts'
import { FlatItem } from './items.ts'

/** Every client event may carry an id of the client's choice. */
export const clientEvent = { event_id: z.string().optional() }

/** As in GA, with the content types of the flat wires. */
export const FlatItemCreate = z
  .looseObject({
    ...clientEvent,
    type: z.literal('conversation.item.create'),
    previous_item_id: z.string().nullish(),
    item: FlatItem,
  })
  .refine((event) => (event.item.id ?? '').length <= maxItemIdLength, {
    path: ['item', 'id'],
    error: `Expected at most ${maxItemIdLength} characters.`,
  })
export type FlatItemCreate = z.infer<typeof FlatItemCreate>

/** The client events that every flat wire has, but those with a session or a response in them. */
export const sharedClientSchemas = [
  InputAudioBufferAppend,
  InputAudioBufferCommit,
  InputAudioBufferClear,
  OutputAudioBufferClear,
  FlatItemCreate,
  ConversationItemRetrieve,
  ConversationItemTruncate,
  ConversationItemDelete,
  ResponseCancel,
] as const

import { z } from 'zod'
import { itemId } from './items.ts'

const head = { event_id: z.string().max(512).optional() }

/** Largest sound of one append: 15 MiB, as base64. */
const appendCharacters = (15 * 1024 * 1024 * 4) / 3

/** Schemas by event type. */
export type EventSchemas = Readonly<Record<string, z.ZodType>>

/** The parts of the events that differ from wire to wire. */
export interface EventParts {
  readonly session: z.ZodType
  readonly item: z.ZodType
  readonly response: z.ZodType
  /** Further client events of this wire. */
  readonly more?: Readonly<Record<string, z.ZodRawShape>>
  /** Further fields of `response.create` beside `response`. */
  readonly besideResponse?: z.ZodRawShape
}

/** Strict schemas of the client events every OpenAI-like wire has. */
export function clientEventSchemas(parts: EventParts): EventSchemas {
  const { session, item, response, more = {}, besideResponse = {} } = parts
  const shapes: Readonly<Record<string, z.ZodRawShape>> = {
    'session.update': { session },
    'input_audio_buffer.append': { audio: z.base64().max(appendCharacters) },
    'input_audio_buffer.commit': {},
    'input_audio_buffer.clear': {},
    'conversation.item.create': { item, previous_item_id: z.string().nullable().optional() },
    'conversation.item.retrieve': { item_id: itemId },
    'conversation.item.truncate': {
      item_id: itemId,
      content_index: z.literal(0),
      audio_end_ms: z.int().min(0),
    },
    'conversation.item.delete': { item_id: itemId },
    'response.create': { response: response.nullable().optional(), ...besideResponse },
    'response.cancel': { response_id: z.string().optional() },
    ...more,
  }
  return Object.fromEntries(
    Object.entries(shapes).map(([type, shape]) => [
      type,
      z.strictObject({ ...head, type: z.literal(type), ...shape }),
    ]),
  )
}

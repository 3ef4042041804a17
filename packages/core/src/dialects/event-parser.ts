import type { z } from 'zod'
import { RealtimeError } from '../errors.ts'
import { AudioPayload } from '../events/audio-payload.ts'
import type { DialectName } from '../events/extension.ts'
import { schemaError } from './invalid-event.ts'
import { isObject, type JsonObject } from './json-object.ts'

/** Schema of the events of one type. */
export type EventSchema = z.ZodType & { readonly shape: { readonly type: z.ZodLiteral<string> } }

/** One side of a wire: its events, and where audio is in them. */
export interface EventParserOptions {
  readonly dialect: DialectName
  readonly schemas: readonly EventSchema[]
  /** Event types whose audio is base64 text on the wire, and the field it is in. */
  readonly audioFields: Readonly<Record<string, string>>
  /** Rewrites an event before it is checked. */
  readonly prepare?: (raw: JsonObject) => JsonObject
  /** Events that are extensions although their type is known. */
  readonly isForeign?: (raw: JsonObject) => boolean
}

/**
 * A function that checks what `JSON.parse` gave and hands it on as it came, so that unknown keys and their order
 * stay; only audio becomes an `AudioPayload`. An event of unknown type is kept as an extension. Throws
 * `invalid_event`, `missing_required_parameter` or `invalid_value`, naming the field.
 */
export function createEventParser(options: EventParserOptions): (raw: unknown) => JsonObject {
  const { dialect, prepare, isForeign } = options
  const schemas = new Map(options.schemas.map((schema) => [schema.shape.type.value, schema]))
  const audioFields = new Map(Object.entries(options.audioFields))
  return (raw) => {
    if (!isObject(raw)) throw new RealtimeError('invalid_event', 'An event is a JSON object.')
    const eventId = eventIdOf(raw)
    const type = raw['type']
    if (typeof type !== 'string') {
      throw new RealtimeError('invalid_event', "An event has a 'type' that is a string.", {
        param: 'type',
        eventId,
      })
    }
    const schema = schemas.get(type)
    if (!schema || isForeign?.(raw)) return { type: 'extension', dialect, event: raw }
    const event = withAudioPayload(prepare ? prepare(raw) : raw, audioFields.get(type))
    const result = schema.safeParse(event)
    if (!result.success) throw schemaError(event, result.error, eventId)
    return event
  }
}

/** The id a client gave its event. */
export function eventIdOf(raw: JsonObject): string | undefined {
  const id = raw['event_id']
  return typeof id === 'string' ? id : undefined
}

function withAudioPayload(raw: JsonObject, field: string | undefined): JsonObject {
  if (field === undefined) return raw
  const base64 = raw[field]
  if (typeof base64 !== 'string') return raw
  return { ...raw, [field]: AudioPayload.fromBase64(base64, { param: field, eventId: eventIdOf(raw) }) }
}

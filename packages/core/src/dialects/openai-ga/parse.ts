import type { z } from 'zod'
import { RealtimeError } from '../../errors.ts'
import { AudioPayload } from '../../events/audio-payload.ts'
import { clientEventSchemas, type ClientEvent } from '../../events/client-events.ts'
import { serverEventSchemas, type ServerEvent } from '../../events/server-events.ts'
import { RealtimeSessionConfig, TranscriptionSessionConfig } from '../../events/session-config.ts'
import { schemaError, unknownParameter } from './invalid-event.ts'

type JsonObject = Readonly<Record<string, unknown>>

const clientSchemas = schemasByType(clientEventSchemas)
const serverSchemas = schemasByType(serverEventSchemas)

/** Event types whose audio is base64 text on the wire, and the field it is in. */
const audioFields: ReadonlyMap<string, string> = new Map([
  ['input_audio_buffer.append', 'audio'],
  ['response.output_audio.delta', 'delta'],
])

/**
 * A client event from what `JSON.parse` gave. Throws `invalid_event`, `missing_required_parameter`,
 * `unknown_parameter` (top level of `session`) or `invalid_value`, naming the field. An event of unknown type is
 * kept as an extension.
 */
export function parseClientEvent(raw: unknown): ClientEvent {
  const event = parseEvent(raw, clientSchemas)
  refuseUnknownSessionKeys(event)
  // Checked: the value satisfies the schema of its type, or is an extension.
  return event as ClientEvent
}

/** A server event from what `JSON.parse` gave; throws as `parseClientEvent`, without limits on unknown keys. */
export function parseServerEvent(raw: unknown): ServerEvent {
  // Checked: the value satisfies the schema of its type, or is an extension.
  return parseEvent(raw, serverSchemas) as ServerEvent
}

/** The given object itself where its schema holds, so that unknown keys and their order stay. */
function parseEvent(raw: unknown, schemas: ReadonlyMap<string, z.ZodType>): JsonObject {
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
  if (!schema) return { type: 'extension', dialect: 'openai-ga', event: raw }
  const event = withAudioPayload(raw, type)
  const result = schema.safeParse(event)
  if (!result.success) throw schemaError(event, result.error, eventId)
  return event
}

function withAudioPayload(raw: JsonObject, type: string): JsonObject {
  const field = audioFields.get(type)
  if (field === undefined) return raw
  const base64 = raw[field]
  if (typeof base64 !== 'string') return raw
  return { ...raw, [field]: AudioPayload.fromBase64(base64, { param: field, eventId: eventIdOf(raw) }) }
}

/** Clients that send another vendor's session learn it at once; nested unknown keys survive. */
function refuseUnknownSessionKeys(event: JsonObject): void {
  const session = event['session']
  if (event['type'] !== 'session.update' || !isObject(session)) return
  const known =
    session['type'] === 'transcription' ? TranscriptionSessionConfig.shape : RealtimeSessionConfig.shape
  const unknown = Object.keys(session).find((key) => !Object.hasOwn(known, key))
  if (unknown !== undefined) throw unknownParameter(['session', unknown], eventIdOf(event))
}

function eventIdOf(raw: JsonObject): string | undefined {
  const id = raw['event_id']
  return typeof id === 'string' ? id : undefined
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function schemasByType(
  schemas: readonly (z.ZodType & { readonly shape: { readonly type: z.ZodLiteral<string> } })[],
): ReadonlyMap<string, z.ZodType> {
  return new Map(schemas.map((schema) => [schema.shape.type.value, schema]))
}

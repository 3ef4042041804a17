import { clientEventSchemas, type ClientEvent } from '../../events/client-events.ts'
import { serverEventSchemas, type ServerEvent } from '../../events/server-events.ts'
import { RealtimeSessionConfig, TranscriptionSessionConfig } from '../../events/session-config.ts'
import { createEventParser, eventIdOf } from '../event-parser.ts'
import { unknownParameter } from '../invalid-event.ts'
import { isObject, type JsonObject } from '../json-object.ts'

const readClientEvent = createEventParser({
  dialect: 'openai-ga',
  schemas: clientEventSchemas,
  audioFields: { 'input_audio_buffer.append': 'audio' },
  prepare: withoutNoneDetection,
})
const readServerEvent = createEventParser({
  dialect: 'openai-ga',
  schemas: serverEventSchemas,
  audioFields: { 'response.output_audio.delta': 'delta' },
  prepare: withoutNoneDetection,
})

/**
 * A client event from what `JSON.parse` gave. Throws `invalid_event`, `missing_required_parameter`,
 * `unknown_parameter` (top level of `session`) or `invalid_value`, naming the field. An event of unknown type is
 * kept as an extension.
 */
export function parseClientEvent(raw: unknown): ClientEvent {
  const event = readClientEvent(raw)
  refuseUnknownSessionKeys(event)
  // Checked: the value satisfies the schema of its type, or is an extension.
  return event as ClientEvent
}

/** A server event from what `JSON.parse` gave; throws as `parseClientEvent`, without limits on unknown keys. */
export function parseServerEvent(raw: unknown): ServerEvent {
  // Checked: the value satisfies the schema of its type, or is an extension.
  return readServerEvent(raw) as ServerEvent
}

/** Azure's `turn_detection: { type: 'none' }` is `null` elsewhere. */
function withoutNoneDetection(event: JsonObject): JsonObject {
  const session = event['session']
  if (!isObject(session) || !isObject(session['audio']) || !isObject(session['audio']['input'])) return event
  const { input } = session['audio']
  if (!isObject(input['turn_detection']) || input['turn_detection']['type'] !== 'none') return event
  const audio = { ...session['audio'], input: { ...input, turn_detection: null } }
  return { ...event, session: { ...session, audio } }
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

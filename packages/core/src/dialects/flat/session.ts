import type { SessionConfig } from '../../events/session-config.ts'
import type { JsonObject } from '../json-object.ts'
import { isObject } from '../json-object.ts'
import { readFields, writeFields } from './field.ts'
import { keptSessionKeys, sessionFields } from './session-fields.ts'

const fieldsOf = { beta: sessionFields(false), voiceLive: sessionFields(true) }

/** Extensions that a wire of OpenAI has a field for, with other values: GA's field says it there. */
const shadowing: ReadonlySet<string> = new Set([
  'modalities',
  'voice',
  'turn_detection',
  'input_audio_transcription',
  'input_audio_noise_reduction',
  'include',
  'tools',
])

/** A flat session as GA's. What GA cannot say is in `extensions`. */
export function toSession(
  flat: JsonObject,
  type: 'realtime' | 'transcription',
  extended: boolean,
): SessionConfig {
  const fields = extended ? fieldsOf.voiceLive : fieldsOf.beta
  const { ga, extensions } = readFields(flat, fields, keptSessionKeys)
  const session = { type, ...ga, ...(Object.keys(extensions).length > 0 && { extensions }) }
  // Checked: each value satisfied the schema of its flat field, and the fields' rules give GA's shapes.
  return session as SessionConfig
}

/** GA's session on a flat wire; its extensions win where the wire has them. */
export function fromSession(session: JsonObject, extended: boolean): JsonObject {
  const { type: _, ...rest } = session
  const flat = writeFields(rest, extended ? fieldsOf.voiceLive : fieldsOf.beta)
  const extensions = isObject(session['extensions']) ? session['extensions'] : {}
  for (const [key, value] of Object.entries(extensions)) {
    if (value === undefined) continue
    if (!extended && shadowing.has(key)) continue
    flat[key] = key === 'tools' ? joined(flat['tools'], value) : value
  }
  return flat
}

/** Kinds of tools GA has come first. */
export function joined(first: unknown, second: unknown): unknown {
  return Array.isArray(first) && Array.isArray(second)
    ? [...(first as unknown[]), ...(second as unknown[])]
    : second
}

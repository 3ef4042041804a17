import type { Frame } from '../../channel/codec.ts'
import { RealtimeError } from '../../errors.ts'
import { ServerMessage, type ClientMessage } from './messages.ts'

/** Deepest nesting of a message. */
const maxDepth = 128

/** Objects whose keys are names chosen by others, so they are never renamed. */
const freeMaps: ReadonlySet<string> = new Set(['args', 'response', 'partMetadata'])

const decoder = new TextDecoder('utf-8', { fatal: true })

/**
 * The message in a text or binary frame, its keys in camelCase. Unknown keys stay. Throws `invalid_event` when the
 * frame is no JSON object, and `invalid_value` when a known field has another type than documented.
 */
export function readMessage(frame: Frame): ServerMessage {
  const value = inCamelCase(parseJson(typeof frame === 'string' ? frame : textOf(frame)), maxDepth)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new RealtimeError('invalid_event', 'A message of Gemini Live is a JSON object.')
  }
  const parsed = ServerMessage.safeParse(value)
  if (parsed.success) return parsed.data
  const param = parsed.error.issues[0]?.path.map(String).join('.')
  throw new RealtimeError(
    'invalid_value',
    `Invalid value for '${param ?? ''}' in a message of Gemini Live.`,
    {
      param,
    },
  )
}

/** One text frame. */
export function writeMessage(message: ClientMessage): Frame {
  return JSON.stringify(message)
}

function textOf(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes)
  } catch {
    throw new RealtimeError('invalid_event', 'A binary message of Gemini Live is JSON text in UTF-8.')
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The engine's message quotes the frame, so it is not kept.
    throw new RealtimeError('invalid_event', 'A message of Gemini Live is JSON text.')
  }
}

/** The service writes camelCase and may write snake_case. */
function inCamelCase(value: unknown, levels: number): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (levels === 0) {
    throw new RealtimeError('invalid_event', `A message has at most ${maxDepth} levels of nesting.`)
  }
  if (Array.isArray(value)) return value.map((entry) => inCamelCase(entry, levels - 1))
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [
      key.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      freeMaps.has(key) ? child : inCamelCase(child, levels - 1),
    ]),
  )
}

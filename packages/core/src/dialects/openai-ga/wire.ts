import type { Frame } from '../../channel/codec.ts'
import { RealtimeError } from '../../errors.ts'
import type { ClientEvent } from '../../events/client-events.ts'
import type { ServerEvent } from '../../events/server-events.ts'

/** Deepest nesting of an event; what is deeper could not be written again. */
const maxDepth = 128

/** The JSON value of a frame. Throws `invalid_event` for a binary frame and for text that is not JSON. */
export function readFrame(frame: Frame): unknown {
  if (typeof frame !== 'string') {
    throw new RealtimeError('invalid_event', 'An event is a text frame, not a binary one.')
  }
  const value = parseJson(frame)
  if (isDeeperThan(value, maxDepth)) {
    throw new RealtimeError('invalid_event', `An event has at most ${maxDepth} levels of nesting.`)
  }
  return value
}

/** One text frame: audio as base64, an extension as it came. */
export function writeFrame(event: ClientEvent | ServerEvent): Frame {
  return JSON.stringify(toWire(event))
}

function toWire(event: ClientEvent | ServerEvent): unknown {
  if (event.type === 'extension') return event.event
  if (event.type === 'input_audio_buffer.append') return { ...event, audio: event.audio.base64 }
  if (event.type === 'response.output_audio.delta') return { ...event, delta: event.delta.base64 }
  return event
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The engine's message quotes the frame, so it is not kept.
    throw new RealtimeError('invalid_event', 'An event is JSON text; this frame is not JSON.')
  }
}

function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (levels === 0) return true
  return Object.values(value).some((child) => isDeeperThan(child, levels - 1))
}

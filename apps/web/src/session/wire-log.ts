import type { AudioPayload, ClientEvent, ServerEvent } from '@parley/core'
import type { LogEntry } from './event-log.ts'

/** What the log keeps of an event: all of it but the audio, of which it keeps the size. */
export function logged(
  event: ClientEvent | ServerEvent,
  seen: Pick<LogEntry, 'at' | 'direction'>,
): Omit<LogEntry, 'id' | 'count'> {
  if (event.type === 'input_audio_buffer.append') {
    return {
      ...seen,
      ...sizeOf(event.audio),
      type: event.type,
      event: { ...event, audio: stated(event.audio) },
    }
  }
  if (event.type === 'response.output_audio.delta') {
    return {
      ...seen,
      ...sizeOf(event.delta),
      type: event.type,
      event: { ...event, delta: stated(event.delta) },
    }
  }
  if (event.type === 'extension') {
    const { type } = event.event
    return { ...seen, audioBytes: 0, type: typeof type === 'string' ? type : event.type, event: event.event }
  }
  return { ...seen, audioBytes: 0, type: event.type, event }
}

function sizeOf({ byteLength }: AudioPayload): { readonly audioBytes: number } {
  return { audioBytes: byteLength }
}

function stated({ byteLength }: AudioPayload): string {
  return `<${byteLength} bytes>`
}

import { RealtimeError } from '../errors.ts'
import type { ClientEvent } from '../events/client-events.ts'
import type { ExtensionEvent } from '../events/extension.ts'
import { nothing, refuse, tell } from './session-state.ts'
import type { SessionState, Step } from './session-state.ts'

/** Passes an event of the backend's own dialect on; any other is one the backend cannot know. */
export function extensionFromClient(state: SessionState, event: ExtensionEvent): Step {
  const { dialect } = state.capabilities
  if (dialect === event.dialect && state.kind !== 'supplied-transcription')
    return { state, outputs: [{ to: 'provider', event }] }
  const unknown = dialect === undefined && event.dialect !== 'voice-live'
  return refuse(state, unknown ? unknownType(event.event) : foreignType(event.event))
}

/** Passes an event on that Parley does not know, unless it is part of an answer the client no longer hears. */
export function extensionFromBackend(state: SessionState, event: ExtensionEvent): Step {
  const { response_id: id, type } = event.event
  if (typeof id !== 'string') return tell(state, event)
  const response = state.responses.get(id)
  const over = !response && state.muted.has(id)
  const silent = response?.silenced === true && typeof type === 'string' && type.endsWith('.delta')
  return over || silent ? nothing(state) : tell(state, event)
}

const clientEventTypes = [
  'session.update',
  'input_audio_buffer.append',
  'input_audio_buffer.commit',
  'input_audio_buffer.clear',
  'output_audio_buffer.clear',
  'conversation.item.create',
  'conversation.item.retrieve',
  'conversation.item.truncate',
  'conversation.item.delete',
  'response.create',
  'response.cancel',
] as const satisfies readonly ClientEvent['type'][]

function unknownType(event: Readonly<Record<string, unknown>>): RealtimeError {
  const supported = clientEventTypes.join(', ')
  const message = `Unknown event type '${String(event['type'])}'. Supported types are: ${supported}.`
  return new RealtimeError('invalid_value', message, { param: 'type', eventId: idOf(event) })
}

function foreignType(event: Readonly<Record<string, unknown>>): RealtimeError {
  const message = `This backend has no events of type '${String(event['type'])}'.`
  return new RealtimeError('unsupported', message, { param: 'type', eventId: idOf(event) })
}

function idOf({ event_id: id }: Readonly<Record<string, unknown>>): string | undefined {
  return typeof id === 'string' ? id : undefined
}

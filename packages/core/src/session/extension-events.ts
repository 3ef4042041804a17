import { RealtimeError } from '../errors.ts'
import type { ClientEvent } from '../events/client-events.ts'
import type { ExtensionEvent } from '../events/extension.ts'
import { isParleyEvent } from '../events/parley-events.ts'
import type { ParleyClientEvent } from '../events/parley-events.ts'
import { playbackUpdated } from './heard/playback.ts'
import { nothing, refuse, tell } from './session-state.ts'
import type { SessionState, Step } from './session-state.ts'
import { isWordTime, wordTimed } from './heard/word-times.ts'

/** Takes an event of Parley's own, passes one of the backend's dialect on; no backend can know any other. */
export function extensionFromClient(state: SessionState, event: ExtensionEvent, at: number): Step {
  if (isParleyEvent(event))
    return event.event['type'] === 'parley.playback.update'
      ? playbackUpdated(state, event.event, at)
      : refuse(state, unknownType(event.event))
  const { dialect } = state.capabilities
  if (dialect === event.dialect && state.kind !== 'supplied-transcription')
    return { state, outputs: [{ to: 'provider', event }] }
  const unknown = dialect === undefined && event.dialect !== 'voice-live'
  return refuse(state, unknown ? unknownType(event.event) : foreignType(event.event))
}

/** Passes an event on that Parley does not know, unless it is part of an answer the client no longer hears. */
export function extensionFromBackend(state: SessionState, event: ExtensionEvent): Step {
  const { response_id: id, type } = event.event
  const response = typeof id === 'string' ? state.responses.get(id) : undefined
  const over = typeof id === 'string' && !response && state.muted.has(id)
  const silent = response?.silenced === true && typeof type === 'string' && type.endsWith('.delta')
  if (over || silent) return nothing(state)
  return isWordTime(event) ? wordTimed(state, event) : tell(state, event)
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
  'parley.playback.update',
] as const satisfies readonly (ClientEvent | ParleyClientEvent)['type'][]

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

import type { z } from 'zod'
import type { ExtensionEvent } from '../../events/extension.ts'
import type { ServerEvent } from '../../events/server-events.ts'
import type { Session } from '../../events/session-config.ts'
import type { ItemPairs } from './item-pairs.ts'
import { toItem } from './items.ts'
import { renamedParam, type ParamNames } from './params.ts'
import { toResponse } from './response.ts'
import type { FlatServerSchema } from './server-schemas.ts'
import { toSession } from './session.ts'

/** A server event of a flat wire, its audio already taken out. */
export type FlatServerEvent = z.infer<FlatServerSchema> | ExtensionEvent

/** What reading needs to know of the wire and of the connection. */
export interface ServerReading {
  readonly extended: boolean
  readonly names: ParamNames
  readonly pairs: ItemPairs
}

/** A flat server event in GA. */
export function readServerEvent(event: FlatServerEvent, reading: ServerReading): readonly ServerEvent[] {
  if (event.type === 'conversation.item.created') return reading.pairs.created(event)
  return reading.pairs.around(toServerEvent(event, reading))
}

function toServerEvent(
  event: Exclude<FlatServerEvent, { type: 'conversation.item.created' }>,
  { extended, names }: ServerReading,
): ServerEvent {
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- most events are the same on both wires
  switch (event.type) {
    case 'error':
      return { ...event, error: { ...event.error, ...renamedParam(event.error, names.toGa) } }
    case 'warning':
      return { ...event, warning: { ...event.warning, ...renamedParam(event.warning, names.toGa) } }
    case 'session.created':
    case 'session.updated': {
      const type = event.session.object === 'realtime.transcription_session' ? 'transcription' : 'realtime'
      return { ...event, session: effective(event.session, type, extended) }
    }
    case 'transcription_session.updated':
      return {
        ...event,
        type: 'session.updated',
        session: effective(event.session, 'transcription', extended),
      }
    case 'response.created':
    case 'response.done':
      return { ...event, response: toResponse(event.response, extended) }
    case 'conversation.item.retrieved':
    case 'response.output_item.added':
    case 'response.output_item.done':
      return { ...event, item: toItem(event.item) }
    case 'response.text.delta':
      return { ...event, type: 'response.output_text.delta' }
    case 'response.text.done':
      return { ...event, type: 'response.output_text.done' }
    case 'response.audio.delta':
      return { ...event, type: 'response.output_audio.delta' }
    case 'response.audio.done':
      return { ...event, type: 'response.output_audio.done' }
    case 'response.audio_transcript.delta':
      return { ...event, type: 'response.output_audio_transcript.delta' }
    case 'response.audio_transcript.done':
      return { ...event, type: 'response.output_audio_transcript.done' }
    default:
      return event
  }
}

function effective(flat: object, type: 'realtime' | 'transcription', extended: boolean): Session {
  return toSession({ ...flat }, type, extended)
}

import type { z } from 'zod'
import type { ClientEvent } from '../../events/client-events.ts'
import type { ExtensionEvent } from '../../events/extension.ts'
import type { JsonObject } from '../json-object.ts'
import type { FlatClientSchema } from './client-schemas.ts'
import { fromItem, toItem } from './items.ts'
import { fromResponseParams, toResponseParams } from './response.ts'
import { fromSession, toSession } from './session.ts'

/** A client event of a flat wire, its audio already taken out. */
export type FlatClientEvent = z.infer<FlatClientSchema> | ExtensionEvent

/** A flat client event in GA. */
export function toClientEvent(event: FlatClientEvent, extended: boolean): ClientEvent {
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- most events are the same on both wires
  switch (event.type) {
    case 'session.update':
      return { ...event, session: toSession(event.session, 'realtime', extended) }
    case 'transcription_session.update':
      return {
        ...event,
        type: 'session.update',
        session: toSession(event.session, 'transcription', extended),
      }
    case 'conversation.item.create':
      return { ...event, item: toItem(event.item) }
    case 'response.create': {
      const { additional_instructions: more, response, ...rest } = event
      if (more === undefined && !response) return { ...rest, ...(response === null && { response }) }
      const params = { ...response, ...(more !== undefined && { additional_instructions: more }) }
      return { ...rest, response: toResponseParams(params, extended) }
    }
    default:
      return event
  }
}

/** A GA client event as a flat wire has it. */
export function fromClientEvent(event: ClientEvent, extended: boolean): JsonObject {
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- most events are the same on both wires
  switch (event.type) {
    case 'extension':
      return event.event
    case 'session.update': {
      const isTranscription = event.session.type === 'transcription' && !extended
      return {
        ...event,
        ...(isTranscription && { type: 'transcription_session.update' }),
        session: fromSession(event.session, extended),
      }
    }
    case 'input_audio_buffer.append':
      return { ...event, audio: event.audio.base64 }
    case 'conversation.item.create':
      return { ...event, item: fromItem(event.item) }
    case 'response.create': {
      if (!event.response) return event
      const more = event.response.extensions?.additional_instructions
      const response = fromResponseParams(event.response, extended)
      const isEmpty = more !== undefined && Object.keys(response).length === 0
      const { response: _, ...rest } = event
      return {
        ...rest,
        ...(!isEmpty && { response }),
        ...(more !== undefined && { additional_instructions: more }),
      }
    }
    default:
      return event
  }
}

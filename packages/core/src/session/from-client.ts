import { RealtimeError } from '../errors.ts'
import type { ClientEvent } from '../events/client-events.ts'
import { extensionFromClient } from './extension-events.ts'
import { deleteItem, retrieveItem } from './items/items.ts'
import { cancelResponse } from './answers/response-requests.ts'
import { refuse } from './session-state.ts'
import type { SessionState, Step } from './session-state.ts'
import { itemFromClient, responseFromClient } from './answers/tool-order.ts'
import { isConversationEvent } from './settings/transcription-session.ts'
import { truncateItem } from './heard/truncation.ts'
import { appendAudio, clearAudio, commitAudio } from './listening/turns.ts'
import { updateSession } from './settings/updates.ts'

/** What the client says: passed on, answered here, or refused. */
export function fromClient(state: SessionState, event: ClientEvent, at: number): Step {
  if (state.kind === 'supplied-transcription' && isConversationEvent(event))
    return refuse(
      state,
      unavailable(event, 'A transcription session writes down speech and answers nothing.'),
    )
  switch (event.type) {
    case 'session.update':
      return updateSession(state, event, at)
    case 'input_audio_buffer.append':
      return appendAudio(begun(state), event)
    case 'input_audio_buffer.commit':
      return commitAudio(state, event)
    case 'input_audio_buffer.clear':
      return clearAudio(state, event)
    case 'output_audio_buffer.clear':
      return refuse(state, unavailable(event, 'output_audio_buffer.clear exists on WebRTC and SIP only.'))
    case 'conversation.item.create':
      return itemFromClient(begun(state), event)
    case 'conversation.item.retrieve':
      return retrieveItem(state, event)
    case 'conversation.item.truncate':
      return truncateItem(state, event, at)
    case 'conversation.item.delete':
      return deleteItem(state, event)
    case 'response.create':
      return responseFromClient(begun(state), event)
    case 'response.cancel':
      return cancelResponse(state, event, at)
    case 'extension':
      return extensionFromClient(state, event, at)
  }
}

function begun(state: SessionState): SessionState {
  return state.begun ? state : { ...state, begun: true }
}

function unavailable(event: ClientEvent, message: string): RealtimeError {
  const eventId = event.type === 'extension' ? undefined : event.event_id
  return new RealtimeError('unsupported', message, { param: 'type', eventId })
}

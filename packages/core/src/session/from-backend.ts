import { RealtimeError } from '../errors.ts'
import type { ErrorEvent, ServerEvent, SessionUpdated } from '../events/server-events.ts'
import { forClient, nameCommitted } from './items/aliases.ts'
import { end } from './ending.ts'
import { extensionFromBackend } from './extension-events.ts'
import { interrupts } from './settings/interrupts.ts'
import { itemAdded, itemDeleted, itemDone, transcriptCompleted } from './items/items.ts'
import { open } from './opening.ts'
import { resume } from './upstream/resuming.ts'
import { ownError, ownEvent } from './own-events.ts'
import { updateAcknowledged, updateRefused } from './settings/pending-updates.ts'
import {
  outputAudio,
  outputItemAdded,
  outputItemDone,
  outputWords,
  responseCreated,
  responseDone,
  responseEvent,
} from './answers/responses.ts'
import { considerSummary } from './memory/rolling-summary.ts'
import { withoutBlock } from './memory/seeding.ts'
import { andThen, nothing, tell } from './session-state.ts'
import type { SessionState, Step } from './session-state.ts'
import { waitForUser } from './listening/supplied-turns.ts'
import { outputRefused } from './answers/tool-order.ts'
import { isAnswerEvent } from './settings/transcription-session.ts'
import { upstreamLost } from './upstream/succession.ts'
import { withAnswered } from './settings/unacknowledged.ts'
import { withoutWords } from './memory/wordless.ts'
import { ownDeleted } from './heard/retelling.ts'
import { itemTruncated } from './heard/truncation.ts'
import { bufferCleared, bufferCommitted, speechStarted, speechStopped } from './listening/turns.ts'

/** What the backend says, as far as it concerns the client, under the ids the client knows. */
export function fromBackend(state: SessionState, event: ServerEvent, at: number): Step {
  const named = nameCommitted(state, event)
  const told = forClient(named, event)
  return take(withAnswered(named, told), told, at)
}

function take(state: SessionState, event: ServerEvent, at: number): Step {
  if (state.kind === 'supplied-transcription' && isAnswerEvent(event)) return unwantedAnswer(state, event)
  switch (event.type) {
    case 'session.created':
      if (state.phase !== 'connecting') return nothing(state)
      return state.resuming ? resume(state, event, at) : open(state, event, at)
    case 'session.updated':
      return sessionUpdated(state, { ...event, session: withoutBlock(event.session, state) })
    case 'conversation.created':
      return nothing(state)
    case 'error':
      return backendError(state, event, at)
    case 'input_audio_buffer.speech_started':
      return speechStarted(state, event, at)
    case 'input_audio_buffer.speech_stopped':
      return speechStopped(state, event)
    case 'input_audio_buffer.committed':
      return bufferCommitted(state, event, at)
    case 'input_audio_buffer.cleared':
      return bufferCleared(state, event)
    case 'conversation.item.added':
      return itemAdded(state, event)
    case 'conversation.item.done':
      return itemDone(state, event)
    case 'conversation.item.truncated':
      return itemTruncated(state, event)
    case 'conversation.item.deleted':
      return ownDeleted(state, event) ?? itemDeleted(state, event)
    case 'conversation.item.input_audio_transcription.completed':
      return transcriptCompleted(state, event)
    case 'conversation.item.input_audio_transcription.failed':
      return tell(withoutWords(state, event.item_id), event)
    case 'response.created':
      return responseCreated(state, event)
    case 'response.done':
      return andThen(
        andThen(responseDone(state, event), (next) => waitForUser(next, at)),
        considerSummary,
      )
    case 'response.output_item.added':
      return outputItemAdded(state, event)
    case 'response.output_item.done':
      return outputItemDone(state, event)
    case 'response.output_audio.delta':
      return outputAudio(state, event, at)
    case 'response.output_audio_transcript.delta':
    case 'response.output_text.delta':
      return outputWords(state, event)
    case 'response.content_part.added':
    case 'response.content_part.done':
    case 'response.output_audio.done':
    case 'response.output_audio_transcript.done':
    case 'response.output_text.done':
    case 'response.function_call_arguments.delta':
    case 'response.function_call_arguments.done':
    case 'response.mcp_call_arguments.delta':
    case 'response.mcp_call_arguments.done':
      return responseEvent(state, event)
    case 'conversation.item.created':
    case 'conversation.item.retrieved':
    case 'conversation.item.input_audio_transcription.delta':
    case 'conversation.item.input_audio_transcription.segment':
    case 'input_audio_buffer.timeout_triggered':
    case 'input_audio_buffer.dtmf_event_received':
    case 'output_audio_buffer.started':
    case 'output_audio_buffer.stopped':
    case 'output_audio_buffer.cleared':
    case 'response.mcp_call.in_progress':
    case 'response.mcp_call.completed':
    case 'response.mcp_call.failed':
    case 'mcp_list_tools.in_progress':
    case 'mcp_list_tools.completed':
    case 'mcp_list_tools.failed':
    case 'rate_limits.updated':
    case 'warning':
      return tell(state, event)
    case 'extension':
      return extensionFromBackend(state, event)
  }
}

function sessionUpdated(state: SessionState, event: SessionUpdated): Step {
  return updateAcknowledged({ ...state, interrupts: interrupts(event.session, state) }, event)
}

/** An error the backend reports; only the end of its session ends this one. */
function backendError(state: SessionState, event: ErrorEvent, at: number): Step {
  const { error } = event
  if (error.code === 'session_expired')
    return state.recovery
      ? upstreamLost(state, new RealtimeError('session_expired', error.message), at)
      : end(state, { error: new RealtimeError('session_expired', error.message), at, told: event })
  const refused = updateRefused(state, event)
  if (refused && 'again' in refused) return refused.again
  const left = refused?.left ?? state
  const own = ownError(left, event)
  if (own || refused) return own ?? tell(left, event)
  const next = outputRefused(state, error.event_id)
  // Backends do not always say which event an error answers.
  const answers = error.event_id == null || error.event_id === state.requested?.eventId
  return tell(answers ? { ...next, requested: undefined } : next, event)
}

/** A backend that answers although it was told not to is stopped, and the client does not hear it. */
function unwantedAnswer(state: SessionState, event: ServerEvent): Step {
  if (event.type !== 'response.created' || event.response.id === undefined) return nothing(state)
  const cancel = ownEvent(state, { type: 'response.cancel', response_id: event.response.id } as const)
  return { state: cancel.state, outputs: [{ to: 'provider', event: cancel.event }] }
}

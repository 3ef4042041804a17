import { RealtimeError } from '../errors.ts'
import type { ClientEvent } from '../events/client-events.ts'
import type { Item } from '../events/items.ts'
import type { ServerEvent, SessionCreated } from '../events/server-events.ts'
import type { Session } from '../events/session-config.ts'
import {
  createItem,
  deleteItem,
  itemAdded,
  itemDeleted,
  itemDone,
  itemTruncated,
  retrieveItem,
  transcriptCompleted,
  truncateItem,
} from './items.ts'
import {
  cancelResponse,
  createResponse,
  endAllResponses,
  outputAudio,
  outputItemAdded,
  outputItemDone,
  outputWords,
  responseCreated,
  responseDone,
  responseEvent,
} from './responses.ts'
import { nothing, refuse, takeId } from './session-state.ts'
import type { SessionInput, SessionOutput, SessionState, Step } from './session-state.ts'
import { appendAudio, bufferEmptied, commitAudio, speechStarted } from './turns.ts'
import { clientView, updateSession } from './updates.ts'

/** The whole behaviour of a session: a state and an input give the next state and what to do. Pure. */
export function step(state: SessionState, input: SessionInput): Step {
  if (state.phase === 'closed') return nothing(state)
  if (input.from === 'client') return fromClient(state, input.event, input.at)
  if (input.from === 'provider') {
    return 'lost' in input ? end(state, input.lost) : fromProvider(state, input.event, input.at)
  }
  return end(state, input.end)
}

function fromClient(state: SessionState, event: ClientEvent, at: number): Step {
  switch (event.type) {
    case 'session.update':
      return updateSession(state, event)
    case 'input_audio_buffer.append':
      return appendAudio(state, event)
    case 'input_audio_buffer.commit':
      return commitAudio(state, event)
    case 'input_audio_buffer.clear':
      return { state: { ...state, bufferedMs: 0 }, outputs: [{ to: 'provider', event }] }
    case 'output_audio_buffer.clear':
      return refuse(
        state,
        new RealtimeError('unsupported', 'output_audio_buffer.clear exists on WebRTC and SIP only.', {
          param: 'type',
          eventId: event.event_id,
        }),
      )
    case 'conversation.item.create':
      return createItem(state, event)
    case 'conversation.item.retrieve':
      return retrieveItem(state, event)
    case 'conversation.item.truncate':
      return truncateItem(state, event, at)
    case 'conversation.item.delete':
      return deleteItem(state, event)
    case 'response.create':
      return createResponse(state, event)
    case 'response.cancel':
      return cancelResponse(state, event)
    case 'extension':
      return refuse(state, unknownType(event.event))
  }
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
  const { type, event_id: eventId } = event
  const message = `Unknown event type '${String(type)}'. Supported types are: ${clientEventTypes.join(', ')}.`
  return new RealtimeError('invalid_value', message, {
    param: 'type',
    eventId: typeof eventId === 'string' ? eventId : undefined,
  })
}

function fromProvider(state: SessionState, event: ServerEvent, at: number): Step {
  switch (event.type) {
    case 'session.created':
      return state.phase === 'connecting' ? open(state, event) : nothing(state)
    case 'session.updated': {
      const next = { ...state, interrupts: interrupts(event.session) }
      return forward(next, { ...event, session: clientView(event.session, next) })
    }
    case 'conversation.created':
      return nothing(state)
    case 'error': {
      // Backends do not always say which event an error answers.
      const answers = event.error.event_id == null || event.error.event_id === state.requested?.eventId
      return forward(answers ? { ...state, requested: undefined } : state, event)
    }
    case 'input_audio_buffer.speech_started':
      return speechStarted(state, event, at)
    case 'input_audio_buffer.committed':
    case 'input_audio_buffer.cleared':
      return bufferEmptied(state, event)
    case 'conversation.item.added':
      return itemAdded(state, event)
    case 'conversation.item.done':
      return itemDone(state, event)
    case 'conversation.item.truncated':
      return itemTruncated(state, event)
    case 'conversation.item.deleted':
      return itemDeleted(state, event)
    case 'conversation.item.input_audio_transcription.completed':
      return transcriptCompleted(state, event)
    case 'response.created':
      return responseCreated(state, event)
    case 'response.done':
      return responseDone(state, event)
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
    case 'conversation.item.input_audio_transcription.failed':
    case 'conversation.item.input_audio_transcription.segment':
    case 'input_audio_buffer.speech_stopped':
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
    case 'extension':
      return forward(state, event)
  }
}

function forward(state: SessionState, event: ServerEvent): Step {
  return { state, outputs: [{ to: 'client', event }] }
}

/** The backend is there: tell the client, name the conversation, and remind the backend of what was said. */
function open(state: SessionState, event: SessionCreated): Step {
  const { state: next, id } = takeId(state, 'event')
  const replay: readonly Item[] =
    state.capabilities.historySeeding === 'items' ? [...state.conversation.items.values()] : []
  const opened: SessionState = {
    ...next,
    phase: 'open',
    interrupts: interrupts(event.session),
    seeded: new Set(replay.flatMap((item) => item.id ?? [])),
  }
  const conversation = { id: state.conversationId, object: 'realtime.conversation' } as const
  return {
    state: opened,
    outputs: [
      ...replay.map((item): SessionOutput => ({
        to: 'provider',
        event: { type: 'conversation.item.create', item },
      })),
      { to: 'client', event: { ...event, session: clientView(event.session, opened) } },
      { to: 'client', event: { type: 'conversation.created', event_id: id, conversation } },
    ],
  }
}

function interrupts(session: Session): boolean {
  if (session.type !== 'realtime') return false
  const detection = session.audio?.input?.turn_detection
  return detection != null && detection.interrupt_response !== false
}

/** Every response is ended and what was said so far is stored before the session closes. */
function end(state: SessionState, error: RealtimeError | undefined): Step {
  const ended = endAllResponses(state)
  const told = error ? refuse(ended.state, error) : nothing(ended.state)
  const close = error ? { code: error.closeCode, reason: error.code } : { code: 1000, reason: '' }
  return {
    state: { ...told.state, phase: 'closed' },
    outputs: [...ended.outputs, ...told.outputs, { to: 'end', close }],
  }
}

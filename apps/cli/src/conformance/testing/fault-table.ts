import { at, hasText, listAt, textAt } from '../reader.ts'
import type { WireEvent } from '../reader.ts'
import { isCall, serverVad, weatherTool } from '../exchanges.ts'
import {
  after,
  alter,
  before,
  deaf,
  deafSince,
  hangUp,
  instead,
  isEvent,
  late,
  lose,
  misread,
  onlyFirst,
  remark,
  repeat,
  withValue,
} from './faults.ts'
import type { FaultMaker } from './faults.ts'
import type { Passing } from './fault-proxy.ts'

const silence = lose('error')
const added = 'conversation.item.added'
const textDone = 'response.output_text.done'
const audioDelta = 'response.output_audio.delta'
const argumentsDone = 'response.function_call_arguments.done'
const done = 'response.done'
const started = 'input_audio_buffer.speech_started'
const committed = 'input_audio_buffer.committed'
const transcription = 'conversation.item.input_audio_transcription.'
const nowhere = { item_id: 'item_nowhere', event_id: 'event_nowhere' }
const strayResponse = { type: 'response.created', event_id: 'event_stray', response: { id: 'resp_stray' } }

/** For each clause a server that breaks it, and, but for the exchanges they share, little else. */
export const faultTable: Readonly<Record<string, FaultMaker>> = {
  'connect.first-event': before('session.created', () => ({
    type: 'rate_limits.updated',
    event_id: 'event_0',
  })),
  'connect.session-id': alter('session.created', 'session.id', undefined),
  'connect.session-shape': alter('session.created', 'session.output_modalities', undefined),
  'connect.flat-session-shape': alter('session.created', 'session.audio', { input: {} }),
  'connect.event-ids': alter(/^response\./, 'event_id', 'event_same'),
  'connect.text-frames': before('session.created', (event) => Buffer.from(JSON.stringify(event))),
  'connect.subprotocol': () => ({ noSubprotocol: true }),
  'connect.bad-key': () => ({ anyKey: true }),

  'session.update-echo': alter('session.updated', 'session.instructions', 'Something else.'),
  'session.update-full': alter('session.updated', 'session.id', 'sess_other'),
  'session.update-merge': alter('session.updated', 'session.instructions', ''),
  'session.turn-detection-off': alter('session.updated', 'session.audio.input.turn_detection', serverVad),
  'session.clear': alter('session.updated', 'session.tools', [weatherTool]),
  'session.tools-echo': alter('session.updated', 'session.tools', []),
  'session.invalid-refused': silence,
  'session.invalid-param': alter('error', 'error.param', null),
  'session.error-shape': alter('error', 'error.type', undefined),
  'session.invalid-whole': alter('session.updated', 'session.instructions', 'Half of it.'),
  'session.unknown-field': silence,
  'session.type-required': silence,
  'session.bad-tool': silence,

  'items.added': alter(added, 'item.content', []),
  'items.done': lose('conversation.item.done'),
  'items.client-id': alter(added, 'item.id', 'item_other'),
  'items.previous': alter(added, 'previous_item_id', 'item_other'),
  'items.insert': alter(added, 'previous_item_id', 'item_last'),
  'items.insert-unknown': silence,
  'items.bad-content': silence,
  'items.retrieve': alter('conversation.item.retrieved', 'item.content', []),
  'items.retrieve-unknown': alter('error', 'error.event_id', null),
  'items.delete': deaf((frame) => isOf(frame, 'conversation.item.delete')),
  'items.delete-unknown': silence,
  'items.truncate-unknown': silence,
  'items.truncate-user': silence,
  'items.truncate': alter('conversation.item.truncated', 'audio_end_ms', 0),
  'items.truncate-too-long': misread('conversation.item.truncate', (event) => ({
    ...event,
    audio_end_ms: 10,
  })),
  'items.answer-kept': alter('conversation.item.retrieved', 'item.content', []),

  'responses.created': alter('response.created', 'response.status', 'completed'),
  'responses.order': late('response.content_part.added', textDone),
  'responses.done-once': repeat(done, 2),
  'responses.ids': alter('response.output_text.delta', 'item_id', 'item_other'),
  'responses.deltas': onlyFirst('response.output_text.delta'),
  'responses.content-type': alter(done, 'response.output.0.content.0.type', 'text'),
  'responses.output': alter(done, 'response.output', []),
  'responses.conversation': lose((event) => event.type === added && at(event, 'item.role') === 'assistant'),
  'responses.usage': alter(done, 'response.usage.total_tokens', 1),
  'responses.usage-details': alter(done, 'response.usage.input_token_details', undefined),
  'responses.metadata': alter(done, 'response.metadata', null),
  'responses.second-turn': instead(/^response\.(created|done)$/, (event) =>
    withValue(event, 'response.id', 'resp_same'),
  ),
  'responses.override': misread('response.create', ({ type }) => ({ type })),
  'responses.invalid': silence,
  'responses.cancel': alter(done, 'response.status', 'incomplete'),
  'responses.cancel-reason': alter(done, 'response.status_details.reason', 'turn_detected'),
  'responses.cancel-idle': silence,
  'responses.one-at-a-time': silence,
  'responses.never-two': instead('error', () => strayResponse),
  'responses.out-of-band': alter(done, 'response.conversation_id', 'conv_1'),

  'audio.order': late('response.content_part.added', 'response.output_audio.done'),
  'audio.transcript': alter('response.output_audio_transcript.done', 'transcript', 'Other words.'),
  'audio.pcm': alter(audioDelta, 'delta', 'AAAA'),
  'audio.length': repeat(audioDelta, 8),
  'audio.not-echoed': alter(done, 'response.output.0.content.0.audio', 'AAAA'),
  'audio.append-quiet': remark('input_audio_buffer.append', { type: started, ...nowhere }),
  'audio.append-invalid': silence,
  'audio.commit-empty': silence,
  'audio.commit-short': silence,
  'audio.clear': deaf((frame) => isOf(frame, 'input_audio_buffer.clear')),
  'audio.commit': alter(added, 'item.role', 'assistant'),
  'audio.commit-no-answer': after('conversation.item.done', () => strayResponse),
  'audio.commit-previous': alter(committed, 'previous_item_id', null),
  'audio.manual-turn': alter(done, 'response.status', 'failed'),
  'audio.ulaw': misread('session.update', withoutFormats),
  'audio.alaw': misread('session.update', withoutFormats),

  'turns.order': lose('input_audio_buffer.speech_stopped'),
  'turns.ids': alter(committed, 'item_id', 'item_other'),
  'turns.start-time': alter(started, 'audio_start_ms', 0),
  'turns.end-time': alter('input_audio_buffer.speech_stopped', 'audio_end_ms', 100),
  'turns.answered': alter(done, 'response.status', 'failed'),
  'turns.not-answered': misread('session.update', (event) => withTurns(event, { create_response: true })),
  'turns.off': misread('session.update', (event) => withTurns(event, serverVad)),
  'turns.silence': remark('input_audio_buffer.append', { type: started, audio_start_ms: 0, ...nowhere }),
  'turns.transcription': lose(`${transcription}completed`),
  'turns.transcription-deltas': before(`${transcription}completed`, () => ({
    type: `${transcription}delta`,
    content_index: 0,
    delta: 'stray',
    ...nowhere,
  })),

  'barge-in.noticed': alter(started, 'audio_start_ms', 60_000),
  'barge-in.cancelled': alter(done, 'response.status_details.reason', 'client_cancelled'),
  'barge-in.order': late(started, done),
  'barge-in.quiet': after(done, (event) => ({
    type: audioDelta,
    event_id: 'event_late',
    response_id: at(event, 'response.id'),
    delta: 'AAAA',
  })),
  'barge-in.incomplete': alter(done, 'response.output.-1.status', 'completed'),
  'barge-in.next-answer': onlyFirst('response.created'),
  'barge-in.off': alter(done, 'response.status', 'cancelled'),

  'tools.order': late((event) => event.type === argumentsDone, done),
  'tools.arguments': alter('response.function_call_arguments.delta', 'delta', '{'),
  'tools.ids': alter(argumentsDone, 'call_id', 'call_other'),
  'tools.done-name': alter(argumentsDone, 'name', undefined),
  'tools.client-speaks-next': after(isCallDone, () => strayResponse),
  'tools.output': alter(isOutput, 'item.call_id', 'call_other'),
  'tools.answer': alter(hasMessage, 'response.output', []),
  'tools.none': misread('session.update', (event) => withValue(event, 'session.tool_choice', 'required')),
  'tools.parallel': alter('response.output_item.done', 'item.call_id', 'call_same'),
  'tools.output-unknown': silence,

  'malformed.not-json': silence,
  'malformed.empty': deaf((frame) => frame === ''),
  'malformed.null': hangUp((frame) => frame === 'null'),
  'malformed.array': hangUp((frame) => typeof frame === 'string' && frame.startsWith('[')),
  'malformed.number': silence,
  'malformed.no-type': silence,
  'malformed.type-number': silence,
  'malformed.deep': hangUp((frame) => isOf(frame, 'session.levitate')),
  'malformed.unknown-type': alter('error', 'error.event_id', null),
  'malformed.session-list': alter('error', 'error.event_id', null),
  'malformed.item-text': hangUp((frame) => isOf(frame, 'conversation.item.create')),
  'malformed.no-item': alter('error', 'error.message', ''),
  'malformed.audio-number': silence,
  'malformed.response-number': silence,
  'malformed.event-id-number': hangUp((frame) => isEvent(frame) && frame['event_id'] === 7),
  'malformed.event-id-huge': deaf((frame) => isOf(frame, 'session.levitate')),
  'malformed.binary': deaf((frame) => frame instanceof Uint8Array),
  'malformed.names-event': alter('error', 'error.event_id', 'check_other'),

  'connection.ping': () => ({ noPong: true }),
  'connection.close': () => ({
    fromServer(event, { client }) {
      // What is not read is not answered.
      if (event.type === 'session.created') setImmediate(() => client.pause())
      return [event]
    },
  }),
  'connection.fragments': deaf((frame) => JSON.stringify(frame).includes('In three pieces.')),
  'connection.oversized': deafSince(isOversized),
  'connection.limit': deaf(isOversized),
  'connection.utf8': alter('session.updated', 'session.instructions', 'Gr??e, ??, ?'),
}

function isOversized(frame: Passing): boolean {
  return isEvent(frame) && (textAt(frame, 'audio') ?? '').length === 24 * 1024 * 1024
}

function isOf(frame: Passing, type: string): boolean {
  return isEvent(frame) && frame.type === type
}

function isCallDone(event: WireEvent): boolean {
  return event.type === done && listAt(event, 'response.output').some(isCall)
}

function isOutput(event: WireEvent): boolean {
  return event.type === added && hasText(event, 'item.call_id')
}

function hasMessage(event: WireEvent): boolean {
  return event.type === done && at(event, 'response.output.0.type') === 'message'
}

function withoutFormats(event: WireEvent): WireEvent {
  const input = withValue(event, 'session.audio.input.format', undefined)
  return withValue(input, 'session.audio.output.format', undefined)
}

function withTurns(event: WireEvent, changes: Readonly<Record<string, unknown>>): WireEvent {
  const path = 'session.audio.input.turn_detection'
  const before = at(event, path)
  return withValue(event, path, { ...(typeof before === 'object' && before), ...changes })
}

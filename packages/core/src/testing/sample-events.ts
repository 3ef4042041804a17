import type { ClientEvent } from '../events/client-events.ts'
import type { ServerEvent } from '../events/server-events.ts'

/** An event as it is on the wire. */
export type WireEvent = Readonly<Record<string, unknown>>

/** Speech of the user. */
export const userItem = {
  id: 'item_1',
  object: 'realtime.item',
  type: 'message',
  status: 'completed',
  role: 'user',
  content: [{ type: 'input_audio', transcript: null }],
}
const assistantItem = {
  id: 'item_2',
  object: 'realtime.item',
  type: 'message',
  status: 'in_progress',
  role: 'assistant',
  content: [{ type: 'output_audio', transcript: 'Grüß Gott 👋' }],
}
/** A call of a function. */
export const callItem = {
  id: 'item_3',
  type: 'function_call',
  status: 'completed',
  name: 'look_up',
  call_id: 'call_1',
  arguments: '{"word":"a"}',
}
const mcpItem = {
  id: 'item_4',
  type: 'mcp_call',
  server_label: 'docs',
  name: 'find',
  arguments: '{}',
  output: null,
  error: { type: 'http_error', code: 502, message: 'bad gateway' },
}
const session = {
  type: 'realtime',
  model: 'local',
  instructions: 'Be brief.',
  output_modalities: ['audio'],
  audio: {
    input: {
      format: { type: 'audio/pcm', rate: 24_000 },
      noise_reduction: null,
      transcription: { model: 'whisper-1', language: 'de' },
      turn_detection: { type: 'server_vad', threshold: 0.5, silence_duration_ms: 300, idle_timeout_ms: null },
    },
    output: { format: { type: 'audio/pcmu' }, voice: 'slt', speed: 1.25 },
  },
  tools: [
    { type: 'function', name: 'look_up', description: 'Finds a word.', parameters: { type: 'object' } },
    { type: 'mcp', server_label: 'docs', server_url: 'https://example.com', require_approval: 'never' },
  ],
  tool_choice: { type: 'function', name: 'look_up' },
  max_output_tokens: 'inf',
  truncation: { type: 'retention_ratio', retention_ratio: 0.8 },
  tracing: null,
  prompt: { id: 'pmpt_1', variables: { city: 'Graz' } },
  include: ['item.input_audio_transcription.logprobs'],
}
const response = {
  object: 'realtime.response',
  id: 'resp_1',
  status: 'completed',
  status_details: null,
  output: [assistantItem, callItem],
  conversation_id: 'conv_1',
  output_modalities: ['audio'],
  max_output_tokens: 'inf',
  audio: { output: { format: { type: 'audio/pcm', rate: 24_000 }, voice: 'slt' } },
  usage: { total_tokens: 3, input_tokens: 1, output_tokens: 2, input_token_details: { audio_tokens: 1 } },
  metadata: { topic: 'greeting' },
  parley: { first_sound_ms: 180 },
}
const part = { response_id: 'resp_1', item_id: 'item_2', output_index: 0, content_index: 0 }
const call = { response_id: 'resp_1', item_id: 'item_3', output_index: 1 }
const heard = { item_id: 'item_1', content_index: 0 }

/** One event of every client type but the extension. */
export const clientSamples: Readonly<Record<Exclude<ClientEvent['type'], 'extension'>, WireEvent>> = {
  'session.update': { event_id: 'mine_1', session },
  'input_audio_buffer.append': { audio: 'AAECAwQ=' },
  'input_audio_buffer.commit': {},
  'input_audio_buffer.clear': {},
  'output_audio_buffer.clear': {},
  'conversation.item.create': { previous_item_id: 'root', item: userItem },
  'conversation.item.retrieve': { item_id: 'item_1' },
  'conversation.item.truncate': { ...heard, audio_end_ms: 1500, parley: { heard_transcript: 'Grüß' } },
  'conversation.item.delete': { item_id: 'item_1' },
  'response.create': {
    response: {
      conversation: 'none',
      input: [{ type: 'item_reference', id: 'item_1' }, callItem],
      metadata: { a: 'b' },
    },
  },
  'response.cancel': { response_id: 'resp_1' },
}

/** One event of every server type but the extension. */
export const serverSamples: Readonly<Record<Exclude<ServerEvent['type'], 'extension'>, WireEvent>> = {
  error: {
    error: {
      type: 'invalid_request_error',
      code: 'invalid_value',
      message: 'no',
      param: null,
      event_id: 'mine_1',
    },
  },
  warning: { warning: { message: 'left out', code: 'unsupported', param: 'session.tracing' } },
  'session.created': {
    session: { ...session, object: 'realtime.session', id: 'sess_1', expires_at: 1_795_000_000 },
  },
  'session.updated': {
    session: { type: 'transcription', object: 'realtime.transcription_session', id: 'sess_1' },
  },
  'conversation.created': { conversation: { id: 'conv_1', object: 'realtime.conversation' } },
  'rate_limits.updated': { rate_limits: [{ name: 'tokens', limit: 10, remaining: 5, reset_seconds: 0.5 }] },
  'conversation.item.added': { previous_item_id: null, item: userItem },
  'conversation.item.done': { previous_item_id: 'item_3', item: mcpItem },
  'conversation.item.created': { item: assistantItem },
  'conversation.item.retrieved': {
    item: { ...userItem, content: [{ type: 'input_audio', audio: 'AAE=', transcript: 'hello' }] },
  },
  'conversation.item.truncated': { ...heard, audio_end_ms: 1500, parley: { heard_transcript: 'Grüß' } },
  'conversation.item.deleted': { item_id: 'item_1' },
  'conversation.item.input_audio_transcription.delta': { ...heard, delta: 'hel', logprobs: null },
  'conversation.item.input_audio_transcription.completed': {
    ...heard,
    transcript: 'hello',
    usage: { type: 'duration', seconds: 1.5 },
    logprobs: [{ token: 'hello', logprob: -0.1, bytes: [104] }],
  },
  'conversation.item.input_audio_transcription.failed': { ...heard, error: { code: 'audio_unintelligible' } },
  'conversation.item.input_audio_transcription.segment': {
    ...heard,
    id: 'seg_1',
    text: 'hello',
    speaker: 'A',
    start: 0,
    end: 1.5,
  },
  'input_audio_buffer.committed': { previous_item_id: null, item_id: 'item_1' },
  'input_audio_buffer.cleared': {},
  'input_audio_buffer.speech_started': { audio_start_ms: 120, item_id: 'item_1' },
  'input_audio_buffer.speech_stopped': { audio_end_ms: 900, item_id: 'item_1' },
  'input_audio_buffer.timeout_triggered': { audio_start_ms: 900, audio_end_ms: 5900, item_id: 'item_1' },
  'input_audio_buffer.dtmf_event_received': { event: '#', received_at: 1_795_000_000 },
  'output_audio_buffer.started': { response_id: 'resp_1' },
  'output_audio_buffer.stopped': { response_id: 'resp_1' },
  'output_audio_buffer.cleared': { response_id: 'resp_1' },
  'response.created': { response: { ...response, status: 'in_progress', output: [], usage: null } },
  'response.done': { response },
  'response.output_item.added': { response_id: 'resp_1', output_index: 0, item: assistantItem },
  'response.output_item.done': { response_id: 'resp_1', output_index: 1, item: callItem },
  'response.content_part.added': { ...part, part: { type: 'audio', transcript: '' } },
  'response.content_part.done': { ...part, part: { type: 'text', text: 'hello' } },
  'response.output_text.delta': { ...part, delta: 'hel' },
  'response.output_text.done': { ...part, text: 'hello' },
  'response.output_audio.delta': { ...part, delta: '//79/A==' },
  'response.output_audio.done': part,
  'response.output_audio_transcript.delta': { ...part, delta: 'hel' },
  'response.output_audio_transcript.done': { ...part, transcript: 'hello' },
  'response.function_call_arguments.delta': { ...call, call_id: 'call_1', delta: '{"wo' },
  'response.function_call_arguments.done': { ...call, call_id: 'call_1', name: 'look_up', arguments: '{}' },
  'response.mcp_call_arguments.delta': { ...call, delta: '{', obfuscation: 'x' },
  'response.mcp_call_arguments.done': { ...call, arguments: '{}' },
  'response.mcp_call.in_progress': { item_id: 'item_4', output_index: 0 },
  'response.mcp_call.completed': { item_id: 'item_4', output_index: 0 },
  'response.mcp_call.failed': { item_id: 'item_4', output_index: 0 },
  'mcp_list_tools.in_progress': { item_id: 'item_5' },
  'mcp_list_tools.completed': { item_id: 'item_5' },
  'mcp_list_tools.failed': { item_id: 'item_5' },
}

/** The client samples as whole events. */
export const clientWireEvents: readonly WireEvent[] = Object.entries(clientSamples).map(([type, fields]) => ({
  type,
  ...fields,
}))

/** The server samples as whole events, with ids. */
export const serverWireEvents: readonly WireEvent[] = Object.entries(serverSamples).map(
  ([type, fields], index) =>
    type === 'input_audio_buffer.dtmf_event_received'
      ? { type, ...fields }
      : { type, event_id: `event_${index}`, ...fields },
)

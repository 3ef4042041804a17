import { callItem, userItem, type WireEvent } from './sample-events.ts'

/** An answer, still being given. */
export const assistantItem = {
  id: 'item_2',
  object: 'realtime.item',
  type: 'message',
  status: 'in_progress',
  role: 'assistant',
  content: [
    { type: 'audio', transcript: 'Grüß Gott 👋' },
    { type: 'text', text: 'hello' },
  ],
}
/** A function. */
export const functionTool = {
  type: 'function',
  name: 'look_up',
  description: 'Finds a word.',
  parameters: { type: 'object' },
}

const usage = {
  total_tokens: 3,
  input_tokens: 1,
  output_tokens: 2,
  input_token_details: {
    cached_tokens: 0,
    text_tokens: 0,
    audio_tokens: 1,
    cached_tokens_details: { text_tokens: 0, audio_tokens: 0 },
  },
  output_token_details: { text_tokens: 0, audio_tokens: 2 },
}
/** A response object of the beta; Voice Live's has the same fields. */
export const betaResponse = {
  object: 'realtime.response',
  id: 'resp_1',
  status: 'completed',
  status_details: null,
  output: [assistantItem, callItem],
  conversation_id: 'conv_1',
  modalities: ['text', 'audio'],
  voice: 'alloy',
  output_audio_format: 'pcm16',
  temperature: 0.8,
  max_output_tokens: 'inf',
  usage,
  metadata: { topic: 'greeting' },
}
/** Client events both flat wires have. */
export const sharedClientEvents: readonly WireEvent[] = [
  { type: 'input_audio_buffer.append', audio: 'AAECAwQ=' },
  { type: 'input_audio_buffer.commit' },
  { type: 'input_audio_buffer.clear' },
  { type: 'output_audio_buffer.clear' },
  { type: 'conversation.item.create', previous_item_id: 'root', item: userItem },
  { type: 'conversation.item.create', item: { ...assistantItem, status: 'completed' } },
  { type: 'conversation.item.retrieve', item_id: 'item_1' },
  { type: 'conversation.item.truncate', item_id: 'item_1', content_index: 0, audio_end_ms: 1500 },
  { type: 'conversation.item.delete', item_id: 'item_1' },
  { type: 'response.create' },
  { type: 'response.cancel', response_id: 'resp_1' },
]

/** Names the first output of the response. */
export const response = { response_id: 'resp_1', output_index: 0 }
/** Names a part of it. */
export const part = { ...response, item_id: 'item_2', content_index: 0 }
/** Names the call. */
export const call = { response_id: 'resp_1', item_id: 'item_3', output_index: 1, call_id: 'call_1' }
/** Names the speech of the user. */
export const heard = { item_id: 'item_1', content_index: 0 }
/** A refused event. */
export const error = { type: 'invalid_request_error', code: 'invalid_value', event_id: 'mine_1' }

/** One conversation with every server event both flat wires have. */
export const sharedServerEvents: readonly WireEvent[] = [
  {
    type: 'error',
    error: { ...error, message: "Invalid value for 'session.voice'.", param: 'session.voice' },
  },
  { type: 'error', error: { ...error, message: 'no', param: null } },
  {
    type: 'warning',
    warning: { message: 'left out', code: 'unsupported', param: 'session.temperature' },
  },
  { type: 'input_audio_buffer.speech_started', audio_start_ms: 120, item_id: 'item_1' },
  { type: 'input_audio_buffer.speech_stopped', audio_end_ms: 900, item_id: 'item_1' },
  { type: 'input_audio_buffer.committed', previous_item_id: null, item_id: 'item_1' },
  { type: 'conversation.item.created', previous_item_id: null, item: userItem },
  { type: 'conversation.item.input_audio_transcription.delta', ...heard, delta: 'hel', logprobs: null },
  {
    type: 'conversation.item.input_audio_transcription.completed',
    ...heard,
    transcript: 'hello',
    logprobs: [{ token: 'hello', logprob: -0.1, bytes: [104] }],
  },
  {
    type: 'conversation.item.input_audio_transcription.failed',
    ...heard,
    error: { code: 'audio_unintelligible' },
  },
  { type: 'response.output_item.added', ...response, item: { ...assistantItem, content: [] } },
  { type: 'conversation.item.created', previous_item_id: 'item_1', item: { ...assistantItem, content: [] } },
  { type: 'response.content_part.added', ...part, part: { type: 'audio', transcript: '' } },
  { type: 'response.audio_transcript.delta', ...part, delta: 'hel' },
  { type: 'response.audio.delta', ...part, delta: '//79/A==' },
  { type: 'response.audio.done', ...part },
  { type: 'response.audio_transcript.done', ...part, transcript: 'hello' },
  { type: 'response.text.delta', ...part, delta: 'hel' },
  { type: 'response.text.done', ...part, text: 'hello' },
  { type: 'response.content_part.done', ...part, part: { type: 'text', text: 'hello' } },
  { type: 'response.output_item.done', ...response, item: { ...assistantItem, status: 'completed' } },
  { type: 'response.output_item.added', response_id: 'resp_1', output_index: 1, item: callItem },
  { type: 'conversation.item.created', previous_item_id: 'item_2', item: callItem },
  { type: 'response.function_call_arguments.delta', ...call, delta: '{"wo' },
]
/** The end of that conversation. */
export const sharedEndEvents: readonly WireEvent[] = [
  { type: 'response.output_item.done', response_id: 'resp_1', output_index: 1, item: callItem },
  {
    type: 'rate_limits.updated',
    rate_limits: [{ name: 'tokens', limit: 10, remaining: 5, reset_seconds: 0.5 }],
  },
  {
    type: 'conversation.item.retrieved',
    item: { ...userItem, content: [{ type: 'input_audio', audio: 'AAE=', transcript: 'hello' }] },
  },
  { type: 'conversation.item.truncated', ...heard, audio_end_ms: 1500 },
  { type: 'conversation.item.deleted', item_id: 'item_1' },
  { type: 'input_audio_buffer.cleared' },
]

/** The events with the ids a server gives them. */
export function withIds(events: readonly WireEvent[]): readonly WireEvent[] {
  return events.map(({ type, ...fields }, index) => ({ type, event_id: `event_${index}`, ...fields }))
}

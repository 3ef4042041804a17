import {
  assistantItem,
  betaResponse,
  call,
  functionTool,
  sharedClientEvents,
  sharedEndEvents,
  sharedServerEvents,
  withIds,
} from './flat-samples.ts'
import { callItem, type WireEvent } from './sample-events.ts'

const betaSession = {
  model: 'gpt-4o-realtime-preview',
  modalities: ['text', 'audio'],
  instructions: 'Be brief.',
  voice: 'alloy',
  input_audio_format: 'g711_ulaw',
  output_audio_format: 'pcm16',
  input_audio_transcription: { model: 'whisper-1', language: 'de', prompt: 'names' },
  input_audio_noise_reduction: { type: 'near_field' },
  turn_detection: { type: 'server_vad', threshold: 0.5, prefix_padding_ms: 300, silence_duration_ms: 200 },
  tools: [functionTool],
  tool_choice: 'look_up',
  temperature: 0.8,
  max_response_output_tokens: 'inf',
  speed: 1.1,
  tracing: null,
  include: ['item.input_audio_transcription.logprobs'],
  prompt: { id: 'pmpt_1' },
}
const transcriptionSession = {
  input_audio_format: 'pcm16',
  input_audio_transcription: { model: 'gpt-4o-transcribe' },
  input_audio_noise_reduction: null,
  turn_detection: { type: 'semantic_vad', eagerness: 'low' },
  include: ['item.input_audio_transcription.logprobs'],
}

/** One event or more of every client type of the OpenAI beta. */
export const betaClientSamples: readonly WireEvent[] = [
  ...sharedClientEvents,
  { event_id: 'mine_1', type: 'session.update', session: betaSession },
  { type: 'session.update', session: { turn_detection: null, tool_choice: 'auto', modalities: ['text'] } },
  { type: 'transcription_session.update', session: transcriptionSession },
  {
    type: 'response.create',
    response: {
      conversation: 'none',
      input: [{ type: 'item_reference', id: 'item_1' }, { ...assistantItem, status: 'completed' }, callItem],
      modalities: ['text'],
      instructions: 'In one word.',
      voice: 'ash',
      output_audio_format: 'g711_alaw',
      tools: [functionTool],
      tool_choice: 'required',
      temperature: 0.6,
      max_response_output_tokens: 100,
      metadata: { a: 'b' },
    },
  },
]

/** A conversation with every server event of the OpenAI beta. */
export const betaServerSamples: readonly WireEvent[] = withIds([
  {
    type: 'session.created',
    session: { ...betaSession, object: 'realtime.session', id: 'sess_1', expires_at: 1_795_000_000 },
  },
  { type: 'session.updated', session: { ...betaSession, id: 'sess_1', turn_detection: null } },
  {
    type: 'transcription_session.updated',
    session: { ...transcriptionSession, object: 'realtime.transcription_session', id: 'sess_1' },
  },
  { type: 'conversation.created', conversation: { id: 'conv_1', object: 'realtime.conversation' } },
  {
    type: 'input_audio_buffer.timeout_triggered',
    audio_start_ms: 900,
    audio_end_ms: 5900,
    item_id: 'item_1',
  },
  { type: 'response.created', response: { ...betaResponse, status: 'in_progress', output: [], usage: null } },
  ...sharedServerEvents,
  { type: 'response.function_call_arguments.done', ...call, arguments: '{}' },
  ...sharedEndEvents,
  { type: 'output_audio_buffer.started', response_id: 'resp_1' },
  { type: 'output_audio_buffer.stopped', response_id: 'resp_1' },
  { type: 'output_audio_buffer.cleared', response_id: 'resp_1' },
  { type: 'response.done', response: betaResponse },
])

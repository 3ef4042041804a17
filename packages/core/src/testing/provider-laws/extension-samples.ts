import type { ResponseExtension, SessionExtension } from '../../events/extensions.ts'

/** A value the documents allow for each extension a client may set. */
export const sessionExtensionSamples: Readonly<Record<Exclude<SessionExtension, 'agent'>, unknown>> = {
  modalities: ['text', 'audio', 'animation'],
  temperature: 0.7,
  voice: { type: 'azure-standard', name: 'en-US-AvaMultilingualNeural', rate: '1.1' },
  turn_detection: { type: 'azure_semantic_vad', remove_filler_words: true },
  input_audio_transcription: { model: 'azure-speech', phrase_list: ['Parley'] },
  input_audio_noise_reduction: { type: 'azure_deep_noise_suppression' },
  input_audio_echo_cancellation: { type: 'server_echo_cancellation' },
  output_audio_timestamp_types: ['word'],
  animation: { outputs: ['viseme_id'] },
  avatar: { character: 'lisa', style: 'casual-sitting', customized: false },
  interim_response: {
    type: 'static_interim_response',
    texts: ['One moment.'],
    triggers: ['latency'],
    latency_threshold_ms: 1500,
  },
  reasoning_effort: 'none',
  include: ['item.input_audio_transcription.phrases'],
  tools: [{ type: 'foundry_agent', agent_name: 'travel', project_name: 'desk' }],
  metadata: { topic: 'travel' },
}

/** A value the documents allow for each extension of a response. */
export const responseExtensionSamples: Readonly<Record<ResponseExtension, unknown>> = {
  temperature: 0.7,
  voice: { type: 'azure-standard', name: 'en-US-AvaMultilingualNeural' },
  modalities: ['text', 'audio'],
  pre_generated_assistant_message: {
    type: 'message',
    role: 'assistant',
    content: [{ type: 'text', text: 'As it is.' }],
  },
  interim_response: {
    type: 'static_interim_response',
    texts: ['One moment.'],
    triggers: ['tool'],
    latency_threshold_ms: 1500,
  },
  reasoning_effort: 'none',
  invoke_input: { question: 'Where to?' },
  commit: false,
  cancel_previous: false,
  append_input_items: [
    { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'appended' }] },
  ],
  input_items: [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'instead' }] }],
  additional_instructions: 'Answer in one word.',
}

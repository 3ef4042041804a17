import { isObject, mergeDeep, numberOf, objectOf, objectsOf, textOf } from '../json.ts'
import type { ModelKind, ResponseRequest, Settings, WireObject } from '../wire.ts'
import { flatFormat, flatToolChoice, flatTurnDetection } from './flat.ts'

/** What Voice Live begins a session with. */
export interface SessionStart {
  readonly model: string
  readonly kind: ModelKind
  readonly agent?: WireObject
  readonly expiresAt: boolean
}

const wholeKeys = new Set([
  'voice',
  'turn_detection',
  'input_audio_transcription',
  'input_audio_noise_reduction',
  'input_audio_echo_cancellation',
  'avatar',
  'animation',
  'interim_response',
  'tool_choice',
])
const defaults: Readonly<Record<string, WireObject>> = {
  server_vad: {
    threshold: 0.5,
    prefix_padding_ms: 400,
    silence_duration_ms: 500,
    speech_duration_ms: 200,
    create_response: true,
    interrupt_response: true,
    auto_truncate: false,
  },
  azure_semantic_vad: {
    threshold: 0.5,
    prefix_padding_ms: 420,
    silence_duration_ms: 500,
    speech_duration_ms: 80,
    remove_filler_words: false,
    create_response: true,
    interrupt_response: true,
    auto_truncate: false,
  },
}

/** A session as it is before the first update. */
export function voiceLiveSessionStart({ model, kind, agent, expiresAt }: SessionStart): WireObject {
  const cascaded = kind === 'cascaded'
  return {
    object: 'realtime.session',
    model,
    modalities: ['text', 'audio'],
    instructions: '',
    voice:
      kind === 'openai-native' ? 'alloy' : { type: 'azure-standard', name: 'en-US-AvaMultilingualNeural' },
    input_audio_sampling_rate: 24_000,
    input_audio_format: 'pcm16',
    output_audio_format: 'pcm16',
    turn_detection: withDefaults({ type: cascaded ? 'azure_semantic_vad' : 'server_vad' }),
    input_audio_noise_reduction: null,
    input_audio_echo_cancellation: null,
    input_audio_transcription: cascaded ? { model: 'azure-speech' } : null,
    tools: [],
    tool_choice: 'auto',
    temperature: 0.8,
    max_response_output_tokens: 'inf',
    ...(agent === undefined ? {} : { agent }),
    ...(expiresAt ? { expires_at: Math.floor(Date.now() / 1000) + 3600 } : {}),
  }
}

/** An update laid over a session, turn detection with its defaults. */
export function mergeVoiceLiveSession(session: WireObject, update: WireObject): WireObject {
  const merged = mergeDeep(session, update, wholeKeys)
  return { ...merged, turn_detection: withDefaults(merged['turn_detection']) }
}

function withDefaults(detection: unknown): WireObject | null {
  if (!isObject(detection)) return null
  const type = textOf(detection['type'])
  return { ...defaults[type.startsWith('azure') ? 'azure_semantic_vad' : type], ...detection }
}

/** The voice's name for people: of an object its name or model. */
export function voiceName(voice: unknown): string {
  if (typeof voice === 'string') return voice
  const { name, model } = objectOf(voice)
  return textOf(name, textOf(model))
}

/** Azure speaks it, not the model. */
export function isAzureVoice(voice: unknown): boolean {
  const type = textOf(objectOf(voice)['type'])
  return type.startsWith('azure-') && type !== 'azure-realtime-native'
}

/** A session as the engine reads it. */
export function voiceLiveSettings(session: WireObject): Settings {
  const { modalities, voice } = session
  const kinds: readonly unknown[] = Array.isArray(modalities) ? modalities : []
  const words = session['output_audio_timestamp_types']
  const animated = objectOf(session['animation'])['outputs']
  // Voices of the HD family have no word boundaries.
  const hasBoundaries = isAzureVoice(voice) && !voiceName(voice).includes(':')
  return {
    transcriptionOnly: false,
    sound: kinds.includes('audio'),
    inputFormat: flatFormat(
      session['input_audio_format'],
      numberOf(session['input_audio_sampling_rate'], 24_000),
    ),
    outputFormat: flatFormat(session['output_audio_format']),
    voice: voiceName(voice),
    instructions: textOf(session['instructions']),
    tools: objectsOf(session['tools']),
    toolChoice: flatToolChoice(session['tool_choice']),
    turnDetection: flatTurnDetection(session['turn_detection']),
    transcription: isObject(session['input_audio_transcription']),
    maxOutputTokens: numberOf(session['max_response_output_tokens'], Infinity),
    wordTimestamps: hasBoundaries && Array.isArray(words) && words.includes('word'),
    visemes: isAzureVoice(voice) && Array.isArray(animated) && animated.includes('viseme_id'),
    blendshapes: isAzureVoice(voice) && Array.isArray(animated) && animated.includes('blendshapes'),
  }
}

/** What a `response.create` of Voice Live asks for. */
export function voiceLiveRequest(session: WireObject, event: WireObject): ResponseRequest {
  const response = objectOf(event['response'])
  const {
    conversation,
    commit,
    cancel_previous: cancelPrevious,
    input,
    input_items: inputItems = input,
    append_input_items: appended,
    metadata,
    max_output_tokens: limit = response['max_response_output_tokens'],
    pre_generated_assistant_message: verbatim,
    invoke_input: _,
    ...overrides
  } = response
  const added = textOf(event['additional_instructions'])
  const instructions = textOf(overrides['instructions'], textOf(session['instructions']))
  const effective = mergeVoiceLiveSession(session, {
    ...overrides,
    instructions: added === '' ? instructions : `${instructions} ${added}`,
    ...(limit === undefined ? {} : { max_response_output_tokens: limit }),
  })
  return {
    settings: voiceLiveSettings(effective),
    outOfBand: conversation === 'none' || commit === false,
    cancelsPrevious: cancelPrevious !== false,
    input: inputItems === undefined ? undefined : objectsOf(inputItems),
    appended: objectsOf(appended),
    verbatim: isObject(verbatim) ? textOf(objectsOf(verbatim['content'])[0]?.['text']) : undefined,
    metadata,
    shown: {
      modalities: effective['modalities'],
      voice: effective['voice'],
      output_audio_format: effective['output_audio_format'],
      temperature: effective['temperature'],
      max_output_tokens: effective['max_response_output_tokens'],
    },
  }
}

import { at, mergeDeep, numberOf, objectOf, objectsOf, textOf } from '../json.ts'
import type { Refusal } from '../rules/refusal.ts'
import { pcm24, type SoundFormat } from '../sound.ts'
import type {
  ModelTraits,
  ResponseRequest,
  Settings,
  TurnDetection,
  UpdateView,
  WireObject,
} from '../wire.ts'

/** What a GA service begins a session with. */
export interface GaSessionOptions {
  readonly model: string
  readonly voice: string
  readonly transcription: boolean
}

const serverVad = {
  type: 'server_vad',
  threshold: 0.5,
  prefix_padding_ms: 300,
  silence_duration_ms: 500,
  create_response: true,
  interrupt_response: true,
  idle_timeout_ms: null,
}
const semanticVad = {
  type: 'semantic_vad',
  eagerness: 'auto',
  create_response: true,
  interrupt_response: true,
}
const pcm = { type: 'audio/pcm', rate: 24_000 }

/** Keys whose objects an update replaces as a whole. */
const wholeKeys = new Set([
  'turn_detection',
  'transcription',
  'noise_reduction',
  'format',
  'voice',
  'tool_choice',
  'tracing',
  'prompt',
  'truncation',
  'reasoning',
])

/** What is known of a model by its name; of a deployment by the name it begins with. */
export function gaTraits(model: string): ModelTraits {
  return { kind: 'openai-native', agent: false, reasons: /^gpt-realtime-2(?![0-9])/.test(model), mcp: true }
}

/** Fields only models that reason know. */
function checkReasoning(fields: WireObject, traits: ModelTraits, path: string): Refusal | undefined {
  const field = ['reasoning', 'parallel_tool_calls'].find((name) => fields[name] !== undefined)
  if (traits.reasons || field === undefined) return undefined
  return {
    code: 'invalid_value',
    message: `'${field}' is not for this model.`,
    param: `${path}.${field}`,
  }
}

/** A session as it is before the first update. */
export function gaSessionStart(id: string, options: GaSessionOptions): WireObject {
  const input = { format: pcm, transcription: null, noise_reduction: null, turn_detection: serverVad }
  const expires = Math.floor(Date.now() / 1000) + 3600
  if (options.transcription)
    return {
      type: 'transcription',
      object: 'realtime.transcription_session',
      id,
      expires_at: expires,
      audio: { input },
      include: null,
    }
  return {
    type: 'realtime',
    object: 'realtime.session',
    id,
    model: options.model,
    output_modalities: ['audio'],
    instructions: 'You are a helpful, witty and friendly assistant.',
    tools: [],
    tool_choice: 'auto',
    max_output_tokens: 'inf',
    tracing: null,
    truncation: 'auto',
    prompt: null,
    expires_at: expires,
    audio: { input, output: { format: pcm, voice: options.voice, speed: 1 } },
    include: null,
  }
}

/** An update laid over a session, turn detection and formats with their defaults. */
export function mergeGaSession(session: WireObject, update: WireObject): WireObject {
  const merged = mergeDeep(session, update, wholeKeys)
  const audio = objectOf(merged['audio'])
  const input = objectOf(audio['input'])
  return {
    ...merged,
    audio: { ...audio, input: { ...input, turn_detection: withDefaults(input['turn_detection']) } },
  }
}

function withDefaults(detection: unknown): WireObject | null {
  const { type, ...fields } = objectOf(detection)
  if (type === 'server_vad') return { ...serverVad, ...fields }
  return type === 'semantic_vad' ? { ...semanticVad, ...fields } : null
}

/** Rules of a GA update that a schema cannot hold. */
export function checkGaUpdate({ session, update, hasSpoken, traits }: UpdateView): Refusal | undefined {
  const refusal = (code: string, message: string, param: string): Refusal => ({ code, message, param })
  if (update['type'] !== session['type'])
    return refusal('invalid_value', 'The type of a session cannot change.', 'session.type')
  if (update['model'] !== undefined && update['model'] !== session['model'])
    return refusal('invalid_value', 'The model of a session cannot change.', 'session.model')
  const voice = at(update, 'audio.output.voice')
  if (hasSpoken && voice !== undefined && !isSame(voice, at(session, 'audio.output.voice')))
    return refusal(
      'cannot_update_voice',
      "Cannot update a conversation's voice if assistant audio is present.",
      'session.audio.output.voice',
    )
  const { tracing } = update
  const before = session['tracing'] ?? null
  if (tracing !== undefined && before !== null && !isSame(tracing, before))
    return refusal('invalid_value', 'Tracing cannot be changed once it is on.', 'session.tracing')
  return (
    checkReasoning(update, traits, 'session') ??
    checkTranscription(at(update, 'audio.input.transcription'), at(update, 'audio.input.turn_detection'))
  )
}

/** Fields only some transcription models know. */
function checkTranscription(transcription: unknown, turnDetection: unknown): Refusal | undefined {
  const { model, ...fields } = objectOf(transcription)
  const path = 'session.audio.input.transcription'
  const needs = (field: string, models: readonly string[]): Refusal | undefined =>
    fields[field] === undefined || models.includes(textOf(model))
      ? undefined
      : { code: 'invalid_value', message: `'${field}' is not for this model.`, param: `${path}.${field}` }
  const newest = ['gpt-transcribe', 'gpt-live-transcribe']
  const wholeTurns = ['gpt-realtime-whisper', 'gpt-live-transcribe']
  if (wholeTurns.includes(textOf(model)) && turnDetection !== undefined && turnDetection !== null)
    return {
      code: 'invalid_value',
      message: 'This model needs turn detection to be off.',
      param: 'session.audio.input.turn_detection',
    }
  return needs('delay', ['gpt-realtime-whisper']) ?? needs('languages', newest) ?? needs('keywords', newest)
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

/** A GA session as the engine reads it. */
export function gaSettings(session: WireObject): Settings {
  const input = objectOf(at(session, 'audio.input'))
  const output = objectOf(at(session, 'audio.output'))
  const { voice, format } = output
  return {
    transcriptionOnly: session['type'] === 'transcription',
    sound: !JSON.stringify(session['output_modalities'] ?? []).includes('text'),
    inputFormat: formatOf(input['format']),
    outputFormat: formatOf(format),
    voice: typeof voice === 'string' ? voice : textOf(objectOf(voice)['id']),
    instructions: textOf(session['instructions']),
    tools: objectsOf(session['tools']),
    toolChoice: session['tool_choice'],
    turnDetection: turnDetectionOf(input['turn_detection']),
    transcription: (input['transcription'] ?? null) !== null,
    maxOutputTokens: numberOf(session['max_output_tokens'], Infinity),
    wordTimestamps: false,
    visemes: false,
  }
}

function formatOf(format: unknown): SoundFormat {
  const { type } = objectOf(format)
  if (type === 'audio/pcmu') return { encoding: 'pcmu', rate: 8000 }
  return type === 'audio/pcma' ? { encoding: 'pcma', rate: 8000 } : pcm24
}

function turnDetectionOf(detection: unknown): TurnDetection | undefined {
  const fields = objectOf(detection)
  if (fields['type'] !== 'server_vad' && fields['type'] !== 'semantic_vad') return undefined
  const idle = fields['idle_timeout_ms']
  return {
    threshold: numberOf(fields['threshold'], 0.5),
    prefixPaddingMs: numberOf(fields['prefix_padding_ms'], 300),
    silenceMs: numberOf(fields['silence_duration_ms'], 500),
    createResponse: fields['create_response'] !== false,
    interruptResponse: fields['interrupt_response'] !== false,
    idleTimeoutMs: typeof idle === 'number' ? idle : undefined,
    autoTruncate: false,
  }
}

/** Rules of a GA `response.create` that a schema cannot hold. */
export function checkGaResponse(
  response: WireObject,
  { session, hasSpoken, traits }: Omit<UpdateView, 'update'>,
): Refusal | undefined {
  if (session['type'] === 'transcription')
    return { code: 'invalid_value', message: 'A transcription session gives no answers.', param: null }
  const voice = at(response, 'audio.output.voice')
  const outOfBand = response['conversation'] === 'none'
  if (hasSpoken && !outOfBand && voice !== undefined && !isSame(voice, at(session, 'audio.output.voice')))
    return {
      code: 'cannot_update_voice',
      message: "Cannot update a conversation's voice if assistant audio is present.",
      param: 'response.audio.output.voice',
    }
  return checkReasoning(response, traits, 'response')
}

/** What a GA `response.create` asks for. */
export function gaRequest(session: WireObject, event: WireObject): ResponseRequest {
  const response = objectOf(event['response'])
  const { conversation, input, metadata, ...overrides } = response
  const effective = mergeGaSession(session, overrides)
  return {
    settings: gaSettings(effective),
    outOfBand: conversation === 'none',
    cancelsPrevious: false,
    input: input === undefined ? undefined : objectsOf(input),
    metadata,
    shown: {
      output_modalities: effective['output_modalities'],
      max_output_tokens: effective['max_output_tokens'],
      audio: {
        output: {
          format: at(effective, 'audio.output.format'),
          voice: at(effective, 'audio.output.voice'),
        },
      },
    },
  }
}

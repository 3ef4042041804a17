import { InputTranscription, NoiseReduction } from '../../events/audio-config.ts'
import { MaxOutputTokens, Reasoning } from '../../events/session-config.ts'
import { isObject } from '../json-object.ts'
import { readFormat, samplingRate, writeFormat } from './audio-format.ts'
import type { Field, Reading } from './field.ts'
import { readToolChoice, readTools, toolChoiceName, writeTools } from './tools.ts'
import { readTurnDetection, withoutNone } from './turn-detection.ts'
import { readVoice, voiceName, writeAzureVoice } from './voice.ts'

/** Keys that flat sessions and GA's share. */
export const keptSessionKeys: ReadonlySet<string> = new Set([
  'id',
  'object',
  'expires_at',
  'model',
  'instructions',
  'parallel_tool_calls',
  'tracing',
  'prompt',
  'truncation',
])

/** Kinds of output as flat wires list them; sound comes with its transcript. */
export const modalities: Field = {
  key: 'modalities',
  path: ['output_modalities'],
  read(value) {
    if (!Array.isArray(value)) return { beyond: value }
    const ga = value.includes('audio') ? ['audio'] : value.includes('text') ? ['text'] : undefined
    const isMore = value.some((kind) => kind !== 'text' && kind !== 'audio')
    return { ...(ga && { ga }), ...((isMore || !ga) && { beyond: value }) }
  },
  write: (value) => (Array.isArray(value) && value.includes('audio') ? ['text', 'audio'] : value),
}

/** The effort of a reasoning model; GA has no `none`. */
export const reasoningEffort: Field = {
  key: 'reasoning_effort',
  path: ['reasoning', 'effort'],
  read: (value) => (Reasoning.safeParse({ effort: value }).success ? { ga: value } : { beyond: value }),
  write: (value) => value,
}

/** The voice; Voice Live's may be an object. */
export function voice(extended: boolean): Field {
  return {
    key: 'voice',
    path: ['audio', 'output', 'voice'],
    read: readVoice,
    write: extended ? writeAzureVoice : voiceName,
  }
}

/** The format of what the server says. */
export function outputFormat(extended: boolean): Field {
  return {
    key: 'output_audio_format',
    path: ['audio', 'output', 'format'],
    word: true,
    read: (value) => readFormat(value),
    write: (value) => writeFormat(value, extended),
  }
}

/** Tools; kinds GA does not have are extensions. */
export const tools: Field = { key: 'tools', path: ['tools'], read: readTools, write: writeTools }

/** What must be called. Where `bare`, the wire only knows words. */
export function toolChoice(bare: boolean): Field {
  return {
    key: 'tool_choice',
    path: ['tool_choice'],
    read: readToolChoice,
    write: bare ? toolChoiceName : (value) => value,
  }
}

/** A second name of a field: read, never written. */
export function alias(field: Field): Field {
  return { ...field, write: () => undefined }
}

/** The token limit under its name on the wire. */
export function maxTokens(key: string): Field {
  return {
    key,
    path: ['max_output_tokens'],
    read: (value) =>
      typeof value === 'number' || MaxOutputTokens.safeParse(value).success
        ? { ga: value }
        : { beyond: value },
    write: (value) => value,
  }
}

const include: Field = {
  key: 'include',
  path: ['include'],
  read(value) {
    if (!Array.isArray(value)) return { ga: value }
    const known = value.filter((entry) => entry === 'item.input_audio_transcription.logprobs')
    return known.length === value.length ? { ga: value } : { ga: known, beyond: value }
  },
  write: (value) => value,
}

const inputFormat: Field = {
  key: 'input_audio_format',
  path: ['audio', 'input', 'format'],
  word: true,
  read: (value, flat) => readFormat(value, flat['input_audio_sampling_rate'] ?? undefined),
  write: (value) => writeFormat(value, false),
}

const inputSamplingRate: Field = {
  key: 'input_audio_sampling_rate',
  path: ['audio', 'input', 'format'],
  errorPath: ['audio', 'input', 'format', 'rate'],
  read(value, flat) {
    // Beside a format it is read there.
    if (typeof flat['input_audio_format'] === 'string') return {}
    return typeof value === 'number' ? { ga: { type: 'audio/pcm', rate: value } } : { beyond: value }
  },
  write: (value) => (isObject(value) ? samplingRate(value) : undefined),
}

const noiseReduction: Field = {
  key: 'input_audio_noise_reduction',
  path: ['audio', 'input', 'noise_reduction'],
  read: (value) =>
    value === null || NoiseReduction.safeParse(value).success ? { ga: value } : { beyond: value },
  write: (value) => value,
}

function transcription(extended: boolean): Field {
  return {
    key: 'input_audio_transcription',
    path: ['audio', 'input', 'transcription'],
    read: extended ? readTranscription : (ga) => ({ ga }),
    write: (value) => value,
  }
}

function turnDetection(extended: boolean): Field {
  return {
    key: 'turn_detection',
    path: ['audio', 'input', 'turn_detection'],
    read: extended ? readTurnDetection : (value) => ({ ga: withoutNone(value) }),
    write: (value) => value,
  }
}

/** The fields of a session, by whether the wire says more than GA. */
export function sessionFields(extended: boolean): readonly Field[] {
  return [
    modalities,
    voice(extended),
    inputFormat,
    transcription(extended),
    noiseReduction,
    turnDetection(extended),
    include,
    ...(extended ? [inputSamplingRate, reasoningEffort] : []),
    outputFormat(extended),
    { key: 'speed', path: ['audio', 'output', 'speed'], read: (ga) => ({ ga }), write: (value) => value },
    tools,
    toolChoice(!extended),
    maxTokens('max_response_output_tokens'),
  ]
}

/** A transcription with further keys is said in GA without them. */
function readTranscription(value: unknown): Reading {
  if (!isObject(value)) return { ga: value }
  const known = Object.entries(value).filter(([key]) => Object.hasOwn(InputTranscription.shape, key))
  return known.length === Object.keys(value).length
    ? { ga: value }
    : { ga: Object.fromEntries(known), beyond: value }
}

import { mergeDeep, numberOf, objectOf, objectsOf, textOf } from '../json.ts'
import { betaResponse, betaSession, betaTranscriptionSession } from '../rules/beta-session.ts'
import { clientEventSchemas } from '../rules/client-events.ts'
import { itemSchema } from '../rules/items.ts'
import type { Refusal } from '../rules/refusal.ts'
import type { Admission, ResponseRequest, Settings, UpdateView, Wire, WireObject } from '../wire.ts'
import { checkQuery, refuseCaller, refuseDeployment, refusePath, transcriptionDeployment } from './azure.ts'
import { flatEvents, flatFormat, flatToolChoice, flatTurnDetection } from './flat.ts'

const apiVersion = /^20(24-12-17|25-\d\d-\d\d)(-preview)?$/
const wholeKeys = new Set(['turn_detection', 'input_audio_transcription', 'input_audio_noise_reduction'])
const serverVad = {
  type: 'server_vad',
  threshold: 0.5,
  prefix_padding_ms: 300,
  silence_duration_ms: 500,
  create_response: true,
  interrupt_response: true,
}

/** `wss://<resource>.openai.azure.com/openai/realtime?api-version=&deployment=`: the beta shape. */
export const azureOpenaiPreviewWire: Wire = {
  name: 'azure-openai-preview',
  admit(handshake, account, violate): Admission {
    const { query } = handshake
    const wrongPath = refusePath(handshake, '/openai/realtime', violate)
    if (wrongPath !== undefined) return wrongPath
    checkQuery(handshake, ['api-version', 'deployment', 'intent'], violate)
    const version = query.get('api-version')
    if (version === null || !apiVersion.test(version)) {
      violate(`api-version ${version ?? 'missing'}`)
      return { kind: 'http', status: 404, code: '404', message: 'Resource not found' }
    }
    const unknown = refuseCaller(handshake, account, violate)
    if (unknown !== undefined) return unknown
    const deployment = query.get('deployment')
    const missing = refuseDeployment(deployment, account, violate)
    if (missing !== undefined) return missing
    const transcription = query.get('intent') === 'transcription'
    return {
      kind: 'session',
      traits: { kind: 'openai-native', agent: false, reasons: false, mcp: false },
      session: sessionStart(deployment ?? '', transcription),
    }
  },
  schemas(_handshake, account) {
    const item = itemSchema({ assistantText: 'text', image: 'none', mcp: false })
    const transcription = transcriptionDeployment(account)
    return clientEventSchemas({
      session: betaSession(transcription),
      item,
      response: betaResponse(item),
      more: { 'transcription_session.update': { session: betaTranscriptionSession(transcription) } },
    })
  },
  checkUpdate({ session, update, hasSpoken }: UpdateView): Refusal | undefined {
    if (update['model'] !== undefined && update['model'] !== session['model'])
      return {
        code: 'invalid_value',
        message: 'The model of a session cannot change.',
        param: 'session.model',
      }
    return voiceLock(update, session, hasSpoken, 'session.voice')
  },
  checkResponse(response, { session, hasSpoken }) {
    if (session['object'] === 'realtime.transcription_session')
      return { code: 'invalid_value', message: 'A transcription session gives no answers.', param: null }
    if (response['conversation'] === 'none') return undefined
    return voiceLock(response, session, hasSpoken, 'response.voice')
  },
  merge: mergeSession,
  settings,
  request,
  write(event) {
    if (isForeign(event)) return []
    return flatEvents(event).map((flat) => oldUsage(withoutName(transcriptionName(flat))))
  },
}

function voiceLock(
  update: WireObject,
  session: WireObject,
  hasSpoken: boolean,
  param: string,
): Refusal | undefined {
  const { voice } = update
  if (!hasSpoken || voice === undefined || voice === session['voice']) return undefined
  const message = "Cannot update a conversation's voice if assistant audio is present."
  return { code: 'cannot_update_voice', message, param }
}

function sessionStart(model: string, transcription: boolean): WireObject {
  const input = {
    input_audio_format: 'pcm16',
    input_audio_transcription: null,
    input_audio_noise_reduction: null,
    turn_detection: serverVad,
  }
  const expires = Math.floor(Date.now() / 1000) + 1800
  if (transcription) return { object: 'realtime.transcription_session', ...input, expires_at: expires }
  return {
    object: 'realtime.session',
    model,
    modalities: ['text', 'audio'],
    instructions: 'You are a helpful, witty and friendly assistant.',
    voice: 'alloy',
    output_audio_format: 'pcm16',
    tools: [],
    tool_choice: 'auto',
    temperature: 0.8,
    max_response_output_tokens: 'inf',
    expires_at: expires,
    ...input,
  }
}

function mergeSession(session: WireObject, update: WireObject): WireObject {
  const merged = mergeDeep(session, update, wholeKeys)
  const { type, ...fields } = objectOf(merged['turn_detection'])
  return type === 'server_vad' ? { ...merged, turn_detection: { ...serverVad, ...fields } } : merged
}

function settings(session: WireObject): Settings {
  const { modalities } = session
  return {
    transcriptionOnly: session['object'] === 'realtime.transcription_session',
    sound: Array.isArray(modalities) && modalities.includes('audio'),
    inputFormat: flatFormat(session['input_audio_format']),
    outputFormat: flatFormat(session['output_audio_format']),
    voice: textOf(session['voice']),
    instructions: textOf(session['instructions']),
    tools: objectsOf(session['tools']),
    toolChoice: flatToolChoice(session['tool_choice']),
    turnDetection: flatTurnDetection(session['turn_detection']),
    transcription: (session['input_audio_transcription'] ?? null) !== null,
    maxOutputTokens: numberOf(session['max_response_output_tokens'], Infinity),
    wordTimestamps: false,
    visemes: false,
  }
}

function request(session: WireObject, event: WireObject): ResponseRequest {
  const { conversation, input, metadata, ...overrides } = objectOf(event['response'])
  const effective = mergeSession(session, overrides)
  return {
    settings: settings(effective),
    outOfBand: conversation === 'none',
    cancelsPrevious: false,
    input: input === undefined ? undefined : objectsOf(input),
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

/** Events the beta does not have. */
function isForeign({ type }: WireObject): boolean {
  return String(type).startsWith('mcp_list_tools') || type === 'input_audio_buffer.timeout_triggered'
}

function transcriptionName(event: WireObject): WireObject {
  if (objectOf(event['session'])['object'] !== 'realtime.transcription_session') return event
  return { ...event, type: `transcription_${String(event['type'])}` }
}

function withoutName(event: WireObject): WireObject {
  if (event['type'] !== 'response.function_call_arguments.done') return event
  const { name: _, ...rest } = event
  return rest
}

/** The beta counts no images and does not split what was cached. */
function oldUsage(event: WireObject): WireObject {
  const response = objectOf(event['response'])
  const usage = objectOf(response['usage'])
  if (event['type'] !== 'response.done' || usage['total_tokens'] === undefined) return event
  const { image_tokens: _, cached_tokens_details: __, ...details } = objectOf(usage['input_token_details'])
  return { ...event, response: { ...response, usage: { ...usage, input_token_details: details } } }
}

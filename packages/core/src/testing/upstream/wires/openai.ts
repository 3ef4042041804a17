import { clientEventSchemas } from '../rules/client-events.ts'
import { gaResponse, gaSession, openaiTranscriptionModel, type GaRules } from '../rules/ga-session.ts'
import { itemSchema } from '../rules/items.ts'
import type { Admission, Wire } from '../wire.ts'
import {
  checkGaResponse,
  checkGaUpdate,
  gaRequest,
  gaSessionStart,
  gaSettings,
  gaTraits,
  mergeGaSession,
} from './ga.ts'

const openaiRules: GaRules = {
  transcriptionModel: openaiTranscriptionModel,
  tracing: true,
  prompt: true,
  turnDetectionNone: false,
}

/** `wss://api.openai.com/v1/realtime`: the GA shape, nothing else. */
export const openaiWire: Wire = {
  name: 'openai',
  admit({ path, query, headers, protocols }, account, violate): Admission {
    if (path !== '/v1/realtime') {
      violate(`path ${path} instead of /v1/realtime`)
      return { kind: 'http', status: 404, code: 'not_found', message: 'Invalid URL.' }
    }
    const key = keyOf(headers['authorization'], protocols)
    for (const name of [
      'api-key',
      'api_key',
      'key',
      'authorization',
      'access_token',
      'api-version',
      'deployment',
    ])
      if (query.has(name)) violate(`query parameter ${name}`)
    if (headers['api-key'] !== undefined) violate('header api-key instead of Authorization')
    const beta =
      headers['openai-beta'] !== undefined || protocols.some((name) => name.startsWith('openai-beta'))
    if (beta) {
      violate('the beta shape was asked for')
      const code = 'beta_api_shape_disabled'
      return {
        kind: 'close',
        code,
        message: 'The beta API shape is disabled.',
        event: false,
        close: 4000,
        reason: `invalid_request_error.${code}`,
      }
    }
    if (key === undefined) {
      violate('no credentials')
      return { kind: 'http', status: 401, code: 'missing_api_key', message: 'Missing bearer authentication.' }
    }
    if (key !== account.key) return closing('invalid_api_key', 'Incorrect API key provided.', 3000)
    const transcription = query.get('intent') === 'transcription'
    const model = query.get('model') ?? (transcription ? 'gpt-4o-transcribe' : '')
    if (model === '') {
      violate('no model')
      return closing('missing_model', 'You must provide a model parameter.', 4000)
    }
    if (!isKnownModel(model, account.models))
      return closing('model_not_found', `The model '${model}' does not exist.`, 4000)
    return {
      kind: 'session',
      traits: gaTraits(model),
      session: gaSessionStart('', { model, voice: account.voices?.[0] ?? 'marin', transcription }),
    }
  },
  schemas(_handshake, { voices }) {
    const rules = { ...openaiRules, voices }
    const item = itemSchema({ assistantText: 'output_text', image: 'image_url', mcp: true })
    return clientEventSchemas({ session: gaSession(rules), item, response: gaResponse(item, rules) })
  },
  checkUpdate: checkGaUpdate,
  checkResponse: checkGaResponse,
  merge: mergeGaSession,
  settings: gaSettings,
  request: gaRequest,
  write: (event) => [event],
}

function closing(code: string, message: string, close: number): Admission {
  return { kind: 'close', code, message, event: true, close, reason: `invalid_request_error.${code}` }
}

function keyOf(authorization: string | undefined, protocols: readonly string[]): string | undefined {
  const prefix = 'openai-insecure-api-key.'
  const offered = protocols.find((name) => name.startsWith(prefix))?.slice(prefix.length)
  return authorization === undefined ? offered : /^Bearer (.+)$/.exec(authorization)?.[1]
}

function isKnownModel(model: string, models: readonly string[] | undefined): boolean {
  return models === undefined ? /^gpt-(realtime|audio|4o)[\w.-]*$/.test(model) : models.includes(model)
}

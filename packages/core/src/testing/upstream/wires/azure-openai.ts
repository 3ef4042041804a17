import { clientEventSchemas } from '../rules/client-events.ts'
import { gaResponse, gaSession, type GaRules } from '../rules/ga-session.ts'
import { itemSchema } from '../rules/items.ts'
import type { Account, Admission, Wire } from '../wire.ts'
import { checkQuery, refuseCaller, refuseDeployment, refusePath, transcriptionDeployment } from './azure.ts'
import {
  checkGaResponse,
  checkGaUpdate,
  gaRequest,
  gaSessionStart,
  gaSettings,
  gaTraits,
  mergeGaSession,
} from './ga.ts'

/** `wss://<resource>.openai.azure.com/openai/v1/realtime`: GA events behind Azure's door. */
export const azureOpenaiWire: Wire = {
  name: 'azure-openai',
  admit(handshake, account, violate): Admission {
    const { query, headers } = handshake
    const wrongPath = refusePath(handshake, '/openai/v1/realtime', violate)
    if (wrongPath !== undefined) return wrongPath
    checkQuery(handshake, ['model', 'intent'], violate)
    if (query.has('api-version'))
      return { kind: 'http', status: 401, code: '401', message: 'api-version is not allowed on the GA path.' }
    if (headers['openai-beta'] !== undefined) {
      violate('header OpenAI-Beta')
      return { kind: 'http', status: 400, code: 'beta_api_shape_disabled', message: 'No beta here.' }
    }
    const unknown = refuseCaller(handshake, account, violate)
    if (unknown !== undefined) return unknown
    const transcription = query.get('intent') === 'transcription'
    const deployment = query.get('model')
    const missing = transcription ? undefined : refuseDeployment(deployment, account, violate)
    if (missing !== undefined) return missing
    return {
      kind: 'session',
      traits: gaTraits(deployment ?? ''),
      session: gaSessionStart('', { model: deployment ?? '', voice: 'alloy', transcription }),
    }
  },
  schemas(_handshake, account) {
    const rules = rulesOf(account)
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

/** Tracing and stored prompts belong to OpenAI's own platform. */
function rulesOf(account: Account): GaRules {
  return {
    transcriptionModel: transcriptionDeployment(account),
    tracing: false,
    prompt: false,
    turnDetectionNone: true,
  }
}

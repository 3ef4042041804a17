import { z } from 'zod'
import { objectOf } from '../json.ts'
import { clientEventSchemas } from '../rules/client-events.ts'
import { itemSchema } from '../rules/items.ts'
import { voiceLiveResponse, voiceLiveSession } from '../rules/voice-live-session.ts'
import type { Account, Admission, Handshake, ModelTraits, Wire, WireObject } from '../wire.ts'
import { checkQuery, refuseCaller, refusePath } from './azure.ts'
import { flatEvents } from './flat.ts'
import { agentTraits, managedModels, profiles, traitsOf } from './voice-live-models.ts'
import {
  checkVoiceLiveItem,
  checkVoiceLiveResponse,
  checkVoiceLiveUpdate,
  voiceLiveWarnings,
} from './voice-live-rules.ts'
import {
  mergeVoiceLiveSession,
  voiceLiveRequest,
  voiceLiveSessionStart,
  voiceLiveSettings,
} from './voice-live-session.ts'
import { versionOf } from './voice-live-versions.ts'

type Violate = (rule: string) => void
type Refused = Exclude<Admission, { readonly kind: 'session' }>

const parameters = [
  'api-version',
  'model',
  'profile',
  'foundry-resource-override',
  'agent-name',
  'agent-project-name',
  'agent-version',
  'conversation-id',
  'agent-authentication-identity-client-id',
  'agent-id',
  'agent-access-token',
  'features',
]

/** `wss://<resource>.services.ai.azure.com/voice-live/realtime`: managed model, own model or agent, by query. */
export const voiceLiveWire: Wire = {
  name: 'voice-live',
  admit(handshake, account, violate): Admission {
    const { query } = handshake
    const wrongPath = refusePath(handshake, '/voice-live/realtime', violate)
    if (wrongPath !== undefined) return wrongPath
    checkQuery(handshake, parameters, violate)
    const version = versionOf(query.get('api-version'))
    if (version === undefined) {
      violate(`api-version ${query.get('api-version') ?? 'missing'}`)
      return badRequest('unsupported_api_version', 'The api-version is not supported.')
    }
    const unknown = refuseCaller(handshake, account, violate)
    if (unknown !== undefined) return unknown
    const mode = modeOf(handshake, account, violate)
    if ('message' in mode) return mode
    return {
      kind: 'session',
      traits: mode.traits,
      session: voiceLiveSessionStart({ ...mode, kind: mode.traits.kind, expiresAt: version.expiresAt }),
    }
  },
  schemas({ query }) {
    const version = versionOf(query.get('api-version'))
    if (version === undefined) return {}
    const item = itemSchema({ assistantText: 'text', image: version.image, mcp: version.mcp })
    const turn = { turn_id: z.string().min(1) }
    const text = { id: z.string().min(1).max(32), content_index: z.int().min(0).optional() }
    return clientEventSchemas({
      session: voiceLiveSession(version),
      item,
      response: voiceLiveResponse(item, version),
      besideResponse: { additional_instructions: z.string().optional() },
      more: {
        'session.avatar.connect': { client_sdp: z.base64().min(1) },
        'input_audio.turn.start': turn,
        'input_audio.turn.append': { ...turn, audio: z.base64() },
        'input_audio.turn.end': turn,
        'input_audio.turn.cancel': turn,
        'input_audio.clear': {},
        'output_audio_buffer.clear': {},
        ...(version.inputText
          ? { 'input_text.delta': { ...text, delta: z.string() }, 'input_text.done': text }
          : {}),
      },
    })
  },
  checkUpdate: checkVoiceLiveUpdate,
  warnings: voiceLiveWarnings,
  checkResponse: checkVoiceLiveResponse,
  checkItem: checkVoiceLiveItem,
  merge: mergeVoiceLiveSession,
  settings: voiceLiveSettings,
  request: voiceLiveRequest,
  write(event) {
    const { type } = event
    if (type === 'conversation.created' || type === 'input_audio_buffer.timeout_triggered') return []
    return flatEvents(event).map((flat) => withReasoning(withoutUsage(flat)))
  },
}

interface Mode {
  readonly model: string
  readonly traits: ModelTraits
  readonly agent?: WireObject
}

function modeOf({ query }: Handshake, account: Account, violate: Violate): Mode | Refused {
  const override = query.get('foundry-resource-override')
  if (override?.includes('.') === true) violate('foundry-resource-override is a name, not a domain')
  const agent = query.get('agent-name') ?? query.get('agent-id')
  if (agent !== null) return agentMode(query, agent, violate)
  if (query.has('agent-project-name')) violate('agent-project-name without an agent')
  const model = query.get('model') ?? ''
  const profile = query.get('profile')
  if (model === '') {
    violate('no model')
    return badRequest('missing_model', 'The query parameter model is missing.')
  }
  if (profile === null) {
    if (override !== null) violate('foundry-resource-override without profile or agent')
    if ((account.models ?? managedModels).includes(model)) return { model, traits: traitsOf(model) }
    return notFound(`The model '${model}' is not supported.`)
  }
  const kind = profiles[profile]
  if (kind === undefined) {
    violate(`profile ${profile}`)
    return badRequest('invalid_profile', `The profile '${profile}' is not known.`)
  }
  if (account.deployments?.includes(model) === false) return notFound(`There is no deployment '${model}'.`)
  return { model, traits: traitsOf(model, kind) }
}

function agentMode(query: URLSearchParams, name: string, violate: Violate): Mode | Refused {
  const classic = query.has('agent-id')
  for (const needed of ['agent-project-name', ...(classic ? ['agent-access-token'] : [])])
    if (!query.has(needed)) {
      violate(`${classic ? 'agent-id' : 'agent-name'} without ${needed}`)
      return badRequest('missing_parameter', `The query parameter ${needed} is missing.`)
    }
  for (const needless of ['model', 'profile'])
    if (query.has(needless)) violate(`${needless} is ignored beside an agent`)
  const agent = {
    type: 'agent',
    name,
    description: 'A scripted agent.',
    agent_id: name,
    thread_id: query.get('conversation-id') ?? 'thread_1',
  }
  return { model: name, traits: agentTraits, agent }
}

function badRequest(code: string, message: string): Refused {
  return { kind: 'http', status: 400, code, message }
}

function notFound(message: string): Refused {
  return {
    kind: 'close',
    code: 'model_not_found',
    message,
    event: true,
    close: 1008,
    reason: 'model_not_found',
  }
}

/** Transcripts of Voice Live tell no usage. */
function withoutUsage(event: WireObject): WireObject {
  if (event['type'] !== 'conversation.item.input_audio_transcription.completed') return event
  const { usage: _, ...rest } = event
  return rest
}

function withReasoning(event: WireObject): WireObject {
  const response = objectOf(event['response'])
  const usage = objectOf(response['usage'])
  if (usage['total_tokens'] === undefined) return event
  const details = { ...objectOf(usage['output_token_details']), reasoning_tokens: 0 }
  return { ...event, response: { ...response, usage: { ...usage, output_token_details: details } } }
}

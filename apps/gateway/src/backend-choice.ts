import { RealtimeError } from '@parley/core'
import { backendSetups } from './backend-setups.ts'
import type { DialectName, Provider } from '@parley/core'

/** The backends a request can name. */
export interface BackendChoices {
  readonly backends: ReadonlyMap<string, Provider>
  readonly defaultBackend: string
  /** Take over from the default backend, in this order. */
  readonly defaultFailover?: readonly string[]
  /** A name nobody knows means the default backend: clients of one vendor always send their own model's name. */
  readonly unknownMeansDefault: boolean
}

/** The backend that serves a session, with the model asked of it. */
export interface BackendChoice {
  readonly provider: Provider
  readonly model: string | undefined
}

/** What a request says about its backend. */
export interface BackendRequest {
  /** Of backends that list the same model, the one that speaks the client's own dialect is meant. */
  readonly dialect?: DialectName
  /** Name of a backend; `model` is then a model of it. */
  readonly backend: string | undefined
  readonly model: string | undefined
}

/** The profile and the agent the Voice Live backends were set up with, `undefined` for each that was not. */
export interface VoiceLiveModes {
  readonly profile: string | undefined
  readonly agentName: string | undefined
  readonly agentId: string | undefined
}

/** The backend each parameter of a Voice Live client asks for, as the service itself would. */
const voiceLiveParameters = [
  {
    param: 'profile',
    mode: 'profile',
    backend: 'voice-live-byom',
    setting: 'PARLEY_VOICE_LIVE_BYOM_PROFILE',
  },
  { param: 'agent-name', mode: 'agentName', backend: 'voice-live-agent', setting: 'PARLEY_VOICE_LIVE_AGENT' },
  { param: 'agent-id', mode: 'agentId', backend: 'voice-live-agent', setting: 'PARLEY_VOICE_LIVE_AGENT_ID' },
] as const

/**
 * Reads `?backend=`, `?model=` and Azure's `?deployment=`, and where `modes` are given (to a Voice Live client)
 * its `profile`, `agent-name` and `agent-id`. Those have to be the ones a backend was set up with: otherwise
 * `model_not_found`, and `invalid_value` where `backend` names one of another kind.
 */
export function backendRequest(query: URLSearchParams, modes?: VoiceLiveModes): BackendRequest {
  const backend = query.get('backend') || undefined
  const model = query.get('model') || query.get('deployment') || undefined
  const asked = modes && voiceLiveParameters.find(({ param }) => query.has(param))
  if (modes === undefined || asked === undefined) return { backend, model }
  const { param, mode } = asked
  if (backend !== undefined && backend !== asked.backend) {
    throw new RealtimeError('invalid_value', `${param} is for ${asked.backend}, not for another backend.`, {
      param,
    })
  }
  const known = modes[mode]
  if (known !== query.get(param)) {
    const message =
      known === undefined
        ? `${param} needs the backend ${asked.backend}, which is not set up here. Set ${asked.setting} on the gateway.`
        : `The backend ${asked.backend} is set up with another ${param}: ${known}.`
    throw new RealtimeError('model_not_found', message, { param })
  }
  return { backend: asked.backend, model }
}

/**
 * The backends of a request, in the order in which they take over from each other. `backend` and `model` are each one
 * name or names between commas: with both, models belong to backends by their place, and a model left out is the
 * backend's default. Throws `model_not_found` with the names there are, and `invalid_value` for more models than
 * backends.
 */
export function chooseBackends(
  request: BackendRequest,
  choices: BackendChoices,
): readonly [BackendChoice, ...BackendChoice[]] {
  const backends = partsOf(request.backend)
  const models = partsOf(request.model)
  if (backends.length <= 1 && models.length <= 1) {
    const first = chooseBackend(request, choices)
    return [first, ...defaultFailover(request, first, choices)]
  }
  if (backends.length > 0 && models.length > backends.length) {
    throw new RealtimeError('invalid_value', 'There are more models than backends.', { param: 'model' })
  }
  if (backends.includes('')) {
    throw new RealtimeError('invalid_value', 'backend holds an empty name.', { param: 'backend' })
  }
  const places = backends.length > 0 ? backends : models
  const strict = { ...choices, unknownMeansDefault: false }
  const [first, ...others] = places.map((_, index) => {
    const [backend, model] = [backends[index], models[index]]
    return chooseBackend({ ...request, backend: backend || undefined, model: model || undefined }, strict)
  })
  if (first === undefined) return [chooseBackend(request, choices)]
  return [first, ...others]
}

function partsOf(names: string | undefined): readonly string[] {
  return names === undefined ? [] : names.split(',').map((name) => name.trim())
}

/** Backends of the default list take over where nobody has asked for a backend. */
function defaultFailover(
  { backend, model }: BackendRequest,
  first: BackendChoice,
  { backends, defaultBackend, defaultFailover: names = [] }: BackendChoices,
): readonly BackendChoice[] {
  if (backend !== undefined || (model !== undefined && first.provider.name !== defaultBackend)) return []
  return names.flatMap((name) => {
    const provider = backends.get(name)
    return provider === undefined ? [] : [{ provider, model: undefined }]
  })
}

/**
 * The backend of a request. A model without a backend is nothing, `<backend>`, `<backend>/<model>`, or a model's
 * bare name, which means the backend that lists it. Throws `model_not_found` with the names there are.
 */
export function chooseBackend(
  { backend, model, dialect }: BackendRequest,
  choices: BackendChoices,
): BackendChoice {
  return backend === undefined
    ? chooseByModel({ model, dialect }, choices)
    : chooseByName(backend, model, choices)
}

function chooseByName(backend: string, model: string | undefined, choices: BackendChoices): BackendChoice {
  const provider = choices.backends.get(backend)
  if (provider === undefined) throw notFound(backend, 'backend', choices)
  const own = `${backend}/`
  return { provider, model: model?.startsWith(own) ? model.slice(own.length) : model }
}

function chooseByModel(
  { model: name, dialect }: { readonly model: string | undefined; readonly dialect: DialectName | undefined },
  choices: BackendChoices,
): BackendChoice {
  const { backends, defaultBackend, unknownMeansDefault } = choices
  const fallback = backends.get(defaultBackend)
  if (name === undefined || name === '') {
    if (fallback !== undefined) return { provider: fallback, model: undefined }
    throw notFound(defaultBackend, 'model', choices)
  }
  const slash = name.indexOf('/')
  const [backend, model] = slash < 0 ? [name, ''] : [name.slice(0, slash), name.slice(slash + 1)]
  const named = backends.get(backend)
  if (named !== undefined) return { provider: named, model: model === '' ? undefined : model }
  if (slash >= 0 || setupOf(name) !== undefined) throw notFound(name, 'model', choices)
  const all = [...backends.values()]
  const own = all.filter(({ capabilities }) => dialect !== undefined && capabilities.dialect === dialect)
  const listing = [fallback, ...own, ...all].find((provider) => provider?.capabilities.models.includes(name))
  if (listing !== undefined) return { provider: listing, model: name }
  if (unknownMeansDefault && fallback !== undefined) return { provider: fallback, model: undefined }
  throw notFound(name, 'model', choices)
}

function notFound(name: string, param: 'backend' | 'model', { backends }: BackendChoices): RealtimeError {
  const setup = setupOf(name)
  if (setup !== undefined) {
    const message = `The backend ${setup.name} is not set up here. Set ${setup.setting} on the gateway.`
    return new RealtimeError('model_not_found', message, { param })
  }
  const known = [...backends.keys()].join(', ')
  return new RealtimeError(
    'model_not_found',
    `No backend or model is called "${name.slice(0, 100)}". Backends: ${known}. Use <backend> or <backend>/<model>.`,
    { param },
  )
}

/** How a backend that is named, with or without a model, would be turned on. */
function setupOf(name: string): (typeof backendSetups)[number] | undefined {
  const [backend] = name.split('/')
  return backendSetups.find((setup) => setup.name === backend)
}

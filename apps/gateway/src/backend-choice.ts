import { RealtimeError } from '@parley/core'
import type { Provider } from '@parley/core'

/** The backends a request can name. */
export interface BackendChoices {
  readonly backends: ReadonlyMap<string, Provider>
  readonly defaultBackend: string
  /** A name nobody knows means the default backend: clients of one vendor always send their own model's name. */
  readonly unknownMeansDefault: boolean
}

/** The backend that serves a session, with the model asked of it. */
export interface BackendChoice {
  readonly provider: Provider
  readonly model: string | undefined
}

/**
 * Reads `?model=`: nothing, `<backend>`, `<backend>/<model>`, or a model's bare name, which means the backend
 * that lists it. Throws `model_not_found` with the names there are.
 */
export function chooseBackend(name: string | undefined, choices: BackendChoices): BackendChoice {
  const { backends, defaultBackend, unknownMeansDefault } = choices
  const fallback = backends.get(defaultBackend)
  if (name === undefined || name === '') {
    if (fallback !== undefined) return { provider: fallback, model: undefined }
    throw notFound(defaultBackend, choices)
  }
  const slash = name.indexOf('/')
  const [backend, model] = slash < 0 ? [name, ''] : [name.slice(0, slash), name.slice(slash + 1)]
  const named = backends.get(backend)
  if (named !== undefined) return { provider: named, model: model === '' ? undefined : model }
  if (slash >= 0) throw notFound(name, choices)
  const listing = [fallback, ...backends.values()].find((provider) =>
    provider?.capabilities.models.includes(name),
  )
  if (listing !== undefined) return { provider: listing, model: name }
  if (unknownMeansDefault && fallback !== undefined) return { provider: fallback, model: undefined }
  throw notFound(name, choices)
}

function notFound(name: string, { backends }: BackendChoices): RealtimeError {
  const known = [...backends.keys()].join(', ')
  return new RealtimeError(
    'model_not_found',
    `No backend or model is called "${name.slice(0, 100)}". Backends: ${known}. Use <backend> or <backend>/<model>.`,
    { param: 'model' },
  )
}

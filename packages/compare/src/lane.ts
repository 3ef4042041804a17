import { knownNames } from './nearest-name.ts'
import { ScenarioSession } from './scenario/scenario.ts'

/** One backend in a comparison, with how it is tuned. */
export interface Lane {
  /** Unique in its comparison; what thresholds and tables call it, for example `local` or `fast`. */
  readonly label: string
  /** Name of a backend of the gateway. */
  readonly backend: string
  /** Empty for the backend's default. For the `replay` backend, the id of a cassette. */
  readonly model: string
  /** Fields laid over the scenario's session, for example a voice or turn detection. */
  readonly session: ScenarioSession
}

/** Where each key of a lane's text lies in a session, in the order in which they are written. */
export const sessionPaths: Readonly<Record<string, readonly string[]>> = {
  voice: ['audio', 'output', 'voice'],
  speed: ['audio', 'output', 'speed'],
  instructions: ['instructions'],
  turn_detection: ['audio', 'input', 'turn_detection', 'type'],
  silence_ms: ['audio', 'input', 'turn_detection', 'silence_duration_ms'],
  threshold: ['audio', 'input', 'turn_detection', 'threshold'],
  eagerness: ['audio', 'input', 'turn_detection', 'eagerness'],
}
const numeric = new Set(['speed', 'silence_ms', 'threshold'])
const ofServerVad = new Set(['silence_ms', 'threshold'])
const keys = Object.keys(sessionPaths)

/**
 * Reads `[label=]backend[/model][?key=value&...]`, for example `fast=local?silence_ms=200`; the label is the
 * backend's name unless given. Throws `Error` with a message for people: an unknown key is named with the nearest
 * known one.
 */
export function parseLane(text: string): Lane {
  const cut = text.indexOf('?')
  const head = (cut < 0 ? text : text.slice(0, cut)).trim()
  const query = cut < 0 ? '' : text.slice(cut + 1)
  const match = /^(?:([^=/]*)=)?([^/]*)(?:\/(.*))?$/s.exec(head)
  const backend = match?.[2] ?? ''
  const label = match?.[1] ?? backend
  if (!/^[a-z0-9_-]+$/i.test(backend)) {
    throw new Error(`A lane is [label=]backend[/model][?key=value], but "${text}" names no backend.`)
  }
  if (!/^[a-z0-9_-]+$/i.test(label)) {
    throw new Error(`The label "${label}" of a lane has something else than letters, digits, - and _.`)
  }
  return { label, backend, model: decoded(match?.[3] ?? ''), session: sessionOf(query, text) }
}

/** The text that `parseLane` reads as this lane. Throws `Error` for a session with fields that have no key. */
export function formatLane({ label, backend, model, session }: Lane): string {
  const query = new URLSearchParams()
  const left = leavesOf(session)
  for (const key of keys) {
    const name = (sessionPaths[key] ?? []).join('.')
    const value = left.get(name)
    if (typeof value !== 'string' && typeof value !== 'number') continue
    query.set(key, String(value))
    left.delete(name)
  }
  const [unknown] = left.keys()
  if (unknown !== undefined) throw new Error(`A lane's text has no key for session.${unknown}.`)
  if (query.has('silence_ms') || query.has('threshold')) {
    if (query.get('turn_detection') === 'server_vad') query.delete('turn_detection')
  } else if (query.has('eagerness') && query.get('turn_detection') === 'semantic_vad') {
    query.delete('turn_detection')
  }
  const parameters = query.toString()
  return [
    label === backend ? backend : `${label}=${backend}`,
    model === '' ? '' : `/${model.replace(/[%?\s]/g, encodeURIComponent)}`,
    parameters === '' ? '' : `?${parameters}`,
  ].join('')
}

function decoded(model: string): string {
  try {
    return decodeURIComponent(model)
  } catch {
    return model
  }
}

function sessionOf(query: string, text: string): ScenarioSession {
  const session: Record<string, unknown> = {}
  const given = new URLSearchParams(query)
  for (const [key, value] of given) {
    const path = sessionPaths[key]
    if (!path) throw new Error(`A lane has no key "${key}"; ${knownNames(key, keys)}`)
    const read = numeric.has(key) ? Number(value) : value
    if (value.trim() === '' || Number.isNaN(read)) {
      throw new Error(`"${value}" of "${key}" is not ${numeric.has(key) ? 'a number' : 'a value'}.`)
    }
    put(session, path, read)
  }
  const type = detectorOf(given)
  if (type !== undefined) put(session, sessionPaths['turn_detection'] ?? [], type)
  const checked = ScenarioSession.safeParse(session)
  if (checked.success) return checked.data
  const [issue] = checked.error.issues
  const path = issue?.path.join('.') ?? ''
  const key = keys.find((name) => sessionPaths[name]?.join('.') === path) ?? path
  throw new Error(`The value of "${key}" in "${text}" does not fit: ${issue?.message ?? 'it is not valid.'}`)
}

/** The detector whose keys are given; both at once contradict each other. */
function detectorOf(given: URLSearchParams): string | undefined {
  const server = [...given.keys()].find((key) => ofServerVad.has(key))
  const asked =
    given.get('turn_detection') ??
    (server !== undefined ? 'server_vad' : given.has('eagerness') ? 'semantic_vad' : undefined)
  if (server !== undefined && asked === 'semantic_vad') {
    throw new Error(`"${server}" belongs to turn_detection=server_vad, not to semantic_vad.`)
  }
  if (given.has('eagerness') && asked === 'server_vad') {
    throw new Error('"eagerness" belongs to turn_detection=semantic_vad, not to server_vad.')
  }
  return asked
}

function put(target: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [key, ...rest] = path
  if (key === undefined) return
  if (rest.length === 0) {
    target[key] = value
    return
  }
  const inner = target[key]
  const next = isRecord(inner) ? inner : {}
  target[key] = next
  put(next, rest, value)
}

/** Every value of a session by its dotted path. */
export function leavesOf(value: unknown, path = ''): Map<string, unknown> {
  if (!isRecord(value)) return value === undefined ? new Map() : new Map([[path, value]])
  return new Map(
    Object.entries(value).flatMap(([key, inner]) => [
      ...leavesOf(inner, path === '' ? key : `${path}.${key}`),
    ]),
  )
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

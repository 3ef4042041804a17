import type { ResponseCreateParams } from '../../events/response.ts'
import { responseExtensionRules, sessionExtensionRules } from '../../events/extension-rules.ts'
import type { ExtensionRule } from '../../events/extension-rules.ts'
import type { RealtimeSessionConfig, Session } from '../../events/session-config.ts'
import type { Capabilities, OptionalSessionField } from '../../providers/capabilities.ts'
import { isCovered } from './covered.ts'
import type { Notice } from './notice.ts'

/** Every field that may be removed, with the value that asks for nothing beyond what any backend does. */
const plainValues: Readonly<Record<OptionalSessionField, unknown>> = {
  instructions: '',
  tracing: null,
  prompt: null,
  truncation: 'auto',
  reasoning: null,
  include: null,
  max_output_tokens: 'inf',
  parallel_tool_calls: true,
  tool_choice: 'auto',
  'audio.input.noise_reduction': null,
  'audio.input.turn_detection.idle_timeout_ms': null,
  'audio.output.speed': 1,
}

// `Object.keys` gives strings; the record is closed.
const optionalFields = Object.keys(plainValues) as OptionalSessionField[]

/** Where a flat wire names the GA field that an extension fills. */
const gaFieldOf: Readonly<Record<string, string>> = {
  turn_detection: 'audio.input.turn_detection',
  input_audio_transcription: 'audio.input.transcription',
  input_audio_noise_reduction: 'audio.input.noise_reduction',
  reasoning_effort: 'reasoning',
}

/** What is left of some fields, and what the client has to be told about the others. */
export interface Kept<Fields> {
  readonly kept: Fields
  readonly notices: readonly Notice[]
}

/** What of a session is known beyond the fields every backend has. */
export type KnownFields = Pick<Capabilities, 'sessionFields' | 'sessionExtensions'>

/** The session's fields that are known. */
export function keepKnownFields(
  config: RealtimeSessionConfig,
  capabilities: KnownFields,
): Kept<RealtimeSessionConfig> {
  const fields = without(config, optionalFields, capabilities.sessionFields, 'session')
  const { kept, notices } = keepExtensions(
    fields.kept.extensions,
    capabilities.sessionExtensions,
    sessionExtensionRules,
    'session',
  )
  const { extensions: _asked, ...rest } = fields.kept
  return {
    kept: kept ? { ...rest, extensions: kept } : rest,
    notices: [...fields.notices, ...notices],
  }
}

/** The fields of one response that the backend knows. */
export function keepKnownResponseFields(
  response: ResponseCreateParams,
  capabilities: Capabilities,
): Kept<ResponseCreateParams> {
  const fields = without(response, optionalFields, capabilities.sessionFields, 'response')
  const { kept, notices } = keepExtensions(
    fields.kept.extensions,
    capabilities.responseExtensions,
    responseExtensionRules,
    'response',
  )
  const { extensions: _asked, ...rest } = fields.kept
  return { kept: kept ? { ...rest, extensions: kept } : rest, notices: [...fields.notices, ...notices] }
}

/** The first extension that cannot be left out, with the reason. */
export function refusedExtension(
  place: 'session' | 'response',
  extensions: Readonly<Record<string, unknown>> | undefined,
  capabilities: Capabilities,
): Notice | undefined {
  const known: readonly string[] =
    place === 'session' ? capabilities.sessionExtensions : capabilities.responseExtensions
  const rules = place === 'session' ? sessionExtensionRules : responseExtensionRules
  const name = Object.entries(extensions ?? {}).find(
    ([key, value]) => value != null && !known.includes(key) && ruleOf(rules, key) === 'refuse',
  )?.[0]
  if (name === undefined) return undefined
  return { param: `${place}.extensions.${name}`, message: `This backend has no '${name}'.` }
}

/** Fields of a response that are no settings. */
const ownFields: ReadonlySet<string> = new Set(['conversation', 'metadata', 'extensions'])

/** The first field that would make one response differ from the session. */
export function overriddenField(
  response: ResponseCreateParams | null | undefined,
  session: Session | undefined,
): string | undefined {
  const effective = new Map<string, unknown>(Object.entries(session ?? {}))
  return Object.entries(response ?? {}).find(
    ([name, value]) => value != null && !ownFields.has(name) && !isCovered(value, effective.get(name)),
  )?.[0]
}

/** The response without what only repeats the session. */
export function withoutSettings(response: ResponseCreateParams): ResponseCreateParams {
  return Object.fromEntries(Object.entries(response).filter(([name]) => ownFields.has(name)))
}

/** The session without the field a backend has refused, `undefined` when that field cannot be left out. */
export function withoutRefusedField(
  config: RealtimeSessionConfig,
  param: string,
): Kept<RealtimeSessionConfig> | undefined {
  const path = param.replace(/^session\./, '').replace(/^extensions\./, '')
  const extension = Object.keys(config.extensions ?? {}).find(
    (name) =>
      ruleOf(sessionExtensionRules, name) === 'warn' && (isAt(path, name) || isAt(path, gaFieldOf[name])),
  )
  if (extension !== undefined) {
    const { [extension]: _refused, ...others } = config.extensions ?? {}
    const { extensions: _all, ...rest } = config
    return {
      kept: Object.keys(others).length === 0 ? rest : { ...rest, extensions: others },
      notices: [leftOut('session', `extensions.${extension}`)],
    }
  }
  // Instructions a backend that knows them refuses are at fault: the client has to hear of it.
  const field = optionalFields.find((name) => name !== 'instructions' && isAt(path, name))
  if (field === undefined || valueAt(config, field.split('.')) === undefined) return undefined
  return { kept: removed(config, field.split('.')), notices: [leftOut('session', field)] }
}

function isAt(path: string, field: string | undefined): boolean {
  return (
    field !== undefined && (path === field || path.startsWith(`${field}.`) || path.startsWith(`${field}[`))
  )
}

function without<Fields extends object>(
  fields: Fields,
  names: readonly OptionalSessionField[],
  known: readonly OptionalSessionField[],
  place: string,
): Kept<Fields> {
  let kept = fields
  const notices: Notice[] = []
  for (const name of names) {
    const path = name.split('.')
    const value = valueAt(fields, path)
    if (value === undefined || known.includes(name)) continue
    kept = removed(kept, path)
    const plain =
      value === null || value === plainValues[name] || (Array.isArray(value) && value.length === 0)
    if (!plain) notices.push(leftOut(place, name))
  }
  return { kept, notices }
}

function keepExtensions<Extensions extends object>(
  extensions: Extensions | undefined,
  known: readonly string[],
  rules: Readonly<Record<string, ExtensionRule>>,
  place: string,
): Kept<Extensions | undefined> {
  const entries = Object.entries(extensions ?? {})
  const kept = entries.filter(([name]) => known.includes(name))
  const notices = entries
    .filter(
      ([name, value]) =>
        value !== undefined && value !== null && !known.includes(name) && ruleOf(rules, name) === 'warn',
    )
    .map(([name]) => leftOut(place, `extensions.${name}`))
  // A part of the extensions is one: every key is optional.
  return { kept: kept.length === 0 ? undefined : (Object.fromEntries(kept) as Extensions), notices }
}

function ruleOf(rules: Readonly<Record<string, ExtensionRule>>, name: string): ExtensionRule {
  return rules[name] ?? 'warn'
}

function leftOut(place: string, path: string): Notice {
  const name = path.replace(/^extensions\./, '')
  const instead = path === 'extensions.turn_detection' ? 'server_vad is used in its place' : 'it was left out'
  return { param: `${place}.${path}`, message: `This backend does not know '${name}': ${instead}.` }
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (at, key) => (isRecord(at) && Object.hasOwn(at, key) ? at[key] : undefined),
    value,
  )
}

function removed<Fields extends object>(fields: Fields, [key, ...rest]: readonly string[]): Fields {
  if (key === undefined || !isRecord(fields)) return fields
  const { [key]: inner, ...others } = fields
  const changed = rest.length > 0 && isRecord(inner) ? { ...others, [key]: removed(inner, rest) } : others
  // Only optional fields are removed.
  return changed as unknown as Fields
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

import { resolve } from 'node:path'
import { z } from 'zod'
import { memoryFaults, memoryVariables, toMemorySettings } from './memory/memory-settings.ts'
import type { MemorySettings } from './memory/memory-settings.ts'
import { nearestName } from './nearest-name.ts'
import { isLoopbackHost } from './origins.ts'
import { recordModes } from './record-kinds.ts'
import { toProviderSettings } from './provider-settings.ts'
import type { ProviderSettings } from './provider-settings.ts'
import { providerFaults, providerVariableNames, providerVariables } from './provider-variables.ts'
import { sharedFaults, sharedVariables, toSharedSettings } from './sessions/shared-settings.ts'
import type { SharedSettings } from './sessions/shared-settings.ts'
import { flag, httpUrl, list, oneOf, origin, pemFile, postgresUrl, wholeNumber } from './setting-kinds.ts'
import type { Environment } from './setting-kinds.ts'
import { logLevels } from './telemetry.ts'

/** Everything a person can set, checked and complete. */
export interface Config {
  readonly host: string
  /** 0 for any free port. */
  readonly port: number
  /** The port was asked for: no other one will do. */
  readonly portIsFixed: boolean
  /** Keys that are let in; none opens the gateway to everyone on this machine. */
  readonly keys: readonly string[]
  /** Origins browsers may come from, beside loopback ones; lower case, `*` for all. */
  readonly allowedOrigins: readonly string[]
  readonly dataDir: string
  readonly modelsDir: string
  readonly store: (typeof stores)[number]
  /** Set where the store is `postgres`. The URL holds a password. */
  readonly database: { readonly url: string; readonly poolSize: number } | undefined
  /** Who records sessions. */
  readonly record: (typeof recordModes)[number]
  readonly cassettesDir: string
  /** All cassettes together. */
  readonly maxCassettesBytes: number
  /** How much faster than recorded cassettes are replayed. */
  readonly replaySpeed: number
  /** Every key and token that is set: they are kept out of recordings. */
  readonly secrets: readonly string[]
  readonly defaultBackend: string | undefined
  /** Take over from it, in this order. */
  readonly defaultFailover: readonly string[]
  /** An OpenAI-compatible chat endpoint, `undefined` for the embedded answerer. */
  readonly llm: { readonly url: string; readonly model: string; readonly key: string | undefined } | undefined
  /** Recogniser for languages that more than one knows. */
  readonly stt: (typeof recognisers)[number]
  /** Whose voices come first. */
  readonly tts: (typeof synthesisers)[number]
  /** Nothing is downloaded. */
  readonly offline: boolean
  readonly logLevel: (typeof logLevels)[number]
  /** PEM texts. */
  readonly tls: { readonly cert: string; readonly key: string } | undefined
  readonly drainTimeoutMs: number
  readonly maxSessions: number | undefined
  /** How long a session waits for a client that has lost its connection. */
  readonly resumeGraceMs: number
  /** What gateways of one service share, `undefined` for one that runs alone. */
  readonly shared: SharedSettings | undefined
  /** Sound is kept beside the words of sessions that ask for neither. */
  readonly keepAudio: boolean
  /** New conversations are deleted so long after their last entry; `undefined` keeps them for ever. */
  readonly retentionSeconds: number | undefined
  readonly memory: MemorySettings
  /** Backends in the cloud. */
  readonly providers: ProviderSettings
}

/** Values of `PARLEY_STORE`. */
const stores = ['sqlite', 'postgres', 'memory'] as const

/** Values of `PARLEY_STT`; the first needs no download. */
const recognisers = ['moonshine-tiny', 'whisper-base', 'whisper-small'] as const

/** Values of `PARLEY_TTS`; the first needs no download. */
const synthesisers = ['flite', 'pico', 'system'] as const

/** A checked configuration with warnings, or every fault at once. Texts name variables, never their secrets. */
export type ConfigResult = (
  | { readonly config: Config; readonly warnings: readonly string[] }
  | { readonly faults: readonly string[] }
) & {
  /** Names of the variables that are set and hold a secret. */
  readonly secretsSet: readonly string[]
}

const repositoryRoot = resolve(import.meta.dirname, '../../..')

const environmentSchema = z.object({
  PARLEY_HOST: z.string().default('127.0.0.1'),
  PARLEY_PORT: wholeNumber(0, 65_535).optional(),
  PARLEY_KEY: list.default([]),
  PARLEY_ALLOWED_ORIGINS: list
    .transform((origins) => origins.map((text) => text.toLowerCase()))
    .pipe(z.array(origin))
    .default([]),
  PARLEY_DATA_DIR: z.string().default(resolve(repositoryRoot, '.parley')),
  PARLEY_STORE: oneOf(stores).optional(),
  PARLEY_DATABASE_URL: postgresUrl.optional(),
  PARLEY_DATABASE_CONNECTIONS: wholeNumber(1, 1000).default(8),
  PARLEY_RECORD: oneOf(recordModes).default('asked'),
  PARLEY_CASSETTES_DIR: z.string().optional(),
  PARLEY_CASSETTES_MAX_MB: wholeNumber(1, 1_000_000).default(1000),
  PARLEY_REPLAY_SPEED: wholeNumber(1, 100).default(1),
  PARLEY_DEFAULT_BACKEND: list.default([]),
  PARLEY_LLM_URL: httpUrl.optional(),
  PARLEY_LLM_MODEL: z.string().optional(),
  PARLEY_LLM_KEY: z.string().optional(),
  PARLEY_STT: oneOf(recognisers).default('moonshine-tiny'),
  PARLEY_TTS: oneOf(synthesisers).default('flite'),
  PARLEY_MODELS_DIR: z.string().optional(),
  PARLEY_OFFLINE: flag.default(false),
  PARLEY_LOG_LEVEL: oneOf(logLevels).default('info'),
  PARLEY_TLS_CERT: pemFile.optional(),
  PARLEY_TLS_KEY: pemFile.optional(),
  PARLEY_DRAIN_TIMEOUT_MS: wholeNumber(0, 600_000).default(30_000),
  PARLEY_MAX_SESSIONS: wholeNumber(1, 100_000).optional(),
  PARLEY_RESUME_GRACE_MS: wholeNumber(0, 3_600_000).default(60_000),
  PARLEY_RETENTION_DAYS: wholeNumber(1, 36_500).optional(),
  PARLEY_KEEP_AUDIO: oneOf(['off', 'on']).default('off'),
  ...sharedVariables,
  ...memoryVariables,
  ...providerVariables,
})

/** The port taken when none is asked for. */
const usualPort = 8787

/** Reads the settings of this process. */
export function readConfig(): ConfigResult {
  return parseConfig(process.env)
}

/** Checks settings. An empty variable counts as absent. */
export function parseConfig(environment: Environment): ConfigResult {
  const set = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  )
  const parsed = environmentSchema.safeParse(set)
  const faults = [
    ...(parsed.error?.issues ?? []).map((issue) => `${String(issue.path[0])} ${issue.message}.`),
    ...faultsBetween(set),
  ]
  const secretsSet = Object.keys(set).filter((name) => secretNames.has(name))
  if (!parsed.success || faults.length > 0) return { faults: [...new Set(faults)], secretsSet }
  const warnings = unknownVariables(Object.keys(set))
  return { config: Object.freeze(toConfig(parsed.data, set)), warnings, secretsSet }
}

/** Rules over more than one variable; they hold whatever else is wrong. */
function faultsBetween(set: Environment): readonly string[] {
  const faults: string[] = []
  const host = set['PARLEY_HOST']
  if (
    host !== undefined &&
    !isLoopbackHost(host) &&
    (set['PARLEY_KEY'] ?? '').replaceAll(/[\s,]/g, '') === ''
  ) {
    faults.push(`PARLEY_HOST ${host} lets other machines in: set PARLEY_KEY too, so that they need a key.`)
  }
  if (set['PARLEY_TLS_CERT'] !== undefined && set['PARLEY_TLS_KEY'] === undefined) {
    faults.push('PARLEY_TLS_KEY is missing: PARLEY_TLS_CERT needs it.')
  }
  if (set['PARLEY_TLS_KEY'] !== undefined && set['PARLEY_TLS_CERT'] === undefined) {
    faults.push('PARLEY_TLS_CERT is missing: PARLEY_TLS_KEY needs it.')
  }
  if (set['PARLEY_STORE'] === 'postgres' && set['PARLEY_DATABASE_URL'] === undefined) {
    faults.push('PARLEY_DATABASE_URL is missing: PARLEY_STORE postgres needs it.')
  }
  const store = set['PARLEY_STORE']
  if ((store === 'memory' || store === 'sqlite') && set['PARLEY_DATABASE_URL'] !== undefined) {
    faults.push(`PARLEY_STORE ${store} and PARLEY_DATABASE_URL name two stores: leave one of them unset.`)
  }
  if (set['PARLEY_LLM_URL'] !== undefined && set['PARLEY_LLM_MODEL'] === undefined) {
    faults.push('PARLEY_LLM_MODEL is missing: PARLEY_LLM_URL needs it, for example llama3.2.')
  }
  for (const name of ['PARLEY_LLM_MODEL', 'PARLEY_LLM_KEY']) {
    if (set[name] !== undefined && set['PARLEY_LLM_URL'] === undefined) {
      faults.push(`PARLEY_LLM_URL is missing: ${name} needs it.`)
    }
  }
  return [...faults, ...sharedFaults(set), ...memoryFaults(set), ...providerFaults(set)]
}

function toConfig(settings: z.infer<typeof environmentSchema>, set: Environment): Config {
  const {
    PARLEY_LLM_URL: llmUrl,
    PARLEY_LLM_MODEL: model,
    PARLEY_TLS_CERT: cert,
    PARLEY_TLS_KEY: key,
    PARLEY_RETENTION_DAYS: days,
    PARLEY_DATABASE_URL: databaseUrl,
    PARLEY_STORE: store = databaseUrl === undefined ? 'sqlite' : 'postgres',
  } = settings
  const dataDir = resolve(settings.PARLEY_DATA_DIR)
  const llm =
    llmUrl === undefined || model === undefined
      ? undefined
      : { url: llmUrl, model, key: settings.PARLEY_LLM_KEY }
  return {
    host: settings.PARLEY_HOST,
    port: settings.PARLEY_PORT ?? usualPort,
    portIsFixed: settings.PARLEY_PORT !== undefined,
    keys: settings.PARLEY_KEY,
    allowedOrigins: settings.PARLEY_ALLOWED_ORIGINS,
    dataDir,
    modelsDir:
      settings.PARLEY_MODELS_DIR === undefined
        ? resolve(dataDir, 'models')
        : resolve(settings.PARLEY_MODELS_DIR),
    store,
    database:
      store === 'postgres' && databaseUrl !== undefined
        ? { url: databaseUrl, poolSize: settings.PARLEY_DATABASE_CONNECTIONS }
        : undefined,
    record: settings.PARLEY_RECORD,
    cassettesDir: resolve(settings.PARLEY_CASSETTES_DIR ?? resolve(dataDir, 'cassettes')),
    maxCassettesBytes: settings.PARLEY_CASSETTES_MAX_MB * 1024 * 1024,
    replaySpeed: settings.PARLEY_REPLAY_SPEED,
    secrets: secretsIn(set),
    defaultBackend: settings.PARLEY_DEFAULT_BACKEND[0],
    defaultFailover: settings.PARLEY_DEFAULT_BACKEND.slice(1),
    llm,
    stt: settings.PARLEY_STT,
    tts: settings.PARLEY_TTS,
    offline: settings.PARLEY_OFFLINE,
    logLevel: settings.PARLEY_LOG_LEVEL,
    tls: cert === undefined || key === undefined ? undefined : { cert, key },
    drainTimeoutMs: settings.PARLEY_DRAIN_TIMEOUT_MS,
    maxSessions: settings.PARLEY_MAX_SESSIONS,
    resumeGraceMs: settings.PARLEY_RESUME_GRACE_MS,
    shared: toSharedSettings(settings),
    keepAudio: settings.PARLEY_KEEP_AUDIO === 'on',
    retentionSeconds: days === undefined ? undefined : days * 24 * 3600,
    memory: toMemorySettings(settings, llm),
    providers: toProviderSettings(settings, set),
  }
}

/** Read by the start script, the playground and the tests, which share an environment with the gateway. */
const settingsOfOthers: ReadonlySet<string> = new Set([
  'PARLEY_WEB_PORT',
  'PARLEY_GATEWAY_URL',
  'PARLEY_TEST_BROWSER',
])

const settingPrefix = 'PARLEY_'

/** Every variable the gateway reads. */
export const settingNames: readonly string[] = [
  ...Object.keys(environmentSchema.shape),
  ...providerVariableNames,
]

const secretNames = new Set(
  settingNames.filter(
    (name) => /_(KEY|TOKEN|SECRET|DATABASE_URL|REDIS_URL)$/.test(name) && name !== 'PARLEY_TLS_KEY',
  ),
)

/** Values of the variables that hold a secret; a list holds one in each part. */
function secretsIn(set: Environment): readonly string[] {
  return Object.entries(set).flatMap(([name, value = '']) =>
    secretNames.has(name) ? [value.trim(), ...value.split(',').map((part) => part.trim())] : [],
  )
}

function unknownVariables(names: readonly string[]): readonly string[] {
  return names
    .filter(
      (name) => name.startsWith(settingPrefix) && !settingNames.includes(name) && !settingsOfOthers.has(name),
    )
    .map((name) => `${name} is not a setting.${suggestionFor(name)}`)
}

/** Only the part after the prefix that all settings share says how much a name is like another. */
function suggestionFor(name: string): string {
  const nearest = nearestName(
    name.slice(settingPrefix.length),
    settingNames.map((known) => known.slice(settingPrefix.length)),
  )
  return nearest === undefined ? '' : ` Did you mean ${settingPrefix}${nearest}?`
}

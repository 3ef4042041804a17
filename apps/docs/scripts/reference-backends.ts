import { resolve } from 'node:path'
import type { Capabilities, Provider } from '@parley/core'
import { backendSetups } from '../../gateway/src/backend-setups.ts'
import { parseConfig } from '../../gateway/src/config.ts'
import { defaultLimits } from '../../gateway/src/limits.ts'
import { openSessions } from '../../gateway/src/sessions/open-sessions.ts'
import { wire } from '../../gateway/src/wiring.ts'
import type { Reference, ReferenceBackend, ReferenceCapabilities } from '../src/reference/reference.ts'
import { referenceRoutes } from './reference-routes.ts'

/** Backends that a key alone turns on. */
const byKey = backendSetups.filter(({ setting, keySetting }) => setting === keySetting)

/** Settings that turn every backend on. Nothing is dialled: only what the providers declare is read. */
export const everything: Readonly<Record<string, string>> = {
  ...Object.fromEntries(byKey.map(({ setting }) => [setting, 'key'])),
  PARLEY_AZURE_OPENAI_ENDPOINT: 'https://example.openai.azure.com',
  PARLEY_AZURE_OPENAI_KEY: 'key',
  PARLEY_VOICE_LIVE_ENDPOINT: 'https://example.services.ai.azure.com',
  PARLEY_VOICE_LIVE_KEY: 'key',
  PARLEY_VOICE_LIVE_AGENT: 'guide',
  PARLEY_VOICE_LIVE_AGENT_PROJECT: 'project',
  PARLEY_VOICE_LIVE_BYOM_PROFILE: 'byom-azure-openai-realtime',
  PARLEY_VOICE_LIVE_BYOM_DEPLOYMENT: 'gpt-realtime-2.1',
  PARLEY_COMPATIBLE_URL: 'ws://127.0.0.1:8080/v1/realtime',
  PARLEY_AZURE_SPEECH_KEY: 'key',
  PARLEY_AZURE_SPEECH_REGION: 'westeurope',
  PARLEY_DUET_MIND: 'openai',
  PARLEY_DUET_VOICE: 'voice-live',
}

const silent = { debug: nothing, info: nothing, warn: nothing, error: nothing }

function nothing(): void {}

/** Every backend as the gateway would list it, the local one first, and every route it serves. */
export async function referenceGateway(): Promise<Pick<Reference, 'backends' | 'routes'>> {
  const result = parseConfig(everything)
  if ('faults' in result) throw new Error(result.faults.join('\n'))
  // What lies in the folders of this machine is no part of the reference.
  const config = {
    ...result.config,
    store: 'memory',
    modelsDir: resolve(import.meta.dirname, 'no-models'),
    cassettesDir: resolve(import.meta.dirname, 'no-cassettes'),
  } as const
  const parts = await wire(config, silent)
  await using registry = await openSessions({
    config: { ...config, shared: undefined },
    limits: defaultLimits,
    url: 'http://127.0.0.1',
    path: undefined,
    log: silent,
  })
  try {
    return {
      backends: [...parts.backends.values()].map(toBackend),
      routes: referenceRoutes({ ...parts, ...registry, config, log: silent }),
    }
  } finally {
    await parts.dispose()
  }
}

function toBackend({ name, capabilities }: Provider): ReferenceBackend {
  const setup = backendSetups.find((candidate) => candidate.name === name)
  return {
    name,
    title: setup?.title ?? capabilities.title,
    setting: setup?.setting ?? null,
    help: setup?.help ?? null,
    capabilities: toCapabilities(capabilities),
  }
}

function toCapabilities(declared: Capabilities): ReferenceCapabilities {
  const { keepAlive: _, price, ...rest } = declared
  return {
    ...rest,
    dialect: declared.dialect ?? null,
    inputFormats: declared.inputFormats.map(formatName),
    outputFormats: declared.outputFormats.map(formatName),
    voices: declared.voices.map(({ name }) => name),
    languages: declared.languages.map(({ code }) => code).toSorted(),
    sessionLimitMinutes: declared.sessionLimitMinutes ?? null,
    contextWindowTokens: declared.contextWindowTokens ?? null,
    priceKind: price.kind,
    prices: price.kind === 'tokens' ? pricesOf(price.byModel) : {},
  }
}

function pricesOf(
  byModel: Extract<Capabilities['price'], { kind: 'tokens' }>['byModel'],
): ReferenceCapabilities['prices'] {
  return Object.fromEntries(Object.entries(byModel).map(([model, prices]) => [model, { ...prices }]))
}

function formatName({ type, rate }: { readonly type: string; readonly rate: number }): string {
  return `${type.slice('audio/'.length)} ${rate}`
}

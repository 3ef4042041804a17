import { openaiAddress } from '@parley/core/providers'
import { geminiAddress } from '@parley/core/providers/gemini-live'
import type { Config, ConfigResult } from './config.ts'

/** A host the gateway would talk to: scheme, name and port, never a path or a query, which may hold secrets. */
export interface ConfiguredEndpoint {
  /** What it is for: a backend, or a service of one. */
  readonly name: string
  readonly origin: string
}

/** Settings without their secrets. `node main.ts --check` writes it as JSON and ends. */
export interface SettingsReport {
  readonly faults: readonly string[]
  readonly warnings: readonly string[]
  /** Names of the variables that are set and hold a secret. */
  readonly secretsSet: readonly string[]
  readonly endpoints: readonly ConfiguredEndpoint[]
  /** `undefined` with faults. */
  readonly config:
    | Pick<Config, 'host' | 'port' | 'portIsFixed' | 'dataDir' | 'modelsDir' | 'store' | 'offline'>
    | undefined
}

/** What settings say, for a person who looks for what is wrong with them. */
export function settingsReport(result: ConfigResult): SettingsReport {
  const { secretsSet } = result
  if ('faults' in result) {
    return { faults: result.faults, warnings: [], secretsSet, endpoints: [], config: undefined }
  }
  const { host, port, portIsFixed, dataDir, modelsDir, store, offline } = result.config
  return {
    faults: [],
    warnings: result.warnings,
    secretsSet,
    endpoints: endpointsOf(result.config),
    config: { host, port, portIsFixed, dataDir, modelsDir, store, offline },
  }
}

function endpointsOf({ providers, llm }: Config): readonly ConfiguredEndpoint[] {
  const { openai, azureOpenai, voiceLive, gemini, compatible, stt, tts, azureSpeech } = providers
  const speechOfRegion = (kind: string): string | undefined =>
    azureSpeech?.region && `https://${azureSpeech.region}.${kind}.microsoft.com`
  const named: readonly (readonly [string, string | undefined])[] = [
    ['openai', openai && (openai.url ?? openaiAddress)],
    ['azure-openai', azureOpenai?.endpoint],
    ['voice-live', voiceLive?.endpoint],
    ['gemini-live', gemini && (gemini.url ?? geminiAddress)],
    ...compatible.map(({ name, url }) => [name, url] as const),
    ['language model', llm?.url],
    ['speech to text', stt?.url],
    ['text to speech', tts?.url],
    ['Azure Speech', azureSpeech?.endpoint ?? speechOfRegion('api.cognitive')],
    ['Azure Speech voices', azureSpeech?.endpoint === undefined ? speechOfRegion('tts.speech') : undefined],
  ]
  return named.flatMap(([name, url]) => {
    const origin = url === undefined ? undefined : originOf(url)
    return origin === undefined ? [] : [{ name, origin }]
  })
}

function originOf(text: string): string | undefined {
  const url = URL.parse(text)
  return url === null ? undefined : url.origin
}

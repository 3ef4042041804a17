import { RealtimeError } from '../../errors.ts'
import { addressOf } from '../address.ts'
import { azureHeaders, type AzureCredential } from '../azure-credential.ts'
import { refusalError } from '../backend-errors.ts'
import type { VoiceCapability } from '../capabilities.ts'
import { within } from '../connect-limits.ts'
import type { VoiceCatalog } from '../provider.ts'
import { readWithProgress, type OnProgress } from './read-with-progress.ts'
import { toSsml } from '../speech/azure-ssml.ts'
import { parseAzureVoices } from '../speech/azure-voices.ts'

/** Where and as whom the voices are asked for. */
export interface VoiceCatalogOptions {
  /** Address below which `/cognitiveservices/...` is. */
  readonly base: string
  readonly credential: AzureCredential
  /** Voices of the model itself, which the service does not list. */
  readonly own: readonly VoiceCapability[]
  /** How long the list, and a sample, may take. Default 60 s. */
  readonly timeoutMs?: number
  readonly fetch?: typeof fetch
}

const neverAborted: AbortSignal = new AbortController().signal

/** The Azure voices as the service lists them for this key: fetched once, then kept until the process ends. */
export function voiceCatalog(options: VoiceCatalogOptions): VoiceCatalog {
  const { own, timeoutMs = 60_000 } = options
  const listeners = new Set<OnProgress>()
  let voices: Promise<readonly VoiceCapability[]> | undefined

  /** One download serves all who ask, so no single caller's signal ends it. */
  async function load(): Promise<readonly VoiceCapability[]> {
    const limit = { timeoutMs, signal: neverAborted, late: 'The service did not send its list of voices' }
    return within(limit, async (signal) => {
      const response = await request(options, '/cognitiveservices/voices/list', { signal })
      const text = await readWithProgress(response, (progress) => {
        for (const listener of listeners) listener(progress)
      })
      return [...own, ...parseAzureVoices(text)]
    })
  }

  return {
    async list({ signal, onProgress = () => {} }) {
      voices ??= load().catch((error: unknown) => {
        voices = undefined
        throw error
      })
      const loading = voices
      listeners.add(onProgress)
      try {
        const limit = { timeoutMs, signal, late: 'The service did not send its list of voices' }
        return await within(limit, () => loading)
      } finally {
        listeners.delete(onProgress)
      }
    },
    async sample({ voice, text, language, signal }) {
      if (own.some(({ name }) => name === voice)) {
        throw new RealtimeError('unsupported', `The voice '${voice}' speaks only inside a session.`)
      }
      const limit = { timeoutMs, signal, late: 'The service did not speak the sample' }
      return within(limit, async (stop) => {
        const response = await request(options, '/cognitiveservices/v1', {
          method: 'POST',
          signal: stop,
          headers: {
            'Content-Type': 'application/ssml+xml',
            'X-Microsoft-OutputFormat': 'riff-24khz-16bit-mono-pcm',
            'User-Agent': 'parley',
          },
          body: toSsml(text, { voice, language }),
        })
        return { type: 'audio/wav', bytes: new Uint8Array(await response.arrayBuffer()) }
      })
    },
  }
}

interface SpeechRequest {
  readonly signal: AbortSignal
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

async function request(
  { base, credential, fetch: send = fetch }: VoiceCatalogOptions,
  path: string,
  { signal, headers = {}, ...rest }: SpeechRequest,
): Promise<Response> {
  const key = await azureHeaders(credential, { signal, keyHeader: 'Ocp-Apim-Subscription-Key' })
  let response: Response
  try {
    response = await send(addressOf(base, path), { ...rest, signal, headers: { ...headers, ...key } })
  } catch (error) {
    throw new RealtimeError('backend_unavailable', 'The speech service could not be reached.', {
      cause: error,
    })
  }
  if (response.ok) return response
  await response.body?.cancel()
  throw refusalError({ status: response.status, code: undefined })
}

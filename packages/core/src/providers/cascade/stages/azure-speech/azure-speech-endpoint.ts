import { RealtimeError } from '../../../../errors.ts'
import { azureHeaders, type AzureCredential } from '../../../azure-credential.ts'
import { redactor } from '../http/endpoint.ts'
import { serverErrors } from '../http/server-errors.ts'
import { speechTexts } from '../http/speech-texts.ts'

/** A Speech resource and how to sign in; `region` or `endpoint` is needed, a token needs `endpoint`. */
export interface AzureSpeechOptions {
  /** Region of the resource, for example `westeurope`. */
  readonly region?: string | undefined
  /** The resource's own address, for example `https://<name>.cognitiveservices.azure.com`. */
  readonly endpoint?: string | undefined
  /** The resource's key, or an Entra ID token asked for before each request. */
  readonly credential: AzureCredential
  readonly fetch?: typeof globalThis.fetch
}

/** Addresses of a Speech resource and the headers that go with them. */
export interface AzureSpeechEndpoint {
  /** Where speech is written down, fast transcription. */
  readonly transcriptions: URL
  /** Where SSML is spoken. */
  readonly speech: URL
  /** Where voices are listed. */
  readonly voices: URL
  headers(signal: AbortSignal): Promise<Readonly<Record<string, string>>>
  readonly redact: (text: string) => string
}

/** Version of the fast transcription resource: generally available since October 2025. */
const transcriptionVersion = '2025-10-15'

/** The errors of Azure Speech. */
export const azureSpeechErrors = serverErrors(
  speechTexts({
    server: 'Azure Speech',
    settings: {
      key: 'PARLEY_AZURE_SPEECH_KEY',
      url: 'PARLEY_AZURE_SPEECH_REGION or PARLEY_AZURE_SPEECH_ENDPOINT',
      model: 'that the region offers it',
    },
  }),
)

/**
 * Reads the options once; throws `invalid_value` naming the option at fault. Speaking uses the region where there
 * is a key and a region, because a resource with a name of its own speaks there only behind a private endpoint.
 */
export function azureSpeechEndpoint({
  region,
  endpoint,
  credential,
}: AzureSpeechOptions): AzureSpeechEndpoint {
  if (region !== undefined && !/^[a-z0-9]+$/.test(region)) {
    throw invalid(
      'region',
      'The region of Azure Speech (PARLEY_AZURE_SPEECH_REGION) is a name such as westeurope.',
    )
  }
  const own = endpoint === undefined ? undefined : ownAddress(endpoint)
  const byKey = 'key' in credential
  if (own === undefined && (region === undefined || !byKey)) {
    const message = byKey
      ? 'Azure Speech needs its region (PARLEY_AZURE_SPEECH_REGION) or its address (PARLEY_AZURE_SPEECH_ENDPOINT).'
      : 'Azure Speech without a key needs its own address (PARLEY_AZURE_SPEECH_ENDPOINT).'
    throw invalid(byKey ? 'region' : 'endpoint', message)
  }
  const listening = own ?? `https://${region}.api.cognitive.microsoft.com`
  const speaking =
    byKey && region !== undefined ? `https://${region}.tts.speech.microsoft.com` : `${own ?? ''}/tts`
  return {
    transcriptions: new URL(
      `${listening}/speechtotext/transcriptions:transcribe?api-version=${transcriptionVersion}`,
    ),
    speech: new URL(`${speaking}/cognitiveservices/v1`),
    voices: new URL(`${speaking}/cognitiveservices/voices/list`),
    headers: (signal) => azureHeaders(credential, { signal, keyHeader: 'Ocp-Apim-Subscription-Key' }),
    redact: redactor('key' in credential ? [credential.key] : []),
  }
}

function ownAddress(endpoint: string): string {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined
  if (url && /^https?:$/.test(url.protocol)) {
    const { origin, pathname } = url
    // Only this host of a resource is documented for the speech services.
    const speech = origin.replace(/\.services\.ai\.azure\.com$/, '.cognitiveservices.azure.com')
    return `${speech}${pathname.replace(/\/+$/, '')}`
  }
  throw invalid(
    'endpoint',
    'The address of Azure Speech (PARLEY_AZURE_SPEECH_ENDPOINT) must start with https://, for example https://<name>.cognitiveservices.azure.com.',
  )
}

function invalid(param: string, message: string): RealtimeError {
  return new RealtimeError('invalid_value', message, { param })
}

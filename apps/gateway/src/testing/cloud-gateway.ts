import type { Provider } from '@parley/core'
import { azureOpenai, openai, voiceLive } from '@parley/core/providers'
import { geminiLive } from '@parley/core/providers/gemini-live'
import { geminiUpstream, realtimeUpstream } from '@parley/core/testing'
import type { Upstream } from '@parley/core/testing'
import { startGateway } from './gateway-under-test.ts'
import { cert, key as tlsKey } from './official-clients.ts'

const key = 'key-of-the-service'

/** A gateway with TLS before a strict stand-in for a paid service. */
export interface CloudGateway extends AsyncDisposable {
  /** `https://localhost:<port>` */
  readonly url: string
  readonly upstream: Upstream
}

const services = {
  openai: async () => {
    const upstream = await realtimeUpstream('openai', { key })
    return { upstream, provider: openai({ apiKey: key, baseUrl: `${upstream.url}/v1` }) }
  },
  'azure-openai': async () => {
    const [deployment, transcriptionDeployment] = ['our-realtime', 'our-transcribe']
    const account = { deployments: [deployment], transcriptionDeployments: [transcriptionDeployment] }
    const upstream = await realtimeUpstream('azure-openai', { key, ...account })
    const credential = { key }
    return {
      upstream,
      provider: azureOpenai({ endpoint: upstream.url, credential, deployment, transcriptionDeployment }),
    }
  },
  'voice-live': async () => {
    const upstream = await realtimeUpstream('voice-live', { key })
    return { upstream, provider: voiceLive({ endpoint: upstream.url, credential: { key } }) }
  },
  'gemini-live': async () => {
    const upstream = await geminiUpstream({ key })
    return { upstream, provider: geminiLive({ apiKey: key, baseUrl: upstream.url }) }
  },
} satisfies Record<string, () => Promise<{ upstream: Upstream; provider: Provider }>>

/** Starts both. */
export async function startCloudGateway(service: keyof typeof services): Promise<CloudGateway> {
  const { upstream, provider } = await services[service]()
  const gateway = await startGateway({
    backends: new Map([[service, provider]]),
    defaultBackend: service,
    listen: { tls: { cert, key: tlsKey } },
  })
  return {
    url: `https://localhost:${gateway.port}`,
    upstream,
    async [Symbol.asyncDispose]() {
      await using _upstream = upstream
      await gateway[Symbol.asyncDispose]()
    },
  }
}

import type { Provider } from '@parley/core'
import { azureOpenai, openai, voiceLive } from '@parley/core/providers'
import { geminiLive } from '@parley/core/providers/gemini-live'
import { runSession } from '@parley/core/session'
import { memoryStore, writeBehind } from '@parley/core/storage'
import type { WriteBehind } from '@parley/core/storage'
import { badLuck, faultProxy, geminiUpstream, realtimeUpstream } from '@parley/core/testing'
import type { FaultPlan, FaultProxy, LuckOptions, Upstream } from '@parley/core/testing'
import { startGateway } from '../testing/gateway-under-test.ts'
import type { GatewayUnderTest } from '../testing/gateway-under-test.ts'

/** Backends that are stood in for. */
export type Service = 'openai' | 'azure-openai' | 'voice-live' | 'gemini-live'

/** Where bad things happen. */
export type Where = 'upstream' | 'client' | 'both'

/** Everything one conversation needs, on its own: what happens to it depends on its seed alone. */
export interface FaultWorld extends AsyncDisposable {
  readonly upstream: Upstream
  readonly gateway: GatewayUnderTest
  readonly store: WriteBehind
  /** Between gateway and backend. */
  readonly upstreamProxy: FaultProxy
  /** Between client and gateway. */
  readonly clientProxy: FaultProxy
  /** What happens at the stand-in, in order. */
  readonly seen: readonly SeenUpstream[]
  /** From now on nothing bad happens any more. */
  calm(): void
}

/** An event at the stand-in. */
export interface SeenUpstream {
  readonly from: 'client' | 'server'
  readonly event: unknown
}

/** Options of a world. */
export interface FaultWorldOptions {
  readonly seed: number
  readonly service: Service
  readonly where: Where
}

const key = 'key-of-the-service'

/** A dead peer is found within a second. */
const connect = { openTimeoutMs: 2_000, firstEventTimeoutMs: 1_500, pingIntervalMs: 200, pongTimeoutMs: 800 }

const recovery = { maxTries: 40, baseDelayMs: 10, maxDelayMs: 200, silenceMs: 1_500 }

const kinds = ['cut', 'reset', 'halfOpen', 'delay', 'throttle', 'refuse'] as const

/** Most connections of a conversation go wrong, and sooner or later one does not. */
const luck: LuckOptions = {
  chance: (connection) => 0.9 * 0.8 ** connection,
  kinds,
  frames: { toTarget: 14, toDialler: 60 },
  maxDelayMs: 30,
}

/** Starts one; both proxies begin with the luck of the seed where `where` says so. */
export async function startFaultWorld({ seed, service, where }: FaultWorldOptions): Promise<FaultWorld> {
  const parts = new AsyncDisposableStack()
  const seen: SeenUpstream[] = []
  const onEvent = (from: 'client' | 'server', event: unknown): unknown => seen.push({ from, event })
  let isCalm = false
  const planOf = (place: Where): FaultPlan => {
    const plan = badLuck(luck)
    return (random, connection) =>
      isCalm || (where !== place && where !== 'both') ? {} : plan(random, connection)
  }
  const upstream = parts.use(
    service === 'gemini-live'
      ? await geminiUpstream({ key, deltaIntervalMs: 1, onEvent })
      : await realtimeUpstream(service, {
          key,
          deltaIntervalMs: 1,
          acknowledgeMs: 1,
          onEvent,
          ...accountOf(service),
        }),
  )
  const upstreamProxy = parts.use(await faultProxy({ target: upstream.url, seed, plan: planOf('upstream') }))
  const store = parts.use(writeBehind(memoryStore()))
  const gateway = parts.use(
    await startGateway({
      backends: new Map([[service, providerOf(service, upstreamProxy.url)]]),
      defaultBackend: service,
      store,
      limits: { pingIntervalMs: 400, settleTimeoutMs: 5_000 },
      runSession: (ports) => runSession({ ...ports, recovery: { ...ports.recovery, ...recovery } }),
    }),
  )
  const clientProxy = parts.use(
    await faultProxy({ target: gateway.url, seed: seed ^ 0x5bd1e995, plan: planOf('client') }),
  )
  return {
    upstream,
    gateway,
    store,
    upstreamProxy,
    clientProxy,
    seen,
    calm() {
      isCalm = true
    },
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  }
}

const deployment = 'our-realtime'

function accountOf(service: Service): { readonly deployments?: readonly string[] } {
  return service === 'azure-openai' ? { deployments: [deployment] } : {}
}

function providerOf(service: Service, url: string): Provider {
  switch (service) {
    case 'openai':
      return openai({ apiKey: key, baseUrl: `${url}/v1`, connect })
    case 'azure-openai':
      return azureOpenai({ endpoint: url, credential: { key }, deployment, connect })
    case 'voice-live':
      return voiceLive({ endpoint: url, credential: { key }, connect })
    case 'gemini-live':
      return geminiLive({ apiKey: key, baseUrl: url, connect })
  }
}

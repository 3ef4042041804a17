import { setTimeout as delay } from 'node:timers/promises'
import { CommandFailure, stopped } from '../command-failure.ts'
import { gatewayKey } from '../environment.ts'
import type { Environment } from '../environment.ts'
import { parseGatewayUrl } from './gateway-address.ts'
import { gatewayClient } from './gateway-client.ts'
import type { GatewayClient } from './gateway-client.ts'
import { startGateway } from './own-gateway.ts'

/** Which gateway a command uses. */
export interface GatewayChoice {
  /** What `--gateway` says; without it the command starts its own. */
  readonly gateway: string | undefined
  /** What `--key` says. */
  readonly key: string | undefined
  readonly environment: Environment
  /** Further settings for a gateway of one's own. */
  readonly settings?: Environment
  readonly signal: AbortSignal
  /** Told what is being waited for. */
  readonly onProgress: (text: string) => void
  /** Told of lines the gateway writes for people. */
  readonly onLine: (line: string) => void
}

/** A gateway that can take calls. Disposing it ends it, if this process started it. */
export interface UsedGateway extends GatewayClient, AsyncDisposable {
  readonly isOwn: boolean
}

/** Engines load in a second or two; a slow machine takes longer. */
const readyTimeoutMs = 120_000

const readyPollMs = 100

/** Connects to the gateway that was named, or starts one, and waits until it is ready. */
export async function useGateway(choice: GatewayChoice): Promise<UsedGateway> {
  const { gateway, key, environment, signal, onProgress } = choice
  if (gateway !== undefined) {
    const client = gatewayClient({ url: parseGatewayUrl(gateway), key: key ?? gatewayKey(environment) })
    await client.backends()
    return { ...client, isOwn: false, [Symbol.asyncDispose]: async () => undefined }
  }
  onProgress('Starting a gateway ...')
  const own = await startGateway({ ...choice, settings: choice.settings ?? {} })
  const client = gatewayClient(own)
  try {
    await ready(client, { signal, onProgress })
  } catch (error) {
    await own[Symbol.asyncDispose]()
    throw error
  }
  return { ...client, isOwn: true, [Symbol.asyncDispose]: () => own[Symbol.asyncDispose]() }
}

/** Resolves when a gateway says that it is ready. */
export async function ready(
  client: GatewayClient,
  { signal, onProgress }: Pick<GatewayChoice, 'signal' | 'onProgress'>,
): Promise<void> {
  const deadline = performance.now() + readyTimeoutMs
  let told = ''
  for (;;) {
    const missing = await client.missing()
    if (missing.length === 0) return
    const reasons = missing.map(({ name, reason }) => `${name} ${reason}`).join(', ')
    if (performance.now() > deadline) {
      throw new CommandFailure(`The gateway did not become ready: ${reasons}. "parley doctor" says more.`)
    }
    if (reasons !== told) onProgress(`Waiting for the gateway: ${reasons} ...`)
    told = reasons
    if (signal.aborted) throw stopped()
    await delay(readyPollMs, undefined, { signal }).catch(() => undefined)
  }
}

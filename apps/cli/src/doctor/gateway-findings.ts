import { setTimeout as delay } from 'node:timers/promises'
import { messageOf } from '../command-failure.ts'
import { connect } from '../gateway/connect.ts'
import type { Backend, GatewayClient } from '../gateway/gateway-client.ts'
import { findingsOf } from './finding.ts'
import type { Finding } from './finding.ts'

const { ok, skipped, warning, problem } = findingsOf('backends')

/** How long a backend may take to greet. Entra ID signs in within this time, too. */
const greetingTimeoutMs = 20_000

/** Backends that are set up, each tried with a short session unless `connects` is off; and those that are not. */
export async function backendFindings(
  client: GatewayClient,
  { connects, signal }: { readonly connects: boolean; readonly signal: AbortSignal },
): Promise<readonly Finding[]> {
  const { backends, unavailable } = await client.backends()
  const tried = await Promise.all(
    backends.map(async (backend) =>
      connects
        ? greeting(client, backend, signal)
        : skipped(backend.name, 'set up; not connected (--no-connect)'),
    ),
  )
  const missing = unavailable.map(({ name, setting }) => `${name} (${setting})`).join(', ')
  return missing === '' ? tried : [...tried, skipped('not set up', missing)]
}

/** Nothing is said in the session, so that it costs nothing. */
async function greeting(client: GatewayClient, { name }: Backend, signal: AbortSignal): Promise<Finding> {
  const startedAt = performance.now()
  const stop = new AbortController()
  const either = AbortSignal.any([signal, stop.signal])
  try {
    await using channel = await connect(client.address, { backend: name }, { signal: either })
    const late = delay(greetingTimeoutMs, 'late' as const, { signal: either })
    late.catch(() => undefined)
    const first = await Promise.race([firstWord(channel), late])
    if (first === 'late') {
      return problem(name, `no greeting within ${greetingTimeoutMs / 1000} s`, 'See the network lines above.')
    }
    if (first === undefined) {
      return ok(name, `session ready after ${Math.round(performance.now() - startedAt)} ms`)
    }
    return refused(name, first)
  } catch (error) {
    return problem(name, messageOf(error), 'Read the reason; "parley doctor --json" keeps it.')
  } finally {
    stop.abort()
  }
}

interface Refusal {
  readonly code: string
  readonly message: string
}

/** Resolves with `undefined` when the session is there, or with why it is not. */
async function firstWord(channel: Awaited<ReturnType<typeof connect>>): Promise<Refusal | undefined> {
  for await (const event of channel) {
    if (event.type === 'session.created') return undefined
    if (event.type === 'error') {
      return { code: event.error.code ?? event.error.type, message: event.error.message }
    }
  }
  return { code: 'closed', message: 'the connection was closed without a word' }
}

function refused(name: string, { code, message }: Refusal): Finding {
  const detail = `${code}: ${message}`
  switch (code) {
    case 'invalid_api_key':
      return problem(
        name,
        detail,
        'The key is not accepted: set a valid one, of this very resource and region.',
      )
    case 'model_not_found':
      return problem(name, detail, 'Set the model or deployment to one this account has.')
    case 'rate_limit_exceeded':
    case 'insufficient_quota':
      return warning(name, detail, 'The key is accepted, and its limit is used up: wait, or raise the limit.')
    default:
      return problem(name, detail, 'See the network lines above, and the status page of the vendor.')
  }
}

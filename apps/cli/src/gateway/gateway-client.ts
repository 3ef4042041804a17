import { pcm16ToInt16 } from '@parley/audio'
import type { PriceModel } from '@parley/core'
import * as z from 'zod'
import { CommandFailure, messageOf } from '../command-failure.ts'
import type { GatewayAddress } from './gateway-address.ts'

/** What the command line needs to know of a backend. */
export interface Backend {
  readonly name: string
  readonly isDefault: boolean
  readonly title: string
  readonly models: readonly string[]
  readonly local: boolean
  readonly price: PriceModel
}

const TokenPrices = z.looseObject({
  textIn: z.number().exactOptional(),
  textCachedIn: z.number().exactOptional(),
  textOut: z.number().exactOptional(),
  audioIn: z.number().exactOptional(),
  audioCachedIn: z.number().exactOptional(),
  audioOut: z.number().exactOptional(),
})

const Price = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('free') }),
  z.object({ kind: z.literal('tokens'), byModel: z.record(z.string(), TokenPrices) }),
  z.object({ kind: z.literal('unknown') }),
])

const BackendAnswer = z
  .object({
    name: z.string(),
    default: z.boolean(),
    capabilities: z.object({
      title: z.string(),
      models: z.array(z.string()),
      local: z.boolean(),
      price: Price,
    }),
  })
  .transform(({ name, default: isDefault, capabilities }): Backend => ({ name, isDefault, ...capabilities }))

const BackendsAnswer = z.object({
  backends: z.array(BackendAnswer),
  unavailable: z.array(
    z.object({ name: z.string(), title: z.string(), setting: z.string(), help: z.string() }),
  ),
})

const ReadyAnswer = z.object({ missing: z.array(z.object({ name: z.string(), reason: z.string() })) })

const ErrorAnswer = z.object({ error: z.object({ code: z.string().nullish(), message: z.string() }) })

/** Asks a gateway over HTTP. Every failure is a `CommandFailure` a person can act on. */
export interface GatewayClient {
  readonly address: GatewayAddress
  backends(): Promise<z.infer<typeof BackendsAnswer>>
  /** With one of its models in place of the default one. */
  backend(name: string, model: string): Promise<Backend>
  /** What is missing before it can take a call; empty when nothing is. */
  missing(): Promise<readonly { readonly name: string; readonly reason: string }[]>
  /** Speech of the local voices: PCM16 mono at 24 kHz. */
  speech(
    request: { readonly text: string; readonly voice: string | undefined; readonly language: string },
    signal: AbortSignal,
  ): Promise<Int16Array>
}

const requestTimeoutMs = 30_000

/** Speech of a long text takes the local voices a while. */
const speechTimeoutMs = 120_000

/** A client for the gateway at an address. */
export function gatewayClient(address: GatewayAddress): GatewayClient {
  const { url, key } = address

  async function ask(
    path: string,
    { signal, timeoutMs = requestTimeoutMs, ...init }: RequestInit & { timeoutMs?: number } = {},
  ): Promise<Response> {
    const timeout = AbortSignal.timeout(timeoutMs)
    try {
      return await fetch(url + path, {
        ...init,
        headers: {
          ...(key !== undefined && { authorization: `Bearer ${key}` }),
          ...(init.body !== undefined && { 'content-type': 'application/json' }),
        },
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      })
    } catch (cause) {
      throw unreachable(url, cause)
    }
  }

  async function askJson<Output>(path: string, schema: z.ZodType<Output>): Promise<Output> {
    const response = await ask(path)
    if (!response.ok) throw await refusal(address, response)
    const answer = schema.safeParse(await response.json().catch(() => undefined))
    if (!answer.success) throw new CommandFailure(`What answers at ${url} is no gateway of Parley.`)
    return answer.data
  }

  return {
    address,
    backends: () => askJson('/v1/backends', BackendsAnswer),
    backend: (name, model) =>
      askJson(
        `/v1/backends/${encodeURIComponent(name)}?${new URLSearchParams({ model }).toString()}`,
        BackendAnswer,
      ),
    async missing() {
      const response = await ask('/readyz')
      const answer = ReadyAnswer.safeParse(await response.json().catch(() => undefined))
      if (!answer.success) throw new CommandFailure(`What answers at ${url} is no gateway of Parley.`)
      return answer.data.missing
    },
    async speech({ text, voice, language }, signal) {
      const body = JSON.stringify({ input: text, voice, language, response_format: 'pcm' })
      const response = await ask('/v1/audio/speech', {
        method: 'POST',
        body,
        signal,
        timeoutMs: speechTimeoutMs,
      })
      if (!response.ok) throw await refusal(address, response)
      return pcm16ToInt16(new Uint8Array(await response.arrayBuffer()))
    },
  }
}

/** What an answer other than 2xx means, in the gateway's words where it has some. */
async function refusal(address: GatewayAddress, response: Response): Promise<CommandFailure> {
  return refusalFor(address, response.status, await response.text().catch(() => ''))
}

/** The same from a status and a body. */
export function refusalFor({ url, key }: GatewayAddress, status: number, body: string): CommandFailure {
  if (status === 401) {
    const problem = key === undefined ? 'wants a key' : 'does not accept this key'
    return new CommandFailure(
      `The gateway at ${url} ${problem}: set PARLEY_KEY to one of its keys, or give it with --key.`,
    )
  }
  const message = errorMessageIn(body)
  return new CommandFailure(
    message === undefined
      ? `The gateway at ${url} answered with status ${status}.`
      : `The gateway refused (${status}): ${message}`,
  )
}

function errorMessageIn(body: string): string | undefined {
  try {
    return ErrorAnswer.parse(JSON.parse(body)).error.message
  } catch {
    return undefined
  }
}

function unreachable(url: string, cause: unknown): CommandFailure {
  const reason = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause
  const code = reason instanceof Error && 'code' in reason ? String(reason.code) : messageOf(reason)
  return new CommandFailure(
    `No gateway answers at ${url} (${code}). Start one with "npm start", or leave --gateway out to have one started.`,
    undefined,
    { cause },
  )
}

/** What is used of a WebSocket; those of browsers, of Node and of `ws` have it. */
export interface WebSocketLike {
  readonly readyState: number
  readonly bufferedAmount: number
  send(data: string): void
  close(code?: number, reason?: string): void
  onopen: ((event: never) => void) | null
  onmessage: ((event: never) => void) | null
  onerror: ((event: never) => void) | null
  onclose: ((event: never) => void) | null
}

/** Where and how to connect. */
export interface DialOptions {
  /** Address of the gateway, with or without its path: `https://host`, `wss://host/v1/realtime?model=...`. */
  readonly url: string
  readonly query: Readonly<Record<string, string>>
  /** A key or client secret, sent as a subprotocol because browsers can send no header. */
  readonly credential: string | undefined
  readonly protocols: readonly string[]
  readonly createSocket: (url: string, protocols: readonly string[]) => WebSocketLike
  readonly fetch: typeof fetch
}

/** The address of one attempt. */
export function realtimeUrl(
  { url, query }: Pick<DialOptions, 'url' | 'query'>,
  more: Readonly<Record<string, string | undefined>>,
): URL {
  const address = new URL(url)
  address.protocol = address.protocol.replace(/^http/, 'ws')
  if (!address.pathname.endsWith('/realtime')) {
    address.pathname = `${address.pathname.replace(/\/+$/, '')}/v1/realtime`
  }
  for (const [name, value] of Object.entries({ ...query, ...more })) {
    if (value === undefined) address.searchParams.delete(name)
    else address.searchParams.set(name, value)
  }
  return address
}

/** Subprotocols of an attempt. */
export function protocolsOf({ credential, protocols }: DialOptions): readonly string[] {
  return credential === undefined
    ? protocols
    : ['realtime', `openai-insecure-api-key.${credential}`, ...protocols]
}

/** Why an upgrade was refused: what a browser does not tell of it. */
export interface Refusal {
  /** HTTP status, or 0 when nobody answered. */
  readonly status: number
  readonly code: string | undefined
  readonly message: string | undefined
}

/** Asks the same address without an upgrade, which changes nothing there and has a body. */
export async function askWhy(address: URL, { credential, fetch }: DialOptions): Promise<Refusal> {
  const plain = new URL(address)
  plain.protocol = plain.protocol.replace(/^ws/, 'http')
  try {
    const headers = credential === undefined ? {} : { authorization: `Bearer ${credential}` }
    const response = await fetch(plain, { headers, signal: AbortSignal.timeout(5000) })
    const body: unknown = await response.json().catch(() => undefined)
    const error = fieldOf(body, 'error')
    return {
      status: response.status,
      code: textOf(fieldOf(error, 'code')),
      message: textOf(fieldOf(error, 'message')),
    }
  } catch {
    return { status: 0, code: undefined, message: undefined }
  }
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

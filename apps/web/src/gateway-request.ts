import { field, textField } from './session/unchecked.ts'

/** A request the gateway refused or never answered. */
export class GatewayError extends Error {
  override readonly name = 'GatewayError'
  /** HTTP status, 0 when there was no answer. */
  readonly status: number
  /** The field that was refused, where the gateway names one. */
  readonly param: string | undefined

  constructor(
    status: number,
    message: string,
    details: { readonly cause?: unknown; readonly param?: string | undefined } = {},
  ) {
    super(message, { cause: details.cause })
    this.status = status
    this.param = details.param
  }
}

/** Asks the gateway; rejects with `GatewayError` for an answer that is no success. */
export async function request(url: string, init: RequestInit = {}): Promise<Response> {
  let response: Response
  try {
    response = await fetch(url, { ...init, cache: 'no-store' })
  } catch (error) {
    init.signal?.throwIfAborted()
    throw new GatewayError(0, 'The gateway does not answer.', { cause: error })
  }
  if (!response.ok) throw await refusal(response)
  return response
}

/** The gateway is our own and versioned with the page: its answers are taken as typed. */
export async function json<T>(url: string, init: RequestInit = {}): Promise<T> {
  const response = await request(url, init)
  return response.json()
}

async function refusal(response: Response): Promise<GatewayError> {
  const error = field(await response.json().catch(() => undefined), 'error')
  const message = textField(error, 'message') ?? `HTTP ${response.status}`
  return new GatewayError(response.status, message, { param: textField(error, 'param') })
}

/** What the gateway refused, in its words; else what the browser says. */
export function reasonOf(error: unknown): string {
  return error instanceof GatewayError ? error.message : String(error)
}

/** Address of a route below `base`. */
export function gatewayPath(base: string, ...parts: readonly string[]): string {
  return `${base}/v1/${parts.map(encodeURIComponent).join('/')}`
}

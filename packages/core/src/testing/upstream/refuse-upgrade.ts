import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'

/** Answers an upgrade with an HTTP error whose body is the vendors' error object. */
export function refuseUpgrade(
  stream: Duplex,
  status: number,
  { code, message }: { readonly code: string; readonly message: string },
): void {
  const body = JSON.stringify({ error: { type: 'invalid_request_error', code, message, param: null } })
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Error'}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ]
  stream.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}

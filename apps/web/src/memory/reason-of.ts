import { GatewayError } from '../gateway-request.ts'

/** What the gateway refused, in its words; else what the browser says. */
export function reasonOf(error: unknown): string {
  return error instanceof GatewayError ? error.message : String(error)
}

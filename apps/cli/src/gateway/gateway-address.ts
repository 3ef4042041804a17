import { usageError } from '../command-failure.ts'

/** Where a gateway is. */
export interface GatewayAddress {
  /** `http:` or `https:`, with a path only where a proxy has one, without a slash at its end. */
  readonly url: string
  readonly key: string | undefined
}

/** Reads what people give as the address of a gateway: http(s) or ws(s), with or without `/v1/realtime`. */
export function parseGatewayUrl(text: string): string {
  const url = URL.parse(/^[a-z]+:\/\//i.test(text) ? text : `http://${text}`)
  if (url === null || !/^(https?|wss?):$/.test(url.protocol)) {
    throw usageError(`"${text}" is no address of a gateway. One is, for example, http://127.0.0.1:8787.`)
  }
  const path = url.pathname.replace(/\/+$/, '').replace(/\/v1(\/realtime)?$/, '')
  return `${url.protocol.replace('ws', 'http')}//${url.host}${path}`
}

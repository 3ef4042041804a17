/** What the server of the page is told by its environment. */
export interface WebConfig {
  /** Origin of the gateway as the browser reaches it, without a slash at the end. */
  readonly gatewayUrl: string
  /** Key of the gateway; stays on the server. `undefined` for an open gateway. */
  readonly key: string | undefined
  /** Origins under which the key may be used for a visitor, besides those on `localhost` or an IP address. */
  readonly origins: readonly string[]
}

/**
 * Reads `PARLEY_GATEWAY_URL`, and `PARLEY_KEY` and `PARLEY_ALLOWED_ORIGINS` as the gateway reads them (lists with
 * commas), at request time. Throws on a bad URL.
 */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): WebConfig {
  const url = new URL(environment['PARLEY_GATEWAY_URL'] || 'http://127.0.0.1:8787')
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new Error('PARLEY_GATEWAY_URL must start with http:// or https://')
  }
  return {
    gatewayUrl: url.origin,
    key: parseList(environment['PARLEY_KEY'])[0],
    origins: parseList(environment['PARLEY_ALLOWED_ORIGINS']).map((origin) => origin.toLowerCase()),
  }
}

function parseList(text: string | undefined): readonly string[] {
  return (text ?? '').split(',').flatMap((part) => part.trim() || [])
}

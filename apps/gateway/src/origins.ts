import { RealtimeError } from '@parley/core'

/** What browsers may reach the gateway. */
export interface SourceRules {
  /** Origins besides loopback ones and the gateway's own; `*` allows every origin. */
  readonly allowedOrigins: readonly string[]
  /** True when no key protects the gateway: then only loopback names are served, against DNS rebinding. */
  readonly loopbackHostsOnly: boolean
}

/** True for a name or address that only this machine can mean; brackets of an IPv6 address may be there. */
export function isLoopbackHost(hostname: string): boolean {
  const name = hostname.toLowerCase().replace(/^\[|\]$/g, '')
  return (
    name === 'localhost' || name.endsWith('.localhost') || name === '::1' || /^127(\.\d{1,3}){3}$/.test(name)
  )
}

/**
 * Refuses what a page of another site sends with the help of a visitor's browser. Clients that are no browser
 * send no `Origin` and pass. Throws `origin_not_allowed`.
 */
export function checkSource(headers: Headers, rules: SourceRules): void {
  const host = headers.get('host') ?? ''
  if (
    rules.loopbackHostsOnly &&
    !isLoopbackHost(hostnameOf(host)) &&
    !isListedHost(host, rules.allowedOrigins)
  ) {
    throw new RealtimeError(
      'origin_not_allowed',
      'Without a key the gateway answers only to loopback names.',
      {
        param: 'host',
      },
    )
  }
  const origin = headers.get('origin')
  if (origin !== null && !isAllowedOrigin(origin, host, rules.allowedOrigins)) {
    throw new RealtimeError(
      'origin_not_allowed',
      'This origin may not use the gateway. Add it to PARLEY_ALLOWED_ORIGINS.',
      { param: 'origin' },
    )
  }
}

function isAllowedOrigin(origin: string, host: string, allowedOrigins: readonly string[]): boolean {
  if (allowedOrigins.includes('*') || allowedOrigins.includes(origin.toLowerCase())) return true
  const url = URL.parse(origin)
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) return false
  return url.host === host.toLowerCase() || isLoopbackHost(url.hostname)
}

function isListedHost(host: string, allowedOrigins: readonly string[]): boolean {
  return allowedOrigins.some((origin) => URL.parse(origin)?.host === host.toLowerCase())
}

function hostnameOf(host: string): string {
  return URL.parse(`http://${host}`)?.hostname ?? ''
}

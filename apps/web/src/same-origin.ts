import { isIP } from 'node:net'

/**
 * Why a request may not use the gateway's key, or `undefined` when it may: another site's page must not, and
 * neither may a name that was made to point here (names other than `localhost` have to be among `origins`).
 */
export function refusal(request: Request, origins: readonly string[]): string | undefined {
  const site = request.headers.get('sec-fetch-site')
  const origin = request.headers.get('origin')
  const host = (request.headers.get('host') ?? '').toLowerCase()
  // A browser that tells neither is older than any this page runs in.
  const isOwnPage = site === null ? origin !== null : site === 'same-origin'
  if (!isOwnPage || (origin !== null && hostOf(origin) !== host)) return 'Only this page may ask.'
  const name = URL.parse(`http://${host}`)?.hostname.replace(/^\[|\]$/g, '') ?? ''
  if (name === 'localhost' || isIP(name) !== 0 || origins.some((listed) => hostOf(listed) === host))
    return undefined
  return `Add the origin of this page to PARLEY_ALLOWED_ORIGINS to serve it as ${name}.`
}

function hostOf(origin: string): string | undefined {
  return URL.parse(origin)?.host
}

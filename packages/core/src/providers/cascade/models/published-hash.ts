/** The subset of `fetch` that downloads need. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>

/** A hash that the server states for a file. */
export interface PublishedHash {
  readonly algorithm: 'sha256' | 'gitSha1'
  readonly value: string
}

/** Where to ask. */
export interface HashQuestion {
  readonly url: string
  readonly fetch: Fetch
  readonly signal: AbortSignal
}

const maxRedirects = 4

/**
 * The hash a model hub states for a file: its entity tag is the SHA-256 of a large file, and the git hash of a
 * small one. It stands on the hub's own answer, so redirects are followed by hand, within the same host.
 */
export async function publishedHash({
  url,
  fetch,
  signal,
}: HashQuestion): Promise<PublishedHash | undefined> {
  let address = new URL(url)
  for (let hop = 0; hop <= maxRedirects; hop += 1) {
    const response = await fetch(address.href, { method: 'HEAD', redirect: 'manual', signal })
    const tag = response.headers.get('x-linked-etag') ?? response.headers.get('etag')
    const hash = hashFromTag(tag)
    if (hash !== undefined) return hash
    const location = response.headers.get('location')
    if (location === null) return undefined
    const next = new URL(location, address)
    if (next.host !== address.host) return undefined
    address = next
  }
  return undefined
}

function hashFromTag(tag: string | null): PublishedHash | undefined {
  const value = tag?.replace(/^W\//, '').replaceAll('"', '').toLowerCase()
  if (value === undefined) return undefined
  if (/^[0-9a-f]{64}$/.test(value)) return { algorithm: 'sha256', value }
  if (/^[0-9a-f]{40}$/.test(value)) return { algorithm: 'gitSha1', value }
  return undefined
}

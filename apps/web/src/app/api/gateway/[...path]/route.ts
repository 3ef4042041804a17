import { readConfig } from '../../../../config.ts'
import { refusal } from '../../../../same-origin.ts'

/** What the page asks of the gateway; nothing else goes through with its key. */
const allowed = /^v1\/(audio\/speech|backends|cassettes|conversations|downloads|people|voices)(\/|$)/

const withBody: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH'])

async function forward(request: Request): Promise<Response> {
  const { gatewayUrl, key, origins } = readConfig()
  const refused = refusal(request, origins)
  if (refused !== undefined) return Response.json({ error: { message: refused } }, { status: 403 })
  const { pathname, search } = new URL(request.url)
  const path = pathname.replace(/^\/api\/gateway\//, '')
  if (key === undefined || !allowed.test(path)) return new Response(null, { status: 404 })
  const answer = await fetch(`${gatewayUrl}/${path}${search}`, {
    method: request.method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(withBody.has(request.method) && { body: await request.arrayBuffer() }),
    cache: 'no-store',
    signal: request.signal,
  }).catch(() => undefined)
  if (!answer) {
    return Response.json({ error: { message: 'The gateway does not answer.' } }, { status: 502 })
  }
  const headers = new Headers({ 'cache-control': 'no-store' })
  for (const name of ['content-type', 'content-disposition']) {
    const value = answer.headers.get(name)
    if (value !== null) headers.set(name, value)
  }
  return new Response(answer.body, { status: answer.status, headers })
}

export { forward as GET, forward as POST, forward as PUT, forward as PATCH, forward as DELETE }

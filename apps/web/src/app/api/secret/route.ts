import { readConfig } from '../../../config.ts'
import { refusal } from '../../../same-origin.ts'

/** Mints a short-lived secret for one connection of this page. 404 when the gateway is open and needs none. */
export async function POST(request: Request): Promise<Response> {
  const { gatewayUrl, key, origins } = readConfig()
  const refused = refusal(request, origins)
  if (refused !== undefined) return Response.json({ error: { message: refused } }, { status: 403 })
  if (key === undefined) return Response.json({ error: { message: 'The gateway is open.' } }, { status: 404 })
  const { searchParams } = new URL(request.url)
  const record = searchParams.get('record')
  const person = searchParams.get('person')
  const answer = await fetch(`${gatewayUrl}/v1/realtime/client_secrets`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      expires_after: { anchor: 'created_at', seconds: 60 },
      ...(record !== null && { record }),
      ...(person !== null && { person }),
    }),
    cache: 'no-store',
    signal: request.signal,
  }).catch(() => undefined)
  if (!answer) {
    return Response.json({ error: { message: 'The gateway does not answer.' } }, { status: 502 })
  }
  return new Response(answer.body, {
    status: answer.status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  })
}

import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/** One request as the server read it. */
export interface SeenRequest {
  readonly method: string
  /** With its query. */
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer<ArrayBuffer>
  /** The body as `multipart/form-data`; rejects when it is not. */
  form(): Promise<FormData>
}

/** A server on the loopback interface that a test answers for. */
export interface LoopbackServer {
  readonly url: string
  readonly requests: readonly SeenRequest[]
  /** How the first connection ended: whole, or cut by the client. */
  readonly ended: Promise<'finished' | 'cut'>
}

/** Starts a server until the test is over; `handler` answers each request once it was read. */
export async function loopbackServer(
  handler: (response: ServerResponse, request: SeenRequest, index: number) => unknown,
): Promise<LoopbackServer> {
  const requests: SeenRequest[] = []
  const ended = Promise.withResolvers<'finished' | 'cut'>()
  const server = createServer((incoming, response) => {
    response.on('close', () => ended.resolve(response.writableFinished ? 'finished' : 'cut'))
    void (async () => {
      const body = Buffer.concat(await incoming.toArray())
      const { method = '', url: path = '', headers } = incoming
      const form = (): Promise<FormData> =>
        new Response(body, { headers: { 'content-type': headers['content-type'] ?? '' } }).formData()
      const request: SeenRequest = { method, path, headers, body, form }
      requests.push(request)
      await handler(response, request, requests.length - 1)
    })()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo // a TCP server has an address object
  return { url: `http://127.0.0.1:${port}`, requests, ended: ended.promise }
}

/** Answers with JSON. */
export function sendJson(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

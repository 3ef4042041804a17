import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

/** A chat endpoint that gives the same translation whatever it is told. */
export interface Interpreter extends AsyncDisposable {
  /** Base address, as `PARLEY_LLM_URL` wants it. */
  readonly url: string
  /** The instructions it was last asked under. */
  instructions(): string
}

/** Starts it on loopback. */
export async function startInterpreter(translation: string): Promise<Interpreter> {
  let instructions = ''
  const server = createServer((request, response) => void answer(request, response))
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'GET') return void response.end(JSON.stringify({ object: 'list', data: [] }))
    const { messages } = JSON.parse(await bodyOf(request))
    instructions = String(messages[0]?.content)
    response.setHeader('content-type', 'text/event-stream')
    const chunk = (delta: object, reason: string | null): string =>
      `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: reason }] })}\n\n`
    response.end(`${chunk({ content: translation }, null)}${chunk({}, 'stop')}data: [DONE]\n\n`)
  }
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('No port.')
  return {
    url: `http://127.0.0.1:${address.port}/v1`,
    instructions: () => instructions,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const part of request) body += String(part)
  return body
}

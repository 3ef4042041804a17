import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A chat endpoint on this machine. */
export interface ScriptedChat extends AsyncDisposable {
  /** Base address, as `PARLEY_LLM_URL` wants it. */
  readonly url: string
}

/** One message of a request. */
export interface ChatMessage {
  readonly role: string
  readonly content?: string | null
}

interface ChatRequest {
  readonly messages: readonly ChatMessage[]
  readonly tools?: readonly { readonly function: { readonly name: string } }[]
}

/** Words that make the endpoint begin an answer it never ends by itself. */
export const endlessQuestion = 'Tell me a story without an end.'

/**
 * An OpenAI-compatible chat endpoint with three rules: it calls the first tool it is offered, says the output of a
 * call, and answers `endlessQuestion` with a beginning and then silence. To anything else it says hello. `words`
 * come before the rules; what it throws fails the request.
 */
export async function startScriptedChat(
  words?: (messages: readonly ChatMessage[]) => string | undefined,
): Promise<ScriptedChat> {
  const server = createServer((request, response) => void answer(request, response, words))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  // A listening TCP server has an address with a port.
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/v1`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  words: (messages: readonly ChatMessage[]) => string | undefined = () => undefined,
): Promise<void> {
  if (request.url === '/v1/models') {
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ object: 'list', data: [{ id: 'scripted', object: 'model' }] }))
    return
  }
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  // Only our own client asks here.
  const { messages, tools = [] } = JSON.parse(Buffer.concat(chunks).toString()) as ChatRequest
  const last = messages.at(-1)
  const tool = tools[0]?.function.name
  response.setHeader('content-type', 'text/event-stream')
  const chosen = words(messages)
  if (chosen !== undefined) say(response, chosen)
  else if (last?.role === 'tool') {
    say(response, `The answer is: ${last.content ?? ''}`)
  } else if (last?.content === endlessQuestion) {
    delta(response, { content: 'Once upon a time there was a king who had a garden. ' })
    delta(response, { content: 'In the garden stood a tree with seven golden apples. ' })
    return
  } else if (tool !== undefined) {
    const call = { name: tool, arguments: JSON.stringify({ city: 'Paris' }) }
    delta(response, { tool_calls: [{ index: 0, id: 'call_scripted', type: 'function', function: call }] })
    end(response, 'tool_calls')
    return
  } else {
    say(response, 'Hello, how are you?')
  }
  end(response, 'stop')
}

function say(response: ServerResponse, text: string): void {
  for (const word of text.match(/\S+\s*/g) ?? []) delta(response, { content: word })
}

function delta(response: ServerResponse, content: object): void {
  write(response, { choices: [{ index: 0, delta: content, finish_reason: null }] })
}

function end(response: ServerResponse, reason: string): void {
  const usage = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 }
  write(response, { choices: [{ index: 0, delta: {}, finish_reason: reason }], usage })
  response.end('data: [DONE]\n\n')
}

function write(response: ServerResponse, chunk: object): void {
  const whole = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 0, model: 'scripted', ...chunk }
  response.write(`data: ${JSON.stringify(whole)}\n\n`)
}

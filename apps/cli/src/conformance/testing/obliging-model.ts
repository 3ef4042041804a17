import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

/** A chat endpoint on this machine. */
interface ObligingModel extends AsyncDisposable {
  /** Base address, as `PARLEY_LLM_URL` wants it. */
  readonly url: string
}

interface ChatRequest {
  readonly messages: readonly { readonly role: string; readonly content?: string | null }[]
  readonly tools?: readonly { readonly function: { readonly name: string } }[]
  readonly tool_choice?: unknown
}

/**
 * An OpenAI-compatible chat endpoint that does what it is asked as a willing language model would: it calls the
 * tools it is offered (all of them when it is asked for both), says what a call gave, counts when it is told to
 * count, and says a sentence to anything else.
 */
export async function startObligingModel(): Promise<ObligingModel> {
  const server = createServer((request, response) => void answer(request, response))
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

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.url === '/v1/models') {
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ object: 'list', data: [{ id: 'obliging', object: 'model' }] }))
    return
  }
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  // Only our own gateway asks here.
  const {
    messages,
    tools = [],
    tool_choice: choice,
  } = JSON.parse(Buffer.concat(chunks).toString()) as ChatRequest
  const last = messages.at(-1)
  response.setHeader('content-type', 'text/event-stream')
  if (last?.role === 'tool') say(response, `The answer is: ${last.content ?? ''}`)
  else if (tools.length > 0 && choice !== 'none') {
    const asked = /both/i.test(last?.content ?? '') ? tools : tools.slice(0, 1)
    asked.forEach((tool, index) => call(response, index, tool.function.name))
    return end(response, 'tool_calls')
  } else if (/count/i.test(last?.content ?? '')) {
    const highest = /to twenty/.test(last?.content ?? '') ? 20 : 60
    for (let number = 1; number <= highest && !response.destroyed; number += 1) {
      say(response, `This is number ${number}. `)
      await pause(40)
    }
  } else say(response, 'Hello there, it is good to hear you.')
  end(response, 'stop')
}

function call(response: ServerResponse, index: number, name: string): void {
  const whole = { name, arguments: JSON.stringify({ city: 'Paris' }) }
  delta(response, { tool_calls: [{ index, id: `call_${index}`, type: 'function', function: whole }] })
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
  const whole = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 0, model: 'obliging', ...chunk }
  response.write(`data: ${JSON.stringify(whole)}\n\n`)
}

import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { LanguageModelPart, LanguageModelRequest } from '../../stages.ts'
import { listChatModels } from './list-chat-models.ts'
import { openaiChat, type OpenAIChatOptions } from './openai-chat.ts'

interface Seen {
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: Record<string, unknown>
}

type Handler = (response: ServerResponse, seen: Seen) => void

async function chatServer(
  handler: Handler,
): Promise<{ url: string; requests: Seen[]; closed: Promise<unknown> }> {
  const requests: Seen[] = []
  const { promise: closed, resolve } = Promise.withResolvers<unknown>()
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = (await request.toArray()).join('')
    const seen = {
      path: request.url ?? '',
      headers: request.headers,
      body: text === '' ? {} : (JSON.parse(text) as Seen['body']), // the client under test wrote it
    }
    requests.push(seen)
    response.on('close', () => resolve(response.writableFinished ? 'finished' : 'cut'))
    handler(response, seen)
  }
  const server = createServer((request, response) => void serve(request, response)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo // a TCP server has an address object
  return { url: `http://127.0.0.1:${port}`, requests, closed }
}

function sse(...chunks: unknown[]): string {
  return [...chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`), 'data: [DONE]\n\n'].join('')
}

const text = (content: string, finish: string | null = null): unknown => ({
  choices: [{ index: 0, delta: { content }, finish_reason: finish }],
})

const stream = (response: ServerResponse): ServerResponse =>
  response.writeHead(200, { 'content-type': 'text/event-stream' })

function request(overrides: Partial<LanguageModelRequest> = {}): LanguageModelRequest {
  return {
    instructions: 'Be brief.',
    items: [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Hello' }] }],
    tools: [],
    toolChoice: 'auto',
    model: undefined,
    language: undefined,
    maxOutputTokens: undefined,
    signal: new AbortController().signal,
    ...overrides,
  }
}

const weather = { name: 'get_weather', description: 'Weather of a city', parameters: { type: 'object' } }

async function answer(
  handler: Handler,
  overrides: Partial<LanguageModelRequest> = {},
  options: Partial<OpenAIChatOptions> = {},
): Promise<{ parts: LanguageModelPart[]; requests: Seen[]; spoken: string }> {
  const { url, requests } = await chatServer(handler)
  const parts = await Array.fromAsync(
    openaiChat({ url, model: 'small', ...options }).respond(request(overrides)),
  )
  const spoken = parts.flatMap((part) => (part.type === 'text' ? part.text : [])).join('')
  return { parts, requests, spoken }
}

describe('what a chat model takes besides text', () => {
  it('is images only when the option says so, as the chat protocol writes them', async () => {
    const image_url = 'data:image/png;base64,AAAA'
    const content = [
      { type: 'input_text' as const, text: 'What is this?' },
      { type: 'input_image' as const, image_url, detail: 'low' as const },
    ]
    const { requests } = await answer(
      (response) => stream(response).end(sse(text('A cat.', 'stop'))),
      { items: [{ type: 'message', role: 'user', content }] },
      { images: true },
    )
    expect(requests[0]?.body['messages']).toContainEqual({
      role: 'user',
      content: [
        { type: 'text', text: 'What is this?' },
        { type: 'image_url', image_url: { url: image_url, detail: 'low' } },
      ],
    })
    const url = 'http://localhost'
    expect(openaiChat({ url, model: 'small' }).images).toBe(false)
    expect(openaiChat({ url, model: 'small', images: true }).images).toBe(true)
  })

  it('is a temperature, left out when nobody set it', async () => {
    const done = (response: ServerResponse) => stream(response).end(sse(text('Hi', 'stop')))
    const set = await answer(done, { temperature: 0 })
    expect(set.requests[0]?.body['temperature']).toBe(0)
    const unset = await answer(done)
    expect(unset.requests[0]?.body).not.toHaveProperty('temperature')
  })
})

describe('openaiChat', () => {
  it('streams text and ends with reason and usage', async () => {
    const { parts, requests } = await answer((response) =>
      stream(response).end(
        sse(text('Hel'), text('lo.'), text('', 'stop'), {
          choices: [],
          usage: { prompt_tokens: 7, completion_tokens: 2 },
        }),
      ),
    )
    expect(parts).toEqual([
      { type: 'text', text: 'Hel' },
      { type: 'text', text: 'lo.' },
      { type: 'end', reason: 'completed', usage: { inputTokens: 7, outputTokens: 2 } },
    ])
    expect(requests[0]).toMatchObject({
      path: '/v1/chat/completions',
      body: {
        model: 'small',
        stream: true,
        stream_options: { include_usage: true },
        messages: [
          { role: 'system', content: 'Be brief.' },
          { role: 'user', content: 'Hello' },
        ],
      },
    })
    expect(requests[0]?.body).not.toHaveProperty('tools')
  })

  it('gives the first words while the server is still writing', async () => {
    const { url } = await chatServer(
      (response) => void stream(response).write(`data: ${JSON.stringify(text('Hi'))}\n\n`),
    )
    const parts = openaiChat({ url, model: 'm' }).respond(request())[Symbol.asyncIterator]()
    expect(await parts.next()).toEqual({ done: false, value: { type: 'text', text: 'Hi' } })
    await parts.return?.()
  })

  it.each(['\n', '\r\n', '\r'])('reads a stream cut between all bytes, with line end %j', async (lineEnd) => {
    const bytes = Buffer.from(
      `\uFEFF: hello\n\ndata:${JSON.stringify(text('Grüße 👋'))}\n\nevent: x\ndata: ${JSON.stringify(text('!', 'stop'))}\n\ndata:[DONE]\n\n`.replaceAll(
        '\n',
        lineEnd,
      ),
    )
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte))
        controller.close()
      },
    })
    const fetch = (): Promise<Response> => Promise.resolve(new Response(body))
    const parts = await Array.fromAsync(openaiChat({ url: 'http://x', model: 'm', fetch }).respond(request()))
    expect(parts.map((part) => (part.type === 'text' ? part.text : part.type))).toEqual([
      'Grüße 👋',
      '!',
      'end',
    ])
  })

  it('accepts a plain JSON answer and a stream without its end mark', async () => {
    const plain = await answer((response) =>
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ choices: [{ message: { content: 'Whole.' } }] })),
    )
    expect(plain.spoken).toBe('Whole.')
    const unmarked = await answer((response) =>
      stream(response).end(`data: ${JSON.stringify(text('Yes', 'stop'))}`),
    )
    expect(unmarked.spoken).toBe('Yes')
  })

  it('does not speak reasoning, wherever its tags are cut', async () => {
    const { spoken } = await answer((response) =>
      stream(response).end(
        sse(
          text('<th'),
          text('ink>secret</'),
          text('think>\n\nA'),
          { choices: [{ delta: { reasoning_content: 'hidden' } }] },
          text(' < B<think>again</think> C <'),
          text('', 'stop'),
        ),
      ),
    )
    expect(spoken).toBe('A < B C <')
  })

  it.each([
    ['length', 'max_output_tokens'],
    ['content_filter', 'content_filter'],
    ['tool_calls', 'completed'],
  ])('maps the finish reason %s to %s', async (finish, reason) => {
    const { parts } = await answer((response) => stream(response).end(sse(text('a', finish))))
    expect(parts.at(-1)).toMatchObject({ type: 'end', reason })
  })
})

describe('function calls', () => {
  const calls = (toolCalls: unknown[]): unknown => ({ choices: [{ delta: { tool_calls: toolCalls } }] })

  async function called(...chunks: unknown[]): Promise<unknown[]> {
    let made = 0
    const { parts } = await answer(
      (response) => stream(response).end(sse(...chunks, text('', 'tool_calls'))),
      { tools: [weather] },
      { createCallId: () => `made_${(made += 1)}` },
    )
    return parts.flatMap((part) =>
      part.type === 'tool_call' ? [[part.callId, part.name, part.arguments]] : [],
    )
  }

  it('assembles pieces by index', async () => {
    expect(
      await called(
        calls([{ index: 0, id: 'a', function: { name: 'f', arguments: '' } }]),
        calls([{ index: 0, function: { arguments: '{"x"' } }]),
        calls([{ index: 1, id: 'b', function: { name: 'g', arguments: '{}' } }]),
        calls([{ index: 0, function: { arguments: ':1}' } }]),
      ),
    ).toEqual([
      ['a', 'f', '{"x":1}'],
      ['b', 'g', '{}'],
    ])
  })

  it('accepts whole calls without index or id, with equal indexes, and with object arguments', async () => {
    expect(
      await called(
        calls([
          { function: { name: 'f', arguments: '{"x":1}' } },
          { id: '', function: { name: 'g', arguments: { y: 2 } } },
        ]),
        calls([{ index: 0, id: 'same', function: { name: 'h' } }]),
        calls([{ index: 0, id: 'other', function: { name: 'i', arguments: '' } }]),
      ),
    ).toEqual([
      ['made_1', 'f', '{"x":1}'],
      ['made_2', 'g', '{"y":2}'],
      ['same', 'h', '{}'],
      ['other', 'i', '{}'],
    ])
  })

  it('drops a call whose arguments were cut off by the token limit', async () => {
    const { parts } = await answer(
      (response) =>
        stream(response).end(
          sse(calls([{ index: 0, id: 'a', function: { name: 'f', arguments: '{"x"' } }]), text('', 'length')),
        ),
      { tools: [weather] },
    )
    expect(parts).toEqual([{ type: 'end', reason: 'max_output_tokens', usage: undefined }])
  })

  it.each([
    ['required', 'required'],
    [{ name: 'get_weather' }, { type: 'function', function: { name: 'get_weather' } }],
  ] as const)('sends tools and the choice %j', async (toolChoice, sent) => {
    const { requests } = await answer((response) => stream(response).end(sse(text('', 'stop'))), {
      tools: [weather],
      toolChoice,
    })
    expect(requests[0]?.body).toMatchObject({
      tools: [{ type: 'function', function: weather }],
      tool_choice: sent,
    })
  })

  it('leaves the tools out when none may be called', async () => {
    const { requests } = await answer((response) => stream(response).end(sse(text('', 'stop'))), {
      tools: [weather],
      toolChoice: 'none',
    })
    expect(requests[0]?.body).not.toHaveProperty('tools')
  })
})

describe('servers with other habits', () => {
  it('stops asking for usage when the server refuses that, and remembers it', async () => {
    const { url, requests } = await chatServer((response, { body }) => {
      if ('stream_options' in body)
        response.writeHead(400).end('{"error":{"message":"stream_options not permitted"}}')
      else stream(response).end(sse(text('ok', 'stop')))
    })
    const model = openaiChat({ url, model: 'm' })
    await Array.fromAsync(model.respond(request()))
    await Array.fromAsync(model.respond(request()))
    expect(requests.map(({ body }) => 'stream_options' in body)).toEqual([true, false, false])
  })

  it('uses the other name of the token limit when the first is refused', async () => {
    const { requests } = await answer(
      (response, { body }) => {
        if ('max_tokens' in body) {
          response
            .writeHead(400)
            .end('{"error":{"message":"Unsupported parameter: max_tokens. Use max_completion_tokens."}}')
        } else stream(response).end(sse(text('ok', 'stop')))
      },
      { maxOutputTokens: 50 },
    )
    expect(requests.map(({ body }) => body['max_completion_tokens'])).toEqual([undefined, 50])
  })

  it('ends soon after the finish reason when the server leaves the stream open', async () => {
    const { parts } = await answer((response) => {
      stream(response).write(`data: ${JSON.stringify(text('Done.', 'stop'))}\n\n`)
    })
    expect(parts.at(-1)).toMatchObject({ type: 'end', reason: 'completed' })
  })
})

describe('failures', () => {
  const refuse = (status: number, body: string) => (response: ServerResponse) =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(body)

  it.each([
    [401, '{"error":{"message":"Incorrect API key provided: sk-sec***ret"}}', 'invalid_api_key'],
    [403, '', 'invalid_api_key'],
    [404, '{"error":"model \\"small\\" not found, try pulling it first"}', 'model_not_found'],
    [400, '{"error":{"message":"small does not support tools"}}', 'unsupported'],
    [400, '{"detail":"Context too long"}', 'invalid_value'],
    [429, '{"error":{"message":"slow down"}}', 'rate_limit_exceeded'],
    [429, '{"error":{"message":"x","code":"insufficient_quota"}}', 'insufficient_quota'],
    [500, '<html>oops</html>', 'backend_unavailable'],
    [503, '{"error":{"message":"loading http://10.0.0.1/x?key=1"}}', 'backend_unavailable'],
  ])('answers status %i %s with %s and shows no secret', async (status, body, code) => {
    const failed = answer(refuse(status, body), {}, { key: 'sk-secret' })
    await expect(failed).rejects.toMatchObject({ name: 'RealtimeError', code })
    await expect(failed).rejects.not.toThrow(/sk-|10\.0\.0|<html|127\.0\.0\.1/)
  })

  it('throws the error a server sends inside its stream and keeps the text before it', async () => {
    const { url } = await chatServer((response) =>
      stream(response).end(sse(text('Half'), { error: { message: 'out of memory' } })),
    )
    const seen: LanguageModelPart[] = []
    const reading = (async () => {
      for await (const part of openaiChat({ url, model: 'm' }).respond(request())) seen.push(part)
    })()
    await expect(reading).rejects.toMatchObject({
      code: 'backend_unavailable',
      message: expect.stringContaining('out of memory'),
    })
    expect(seen).toEqual([{ type: 'text', text: 'Half' }])
  })

  it('says when the connection is reset or ends in mid-answer', async () => {
    const half = `data: ${JSON.stringify(text('Half'))}\n\n`
    const reset = answer((response) => void stream(response).write(half, () => response.destroy()))
    await expect(reset).rejects.toMatchObject({
      code: 'backend_unavailable',
      message: expect.stringMatching(/broke off/),
    })
    const ended = answer((response) => stream(response).end(half))
    await expect(ended).rejects.toMatchObject({
      code: 'backend_unavailable',
      message: expect.stringMatching(/broke off/),
    })
  })

  it('says when nothing listens, or something else does', async () => {
    const nobody = Array.fromAsync(openaiChat({ url: 'http://127.0.0.1:9', model: 'm' }).respond(request()))
    await expect(nobody).rejects.toMatchObject({
      code: 'backend_unavailable',
      message: expect.stringMatching(/cannot be reached/),
    })
    const webPage = answer((response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html></html>'),
    )
    await expect(webPage).rejects.toMatchObject({
      code: 'backend_unavailable',
      message: expect.stringMatching(/chat endpoint/),
    })
  })

  it('waits neither for a head nor for words for ever', async () => {
    const silent = answer(() => {}, {}, { connectTimeoutMs: 30 })
    await expect(silent).rejects.toMatchObject({
      code: 'backend_unavailable',
      message: expect.stringMatching(/in time/),
    })
    const stalled = answer(
      (response) => void stream(response).write(`data: ${JSON.stringify(text('Half'))}\n\n`),
      {},
      { idleTimeoutMs: 30 },
    )
    await expect(stalled).rejects.toMatchObject({
      code: 'backend_unavailable',
      message: expect.stringMatching(/stopped in the middle/),
    })
  })

  it('closes the connection when it is aborted or no longer read', async () => {
    const half = (response: ServerResponse): void =>
      void stream(response).write(`data: ${JSON.stringify(text('Hi'))}\n\n`)
    const aborted = await chatServer(half)
    const abort = new AbortController()
    const parts = openaiChat({ url: aborted.url, model: 'm' })
      .respond(request({ signal: abort.signal }))
      [Symbol.asyncIterator]()
    await parts.next()
    const next = parts.next()
    abort.abort(new Error('barge-in'))
    await expect(next).rejects.toThrow('barge-in')
    expect(await aborted.closed).toBe('cut')

    const left = await chatServer(half)
    for await (const part of openaiChat({ url: left.url, model: 'm' }).respond(request())) {
      expect(part.type).toBe('text')
      break
    }
    expect(await left.closed).toBe('cut')
  })
})

describe('the address', () => {
  it.each([
    ['', '/v1/chat/completions'],
    ['/', '/v1/chat/completions'],
    ['/v1', '/v1/chat/completions'],
    ['/v1/', '/v1/chat/completions'],
    ['/v1/chat/completions', '/v1/chat/completions'],
    ['/openai/v1?api-version=preview', '/openai/v1/chat/completions?api-version=preview'],
  ])('%j is asked at %s', async (suffix, path) => {
    const { url, requests } = await chatServer((response) => stream(response).end(sse(text('', 'stop'))))
    await Array.fromAsync(openaiChat({ url: url + suffix, model: 'm', key: 'k1' }).respond(request()))
    expect(requests[0]).toMatchObject({ path, headers: { authorization: 'Bearer k1' } })
  })

  it('sends user and password of the address as basic credentials', async () => {
    const { url, requests } = await chatServer((response) => stream(response).end(sse(text('', 'stop'))))
    const withUser = url.replace('//', '//ada:p%40ss@')
    await Array.fromAsync(openaiChat({ url: withUser, model: 'm' }).respond(request()))
    expect(requests[0]?.headers.authorization).toBe(`Basic ${btoa('ada:p@ss')}`)
  })

  it('refuses an address that is none', () => {
    expect(() => openaiChat({ url: 'localhost:11434', model: 'm' })).toThrow(/http:\/\//)
  })
})

describe('listChatModels', () => {
  it('lists the names, and fails like a chat does', async () => {
    const { url, requests } = await chatServer((response) =>
      response.end('{"data":[{"id":"a"},{"id":"b"},{}]}'),
    )
    expect(await listChatModels({ url })).toEqual(['a', 'b'])
    expect(requests[0]?.path).toBe('/v1/models')
    const locked = await chatServer((response) => response.writeHead(401).end('{}'))
    await expect(listChatModels({ url: locked.url })).rejects.toMatchObject({ code: 'invalid_api_key' })
  })
})

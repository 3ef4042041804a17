import type { LanguageModel, LanguageModelPart, LanguageModelRequest } from '../../stages.ts'
import { createChatAnswer } from './chat-answer.ts'
import { chatErrors } from './chat-errors.ts'
import { learnFromRefusal, type ServerHabits, toChatRequest } from './chat-request.ts'
import { type EndpointOptions, openaiEndpoint } from '../http/endpoint.ts'
import { parseComplaint } from '../http/server-errors.ts'
import { createRequestWatch, readEvents, type RequestWatch } from '../http/watch.ts'
import { isRecord, parseJson } from '../http/json-value.ts'

/** Options of `openaiChat`; `url` and `key` are described at `EndpointOptions`. */
export interface OpenAIChatOptions extends EndpointOptions {
  /** Model for requests that name none. */
  readonly model: string
  /** The model looks at images. Default false. */
  readonly images?: boolean
  /** Longest wait for the head of the answer, loading the model included. Default 60,000. */
  readonly connectTimeoutMs?: number
  /** Longest silence inside the answer, before its first word included. Default 30,000. */
  readonly idleTimeoutMs?: number
  readonly fetch?: typeof globalThis.fetch
  /** Makes ids for calls that arrive without one. */
  readonly createCallId?: () => string
}

/** After the reason to stop, only usage and the end mark are due; a server that omits them is not waited for. */
const finishedGraceMs = 500

/**
 * Any endpoint that speaks the OpenAI chat completions protocol: Ollama, Foundry Local, vLLM, llama.cpp, clouds.
 * The iteration throws `RealtimeError` when the server fails and the reason of `signal` when it was aborted;
 * ending it early closes the connection at once. Throws `invalid_value` for an unusable address.
 */
export function openaiChat(options: OpenAIChatOptions): LanguageModel {
  const { model, connectTimeoutMs = 60_000, idleTimeoutMs = 30_000, fetch = globalThis.fetch } = options
  const endpoint = openaiEndpoint(options, 'The language model address')
  const habits: ServerHabits = { reportsUsage: true, tokenLimitField: 'max_tokens' }

  async function* respond(request: LanguageModelRequest): AsyncGenerator<LanguageModelPart> {
    request.signal.throwIfAborted()
    const watch = createRequestWatch(request.signal, chatErrors)
    const answer = createChatAnswer(options.createCallId)
    let [anyChunk, endMark] = [false, false]
    try {
      const response = await open(request, watch)
      const silenceMs = (): number =>
        answer.finished ? Math.min(idleTimeoutMs, finishedGraceMs) : idleTimeoutMs
      for await (const data of readEvents(response, watch, silenceMs)) {
        endMark = data.trim() === '[DONE]'
        if (endMark) break
        yield* answer.push(parseChunk(data))
        anyChunk = true
      }
    } catch (error) {
      if (!answer.finished || request.signal.aborted) throw error
    } finally {
      watch.close()
    }
    if (!answer.finished && !endMark) throw chatErrors.connection(anyChunk ? 'broken' : 'garbled')
    yield* answer.end()
  }

  function parseChunk(data: string): unknown {
    const chunk = parseJson(data)
    if (!isRecord(chunk)) throw chatErrors.connection('garbled')
    if (chunk['error'] === undefined || chunk['error'] === null) return chunk
    throw chatErrors.complaint(200, parseComplaint(chunk), endpoint.redact)
  }

  async function open(request: LanguageModelRequest, watch: RequestWatch): Promise<Response> {
    const tried = new Set<string>()
    for (;;) {
      const body = JSON.stringify(toChatRequest(request, request.model ?? model, habits))
      const address = endpoint.address('chat/completions')
      const response = await watch.within(connectTimeoutMs, 'no_answer', () =>
        fetch(address, {
          method: 'POST',
          headers: { ...endpoint.headers, ...json },
          body,
          signal: watch.signal,
        }),
      )
      if (response.ok) return response
      const refusal = await watch.within(connectTimeoutMs, 'no_answer', () => response.text())
      if (!learnFromRefusal(habits, refusal, tried)) {
        throw chatErrors.complaint(response.status, parseComplaint(refusal), endpoint.redact)
      }
    }
  }

  return { name: 'openai-chat', tools: true, images: options.images ?? false, temperature: true, respond }
}

const json = { 'content-type': 'application/json', accept: 'text/event-stream, application/json' } as const

import { type EndpointOptions, openaiEndpoint } from '../http/endpoint.ts'
import { isRecord, parseJson, stringOf } from '../http/json-value.ts'
import { parseComplaint } from '../http/server-errors.ts'
import { createRequestWatch } from '../http/watch.ts'
import { chatErrors } from './chat-errors.ts'

/** Options of `listChatModels`. */
export interface ListChatModelsOptions extends EndpointOptions {
  readonly signal?: AbortSignal
  /** Longest wait for the whole answer. Default 5,000. */
  readonly timeoutMs?: number
  readonly fetch?: typeof globalThis.fetch
}

/**
 * Names of the models a server offers (`GET /models`), for readiness checks. Rejects with the errors of
 * `openaiChat`; a server without this resource gives `model_not_found`.
 */
export async function listChatModels(options: ListChatModelsOptions): Promise<readonly string[]> {
  const { timeoutMs = 5_000, fetch = globalThis.fetch, signal = new AbortController().signal } = options
  const endpoint = openaiEndpoint(options, 'The language model address')
  const watch = createRequestWatch(signal, chatErrors)
  try {
    const { status, ok, text } = await watch.within(timeoutMs, 'no_answer', async () => {
      const response = await fetch(endpoint.address('models'), {
        headers: endpoint.headers,
        signal: watch.signal,
      })
      return { status: response.status, ok: response.ok, text: await response.text() }
    })
    if (!ok) throw chatErrors.complaint(status, parseComplaint(text), endpoint.redact)
    const list = parseJson(text)
    const models: unknown = isRecord(list) ? list['data'] : undefined
    return Array.isArray(models) ? models.filter(isRecord).flatMap(({ id }) => stringOf(id) || []) : []
  } finally {
    watch.close()
  }
}

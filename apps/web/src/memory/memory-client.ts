import type { ContextReport, Item } from '@parley/core'
import type { Settings } from '../session/settings.ts'
import { GatewayError, gatewayPath, json, request } from '../gateway-request.ts'

/** A short statement that is told to every backend. */
export interface Fact {
  readonly id: string
  readonly text: string
}

/** What a backend would be told. */
export interface ContextPreview {
  readonly report: ContextReport
  readonly items: readonly Item[]
  readonly instructions: string | undefined
  readonly summary: { readonly text: string; readonly by: string } | undefined
}

/** Which backend, and how; an empty strategy and a budget of 0 leave it to the gateway. */
export interface PreviewQuery {
  readonly backend: string
  readonly strategy: Settings['contextStrategy']
  readonly budget: number
  /** Empty for nobody. */
  readonly person: string
}

/** A list of facts with what can be done to it; each method rejects with `GatewayError`. */
export interface FactList {
  list(): Promise<readonly Fact[]>
  add(text: string): Promise<void>
  change(fact: Fact): Promise<void>
  remove(id: string): Promise<void>
}

/** What the gateway remembers, over REST. Every method rejects with `GatewayError`. */
export interface MemoryClient {
  preview(id: string, query: PreviewQuery, signal: AbortSignal): Promise<ContextPreview>
  /** Pinned to a conversation. */
  pinned(id: string): FactList
  /** Known of a person. */
  person(name: string): FactList & { removeAll(): Promise<void> }
  /** Has the conversation deleted so long after its last words; `null` keeps it for ever. */
  setRetention(id: string, seconds: number | null): Promise<void>
  /** A new conversation with everything up to this item; gives its id. */
  fork(id: string, itemId: string): Promise<string>
  /** Takes in what an export gave; gives the id. */
  importConversation(file: Blob): Promise<string>
  /** Kept sound of an item, `undefined` where there is none. */
  soundOf(id: string, itemId: string, contentIndex: number): Promise<Blob | undefined>
}

/** A client for the gateway at `base`. */
export function memoryClient(base: string): MemoryClient {
  const path = (...parts: readonly string[]): string => gatewayPath(base, ...parts)
  const send = (method: 'POST' | 'PUT' | 'PATCH', body: unknown): RequestInit => ({
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const factList = (...parts: readonly string[]): FactList => ({
    list: async () => (await json<{ data: readonly Fact[] }>(path(...parts))).data,
    add: async (text) => void (await request(path(...parts), send('POST', { text }))),
    change: async ({ id, text }) => void (await request(path(...parts, id), send('PATCH', { text }))),
    remove: async (id) => void (await request(path(...parts, id), { method: 'DELETE' })),
  })
  const conversation = (id: string, ...parts: readonly string[]): string =>
    path('conversations', id, ...parts)
  return {
    preview(id, query, signal) {
      const { backend, strategy, budget, person } = query
      const set = new URLSearchParams({
        backend,
        ...(strategy !== '' && { strategy }),
        ...(budget !== 0 && { budget: String(budget) }),
        ...(person !== '' && { person }),
      })
      return json(`${conversation(id, 'context')}?${set}`, { signal })
    },
    pinned: (id) => factList('conversations', id, 'facts'),
    person: (name) => ({
      ...factList('people', name, 'facts'),
      removeAll: async () => void (await request(path('people', name, 'facts'), { method: 'DELETE' })),
    }),
    async setRetention(id, seconds) {
      await request(conversation(id, 'retention'), send('PUT', { seconds }))
    },
    fork: async (id, itemId) =>
      (await json<{ id: string }>(conversation(id, 'fork'), send('POST', { item_id: itemId }))).id,
    async importConversation(file) {
      const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: file }
      return (await json<{ id: string }>(path('conversations', 'import'), init)).id
    },
    async soundOf(id, itemId, contentIndex) {
      try {
        return await (await request(conversation(id, 'audio', itemId, String(contentIndex)))).blob()
      } catch (error) {
        if (error instanceof GatewayError && error.status === 404) return undefined
        throw error
      }
    },
  }
}

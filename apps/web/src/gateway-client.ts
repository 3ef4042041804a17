import type { Capabilities, Item, VoiceCapability } from '@parley/core'
import { gatewayPath, json, request } from './gateway-request.ts'

/** One backend of the gateway. */
export interface Backend {
  readonly name: string
  readonly default: boolean
  readonly capabilities: Capabilities
}

/** A backend that lacks a setting. */
export interface UnavailableBackend {
  readonly name: string
  readonly title: string
  /** The variable that turns it on. */
  readonly setting: string
  /** What to do, in a sentence. */
  readonly help: string
}

/** What the gateway has behind it. */
export interface BackendList {
  /** True where it may remember facts about people. */
  readonly people: boolean
  readonly backends: readonly Backend[]
  readonly unavailable: readonly UnavailableBackend[]
}

/** What to look for among the voices of a backend; empty strings look for nothing. */
export interface VoiceQuery {
  readonly backend: string
  readonly text: string
  /** BCP 47 tag or its beginning. */
  readonly language: string
  readonly gender: string
  readonly kind: string
}

/** Some of the voices found. */
export interface VoicePage {
  readonly voices: readonly VoiceCapability[]
  /** How many were found in all. */
  readonly total: number
  /** Cursor of the page behind this one. */
  readonly next: string | null
  /** `loading`: the backend is still telling its list; `needs_key`: it wants a key for that. */
  readonly state: 'ready' | 'loading' | 'needs_key' | 'failed'
  readonly progress: { readonly received: number; readonly total: number | null } | null
  /** What to do where the list is not ready. */
  readonly help: string | null
  /** The backend can speak a sentence outside of a session. */
  readonly samples: boolean
}

/** One row of the list of conversations; times are Unix ms. */
export interface ConversationSummary {
  readonly id: string
  readonly revision: number
  readonly createdAt: number
  readonly updatedAt: number
  readonly itemCount: number
  readonly title: string
}

/** A stored conversation with its items in order. */
export interface StoredConversation {
  readonly id: string
  readonly revision: number
  /** Deleted so long after its last words; absent for one that is kept for ever. */
  readonly retentionSeconds?: number
  /** Answers with who gave them. */
  readonly responses?: readonly StoredResponse[]
  /** What happened to its sessions. */
  readonly life?: readonly StoredLife[]
  /** Sound that is kept. */
  readonly audio?: readonly { readonly itemId: string; readonly contentIndex: number }[]
  readonly items: readonly {
    readonly item: Item
    readonly at: number
    /** Set when the answer was cut off. */
    readonly heard?: { readonly audioEndMs: number; readonly transcript: string }
  }[]
}

/** One answer of a stored conversation. */
export interface StoredResponse {
  /** Unix ms. */
  readonly at: number
  readonly responseId: string
  readonly itemIds?: readonly string[]
  readonly status: 'completed' | 'cancelled' | 'incomplete' | 'failed'
  readonly backend: string
  readonly model?: string
  /** As the backend counts it. */
  readonly usage?: Readonly<Record<string, unknown>> | undefined
}

/** Something that happened to a session of a stored conversation. */
export interface StoredLife {
  /** Unix ms. */
  readonly at: number
  /** One of the events of a session's life. */
  readonly event: string
  readonly backend?: string
  readonly model?: string
  /** An error code, the reason of a migration, or where it was forked or imported from. */
  readonly detail?: string
}

/** One recorded session. */
export interface CassetteSummary {
  readonly id: string
  readonly title?: string
  readonly backend: string
  /** ISO 8601. */
  readonly startedAt: string
  readonly durationMs: number
  readonly bytes: number
  /** False for a recording that goes on, or was cut off. */
  readonly complete: boolean
}

/** One model that can be downloaded. */
export interface Download {
  readonly id: string
  readonly title: string
  readonly purpose: 'recognition' | 'speech'
  readonly languages: readonly string[]
  readonly licence: string
  /** Page that shows origin and licence. */
  readonly source: string
  readonly totalBytes: number
  readonly doneBytes: number
  readonly status: 'absent' | 'downloading' | 'ready' | 'failed'
  readonly error?: string
}

/** What a conversation can be exported as. */
export type ExportFormat = 'json' | 'markdown' | 'html'

/** The gateway's REST interface. Every method rejects with `GatewayError`. */
export interface GatewayClient {
  backends(): Promise<BackendList>
  /** One backend with what it can do with `model`. */
  backend(name: string, model: string): Promise<Backend>
  /** Voices that fit, from `cursor` on, at most `limit` of them. */
  voices(
    query: VoiceQuery,
    page: { readonly cursor: string | undefined; readonly limit: number; readonly signal: AbortSignal },
  ): Promise<VoicePage>
  /** A sentence spoken by a voice. */
  voiceSample(
    sample: { readonly backend: string; readonly voice: string; readonly language: string },
    signal: AbortSignal,
  ): Promise<Blob>
  conversations(
    after?: string,
  ): Promise<{ data: readonly ConversationSummary[]; cursor?: string | undefined }>
  conversation(id: string): Promise<StoredConversation>
  deleteConversation(id: string): Promise<void>
  /** The whole conversation as a file; its own words are in this language, its times in the zone of this device. */
  exportConversation(id: string, format: ExportFormat, language: string): Promise<Blob>
  cassettes(): Promise<readonly CassetteSummary[]>
  /** The whole recording as a file. */
  cassette(id: string): Promise<Blob>
  deleteCassette(id: string): Promise<void>
  downloads(): Promise<readonly Download[]>
  /** Starts a download, or takes up one that stopped. */
  startDownload(id: string): Promise<void>
  cancelDownload(id: string): Promise<void>
  /** Reports every change until `signal` aborts or the download is over. */
  watchDownload(id: string, onChange: (download: Download) => void, signal: AbortSignal): Promise<void>
}

/** A client for the gateway at `base`: its origin, or the path of the proxy that holds the key. */
export function gatewayClient(base: string): GatewayClient {
  const path = (...parts: readonly string[]): string => gatewayPath(base, ...parts)
  return {
    async backends() {
      const list = await json<Partial<BackendList>>(path('backends'))
      return { people: false, backends: [], unavailable: [], ...list }
    },
    backend: (name, model) => json(`${path('backends', name)}?${new URLSearchParams({ model })}`),
    voices({ backend, text, language, gender, kind }, { cursor, limit, signal }) {
      const asked = { backend, q: text.trim(), language, gender, kind, cursor: cursor ?? '' }
      const set = Object.entries(asked).filter(([, value]) => value !== '')
      return json(`${path('voices')}?${new URLSearchParams([...set, ['limit', String(limit)]])}`, { signal })
    },
    async voiceSample(sample, signal) {
      const set = Object.entries(sample).filter(([, value]) => value !== '')
      return (await request(`${path('voices', 'sample')}?${new URLSearchParams(set)}`, { signal })).blob()
    },
    conversations: (after) =>
      json(
        `${path('conversations')}?limit=30${after === undefined ? '' : `&after=${encodeURIComponent(after)}`}`,
      ),
    conversation: (id) => json(path('conversations', id)),
    async deleteConversation(id) {
      await request(path('conversations', id), { method: 'DELETE' })
    },
    async exportConversation(id, format, language) {
      const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
      const query = new URLSearchParams({
        format,
        ...(format !== 'json' && { language, time_zone: timeZone }),
      })
      return (await request(`${path('conversations', id, 'export')}?${query}`)).blob()
    },
    async cassettes() {
      return (await json<{ data: readonly CassetteSummary[] }>(path('cassettes'))).data
    },
    cassette: async (id) => (await request(path('cassettes', id))).blob(),
    async deleteCassette(id) {
      await request(path('cassettes', id), { method: 'DELETE' })
    },
    async downloads() {
      return (await json<{ data: readonly Download[] }>(path('downloads'))).data
    },
    async startDownload(id) {
      await request(path('downloads', id), { method: 'POST' })
    },
    async cancelDownload(id) {
      await request(path('downloads', id), { method: 'DELETE' })
    },
    async watchDownload(id, onChange, signal) {
      const response = await request(path('downloads', id, 'events'), { signal })
      for await (const data of serverSentData(response)) {
        const download: Download = JSON.parse(data)
        onChange(download)
        if (download.status !== 'downloading') return
      }
    },
  }
}

/** The `data` of each server-sent event; comments and other fields are skipped. */
async function* serverSentData(response: Response): AsyncGenerator<string> {
  const lines = response.body?.pipeThrough(new TextDecoderStream()) ?? new ReadableStream<string>()
  const reader = lines.getReader()
  let buffer = ''
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      buffer += value.replaceAll('\r\n', '\n')
      const blocks = buffer.split('\n\n')
      buffer = blocks.pop() ?? ''
      for (const block of blocks) {
        const data = block
          .split('\n')
          .flatMap((line) => (line.startsWith('data:') ? line.slice(5).trim() : []))
        if (data.length > 0) yield data.join('\n')
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

import { bytesToBase64 } from '@parley/audio'
import { AudioPayload } from '../../../events/audio-payload.ts'
import type { ClientEvent } from '../../../events/client-events.ts'
import type { ServerEvent } from '../../../events/server-events.ts'
import type { RealtimeSessionConfig } from '../../../events/session-config.ts'
import {
  geminiUpstream,
  type GeminiUpstream,
  type GeminiUpstreamOptions,
} from '../../../testing/upstream/gemini-upstream.ts'
import type { ProviderChannel } from '../../provider.ts'
import { geminiLive, type GeminiLiveOptions } from '../gemini-live.ts'

type EventOf<Type extends ServerEvent['type']> = Extract<ServerEvent, { type: Type }>

/** A session between a test and the scripted upstream. */
export interface Call extends AsyncDisposable {
  readonly upstream: GeminiUpstream
  readonly channel: ProviderChannel
  /** Every event read so far. */
  readonly events: readonly ServerEvent[]
  send(event: ClientEvent): void
  configure(session?: Partial<RealtimeSessionConfig>): void
  write(text: string, id?: string): void
  respond(): void
  /** Half a second of a tone, then a second of silence; `silence: false` leaves the turn open. */
  speak(options?: { readonly silence?: boolean }): void
  /** The next event of a type that `next` has not given yet; fails when the session ends before it. */
  next<Type extends ServerEvent['type']>(type: Type): Promise<EventOf<Type>>
  /** Types of the events from the last one of `type` on, runs of one type joined. */
  typesSince(type: ServerEvent['type']): readonly string[]
  /** Reads to the end; the error that the iteration threw, if any. */
  end(): Promise<unknown>
}

/** How a call is made. */
export interface CallOptions {
  readonly upstream?: Partial<GeminiUpstreamOptions>
  readonly provider?: Partial<GeminiLiveOptions>
}

/** Starts an upstream and dials it. */
export async function startCall(options: CallOptions = {}): Promise<Call> {
  const upstream = await geminiUpstream({ key: 'secret-key', deltaIntervalMs: 2, ...options.upstream })
  const provider = geminiLive({
    apiKey: 'secret-key',
    baseUrl: upstream.url,
    reconnect: { attempts: 3, delayMs: 5 },
    ...options.provider,
  })
  const channel = await provider.connect({ model: undefined, signal: AbortSignal.timeout(20_000) })
  const iterator = channel[Symbol.asyncIterator]()
  const events: ServerEvent[] = []
  const given = new Set<ServerEvent>()

  function send(event: ClientEvent): void {
    channel.send(event)
  }

  async function read(): Promise<boolean> {
    const { done, value } = await iterator.next()
    if (!done) events.push(value)
    return !done
  }

  return {
    upstream,
    channel,
    events,
    send,
    configure(session = {}) {
      send({ type: 'session.update', event_id: 'c_update', session: { type: 'realtime', ...session } })
    },
    write(text, id) {
      const content = [{ type: 'input_text' as const, text }]
      const item = { type: 'message' as const, role: 'user' as const, content, ...(id === undefined ? {} : { id }) }
      send({ type: 'conversation.item.create', item })
    },
    respond() {
      send({ type: 'response.create', event_id: 'c_respond' })
    },
    speak({ silence = true } = {}) {
      for (const chunk of [...tone(25), ...(silence ? quiet(50) : [])]) {
        send({ type: 'input_audio_buffer.append', audio: chunk })
      }
    },
    async next(type) {
      for (;;) {
        const found = events.find((event) => event.type === type && !given.has(event))
        if (found) {
          given.add(found)
          // Found by its type.
          return found as EventOf<typeof type>
        }
        // oxlint-disable-next-line no-await-in-loop
        if (!(await read())) throw new Error(`The session ended without ${type}.`)
      }
    },
    typesSince(type) {
      const from = events.findLastIndex((event) => event.type === type)
      return events
        .slice(from)
        .map((event) => event.type)
        .filter((name, index, names) => name !== names[index - 1])
    },
    async end() {
      try {
        // oxlint-disable-next-line no-await-in-loop
        while (await read());
        return undefined
      } catch (error) {
        return error
      }
    },
    async [Symbol.asyncDispose]() {
      await channel.close()
      await upstream[Symbol.asyncDispose]()
    },
  }
}

const chunkSamples = 320

/** Chunks of 20 ms at 16 kHz. */
function tone(count: number): readonly AudioPayload[] {
  return chunks(count, (at) => 8000 * Math.sin((2 * Math.PI * 440 * at) / 16_000))
}

function quiet(count: number): readonly AudioPayload[] {
  return chunks(count, () => 0)
}

function chunks(count: number, sample: (at: number) => number): readonly AudioPayload[] {
  return Array.from({ length: count }, (_, chunk) => {
    const samples = Int16Array.from({ length: chunkSamples }, (_sample, at) => sample(chunk * chunkSamples + at))
    return AudioPayload.fromBase64(bytesToBase64(new Uint8Array(samples.buffer)))
  })
}

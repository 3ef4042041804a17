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
import type { GeminiAccess } from '../endpoint.ts'
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
  write(text: string): void
  respond(): void
  /** Writes a text and gives the words of the answer. */
  ask(text: string): Promise<string>
  /** The messages of one kind that the upstream got. */
  received(kind: string): readonly unknown[]
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
  readonly access?: GeminiAccess
}

/** Starts an upstream and dials it. */
export async function startCall(options: CallOptions = {}): Promise<Call> {
  const upstream = await geminiUpstream({ key: 'secret-key', deltaIntervalMs: 2, ...options.upstream })
  const provider = geminiLive({
    ...(options.access ?? { apiKey: 'secret-key' }),
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

  function write(text: string): void {
    const content = [{ type: 'input_text' as const, text }]
    send({ type: 'conversation.item.create', item: { type: 'message', role: 'user', content } })
  }

  function respond(): void {
    send({ type: 'response.create', event_id: 'c_respond' })
  }

  async function read(): Promise<boolean> {
    const { done, value } = await iterator.next()
    if (!done) events.push(value)
    return !done
  }

  async function next<Type extends ServerEvent['type']>(type: Type): Promise<EventOf<Type>> {
    for (;;) {
      const found = events.find((event) => event.type === type && !given.has(event))
      if (found) {
        given.add(found)
        // Found by its type.
        return found as EventOf<Type>
      }
      // Events come one after the other.
      // oxlint-disable-next-line no-await-in-loop
      if (!(await read())) throw new Error(`The session ended without ${type}.`)
    }
  }

  return {
    upstream,
    channel,
    events,
    send,
    next,
    write,
    respond,
    async ask(text) {
      write(text)
      respond()
      return wordsOf((await next('response.done')).response)
    },
    received: (kind) =>
      upstream.received.flatMap((message) =>
        typeof message === 'object' && message !== null && kind in message ? [Reflect.get(message, kind)] : [],
      ),
    configure(session = {}) {
      const { audio, ...rest } = session
      const input = { format: { type: 'audio/pcm' as const, rate: 16_000 }, ...audio?.input }
      const update = { type: 'realtime' as const, ...rest, audio: { ...audio, input } }
      send({ type: 'session.update', event_id: 'c_update', session: update })
    },
    speak({ silence = true } = {}) {
      for (const chunk of [...tone(25), ...(silence ? quiet(50) : [])]) {
        send({ type: 'input_audio_buffer.append', audio: chunk })
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
        // Events come one after the other.
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

/** What the assistant said in a response. */
export function wordsOf(response: EventOf<'response.done'>['response']): string {
  return (response.output ?? [])
    .flatMap((item) => (item.type === 'message' && item.role === 'assistant' ? item.content : []))
    .map((part) => (part.type === 'output_text' ? part.text : (part.transcript ?? '')))
    .join('')
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

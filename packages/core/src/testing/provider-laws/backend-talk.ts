import { RealtimeError } from '../../errors.ts'
import { AudioPayload } from '../../events/audio-payload.ts'
import type { ClientEvent } from '../../events/client-events.ts'
import type { Item } from '../../events/items.ts'
import type { ResponseCreateParams } from '../../events/response.ts'
import type { ResponseDone, ServerEvent, SessionUpdated } from '../../events/server-events.ts'
import type { RealtimeSessionConfig } from '../../events/session-config.ts'
import type { ConnectRequest, Provider, ProviderChannel } from '../../providers/provider.ts'

/** How long an event may stay away before a law counts as broken, in ms. */
const patienceMs = 4000

/** What a change of the session came to: the effective session, or why it was refused. */
export type Updated =
  | { readonly session: SessionUpdated['session']; readonly refused: undefined }
  | { readonly session: undefined; readonly refused: string }

/** What asking for a response came to. */
export type Answered =
  | { readonly response: ResponseDone['response']; readonly text: string; readonly refused: undefined }
  | { readonly response: undefined; readonly text: undefined; readonly refused: string }

/** A conversation with a backend, event by event. */
export interface BackendTalk extends AsyncDisposable {
  /** Everything heard so far. */
  readonly events: readonly ServerEvent[]
  send(event: ClientEvent): void
  /** Reads up to the first event of one of these types. */
  next<Type extends ServerEvent['type']>(...types: readonly Type[]): Promise<ServerEvent & { type: Type }>
  /** Rejects with the error of the channel, or when it ends without one. */
  untilBroken(): Promise<RealtimeError>
  update(session: Omit<RealtimeSessionConfig, 'type'>): Promise<Updated>
  add(item: Item): void
  /** Asks for a response, after a message of the user when there is a text. */
  ask(text: string | undefined, response?: ResponseCreateParams): Promise<Answered>
  append(bytes: Uint8Array): void
}

/** Connects to a backend; leaving the scope closes the connection. */
export async function talkTo(
  provider: Provider,
  request: Partial<ConnectRequest> = {},
): Promise<BackendTalk> {
  const signal = new AbortController().signal
  const channel = await provider.connect({ model: undefined, signal, ...request })
  return overChannel(channel)
}

function overChannel(channel: ProviderChannel): BackendTalk {
  const events: ServerEvent[] = []
  const iterator = channel[Symbol.asyncIterator]()

  async function read(): Promise<ServerEvent | undefined> {
    const { done, value } = await patiently(iterator.next(), 'any event')
    if (done) return undefined
    events.push(value)
    return value
  }
  async function next<Type extends ServerEvent['type']>(
    ...types: readonly Type[]
  ): Promise<ServerEvent & { type: Type }> {
    const isWanted = (event: ServerEvent): event is ServerEvent & { type: Type } =>
      types.some((type) => type === event.type)
    for (;;) {
      // Events come one after the other.
      // oxlint-disable-next-line no-await-in-loop
      const event = await read()
      if (event === undefined) throw new Error(`The channel ended before ${types.join(' or ')}.`)
      if (isWanted(event)) return event
    }
  }
  /** What the codec refuses to say counts as refused by the backend. */
  function trySend(event: ClientEvent): string | undefined {
    try {
      channel.send(event)
      return undefined
    } catch (error) {
      if (error instanceof RealtimeError) return error.message
      throw error
    }
  }

  return {
    events,
    send: (event) => channel.send(event),
    next,
    async untilBroken() {
      try {
        while ((await read()) !== undefined);
      } catch (error) {
        if (error instanceof RealtimeError) return error
        throw error
      }
      throw new Error('The channel ended without an error.')
    },
    async update(session) {
      const unsaid = trySend({ type: 'session.update', session: { type: 'realtime', ...session } })
      if (unsaid !== undefined) return { session: undefined, refused: unsaid }
      const event = await next('session.updated', 'error')
      return event.type === 'error'
        ? { session: undefined, refused: event.error.message }
        : { session: event.session, refused: undefined }
    },
    add: (item) => channel.send({ type: 'conversation.item.create', item }),
    async ask(text, response) {
      if (text !== undefined) channel.send({ type: 'conversation.item.create', item: userSays(text) })
      const unsaid = trySend({ type: 'response.create', ...(response === undefined ? {} : { response }) })
      if (unsaid !== undefined) return { response: undefined, text: undefined, refused: unsaid }
      const event = await next('response.done', 'error')
      return event.type === 'error'
        ? { response: undefined, text: undefined, refused: event.error.message }
        : { response: event.response, text: textOf(event.response), refused: undefined }
    },
    append: (bytes) =>
      channel.send({ type: 'input_audio_buffer.append', audio: AudioPayload.fromBytes(bytes) }),
    [Symbol.asyncDispose]: () => channel.close(),
  }
}

/** A message of the user. */
export function userSays(text: string): Item {
  return { type: 'message', role: 'user', content: [{ type: 'input_text', text }] }
}

/** What the assistant said in a response, spoken or written. */
function textOf(response: ResponseDone['response']): string {
  return (response.output ?? [])
    .flatMap((item) => (item.type === 'message' && item.role === 'assistant' ? item.content : []))
    .map((part) => (part.type === 'output_text' ? part.text : (part.transcript ?? '')))
    .join('')
}

async function patiently<T>(work: Promise<T>, what: string): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error(`Waited in vain for ${what}.`)), patienceMs)
  try {
    return await Promise.race([work, late.promise])
  } finally {
    clearTimeout(timer)
  }
}

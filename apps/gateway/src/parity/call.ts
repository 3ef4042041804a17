import { bytesToBase64, float32ToPcm16 } from '@parley/audio'
import { tone } from '@parley/audio/signals'
import { WebSocket } from 'ws'
import type { CallSettings, Wire } from './wire.ts'

/** An event as it is on the client's wire. */
export type WireEvent = Readonly<Record<string, unknown>> & { readonly type: string }

/** The gateway answered with an `error` event while the scenario waited for something else. */
export class Refused extends Error {
  readonly code: string
  readonly param: string | undefined

  constructor({ code, message, param }: { code?: string; message?: string; param?: string | null }) {
    super(message ?? 'refused')
    this.code = code ?? ''
    this.param = param ?? undefined
  }
}

/** One finished answer. */
export interface Answer {
  readonly status: string
  /** Words, spoken or written. */
  readonly text: string
  /** Bytes of sound. */
  readonly soundBytes: number
  readonly itemId: string
  readonly calls: readonly { readonly name: string; readonly callId: string; readonly arguments: string }[]
}

/** A client on the line. Waiting goes forward through what was received; nothing is waited for twice. */
export interface Call extends Disposable {
  readonly wire: Wire
  readonly warnings: readonly string[]
  send(event: object): void
  /** The next event with this GA name; throws `Refused` when an error comes first. */
  until(gaName: string, matches?: (event: WireEvent) => boolean): Promise<WireEvent>
  /** What the user was understood to say first, received already or not yet. */
  transcript(): Promise<string>
  /** The next error. */
  error(): Promise<Refused>
  update(settings: CallSettings): Promise<WireEvent>
  /** Adds an item and waits until it stands; gives its id. */
  add(item: object): Promise<string>
  addText(text: string): Promise<string>
  respond(response?: object): void
  /** The whole answer that comes next. */
  answer(): Promise<Answer>
  say(text: string): Promise<Answer>
  /** Sends a voice of `ms` and then the quiet that ends a turn; without quiet for push to talk. */
  speak(ms: number, quietMs?: number): void
  /** Sends quiet in real time until it is disposed. */
  openMicrophone(): Disposable
  /** Resolves with the close code. */
  readonly closed: Promise<number>
}

const waitMs = 10_000

/** Dials the gateway; `conversation` continues an earlier one. Resolves after `session.created`. */
export async function dial(
  url: string,
  wire: Wire,
  {
    backend,
    conversation,
    intent = 'conversation',
  }: {
    readonly backend: string
    readonly conversation: string
    readonly intent?: 'conversation' | 'transcription'
  },
): Promise<Call> {
  const query = `&backend=${backend}&conversation=${conversation}`
  const address = `${url.replace(/^http/, 'ws')}${wire.path(intent)}${query}`
  const socket = new WebSocket(address, { headers: wire.headers })
  const events: WireEvent[] = []
  const closed = Promise.withResolvers<number>()
  let arrived = Promise.withResolvers<void>()
  let cursor = 0
  let over: string | undefined

  socket.on('message', (data) => {
    // Checked by the assertions of the scenarios.
    events.push(JSON.parse((data as Buffer).toString()) as WireEvent)
    arrived.resolve()
    arrived = Promise.withResolvers()
  })
  socket.on('unexpected-response', (_request, response) => {
    over = `The gateway refused the upgrade with ${response.statusCode}.`
    response.resume()
    socket.terminate()
  })
  socket.on('error', () => undefined)
  socket.on('close', (code, reason) => {
    over ??= `The socket closed with ${code} ${String(reason)}.`
    closed.resolve(code)
    arrived.resolve()
    arrived = Promise.withResolvers()
  })

  async function eventAt(index: number): Promise<WireEvent> {
    for (;;) {
      const event = events[index]
      if (event) return event
      if (over !== undefined) throw new Error(over)
      using late = deadline(waitMs)
      if ((await Promise.race([arrived.promise, late.passed])) === 'late') {
        const types = events.slice(-8).map(({ type }) => type)
        throw new Error(`Nothing more within ${waitMs} ms. Last events: ${types.join(', ')}.`)
      }
    }
  }

  async function take(): Promise<WireEvent> {
    const event = await eventAt(cursor)
    cursor += 1
    return event
  }

  function refusalOf(event: WireEvent): Refused {
    return new Refused(event['error'] as { code?: string; message?: string; param?: string | null })
  }

  const call: Call = {
    wire,
    closed: closed.promise,
    get warnings() {
      return events
        .filter(({ type }) => type === 'warning')
        .map((event) => String((event['warning'] as { message?: unknown }).message))
    },
    send: (event) => socket.send(JSON.stringify(event)),
    async until(gaName, matches = () => true) {
      const name = wire.eventName(gaName)
      for (;;) {
        const event = await take()
        if (event.type === name && matches(event)) return event
        if (event.type === 'error') throw refusalOf(event)
      }
    },
    async transcript() {
      for (let index = 0; ; index += 1) {
        const event = await eventAt(index)
        if (event.type !== 'conversation.item.input_audio_transcription.completed') continue
        return String(event['transcript'])
      }
    },
    async error() {
      for (;;) {
        const event = await take()
        if (event.type === 'error') return refusalOf(event)
      }
    },
    async update(settings) {
      call.send(wire.update(settings))
      return await call.until('session.updated')
    },
    async add(item) {
      call.send({ type: 'conversation.item.create', item })
      const event = await call.until('conversation.item.added')
      return String((event['item'] as { id?: unknown }).id)
    },
    addText: (text) => call.add({ type: 'message', role: 'user', content: [{ type: 'input_text', text }] }),
    respond(response) {
      call.send(response ? { type: 'response.create', response } : { type: 'response.create' })
    },
    async answer() {
      return await readAnswer(call, take, refusalOf)
    },
    async say(text) {
      await call.addText(text)
      call.respond()
      return await call.answer()
    },
    speak(ms, quietMs = 900) {
      for (const chunk of speechChunks(ms, quietMs)) {
        socket.send(`{"type":"input_audio_buffer.append","audio":"${chunk}"}`)
      }
    },
    openMicrophone() {
      const timer = setInterval(() => call.speak(0, chunkMs), chunkMs)
      return { [Symbol.dispose]: () => clearInterval(timer) }
    },
    [Symbol.dispose]() {
      socket.terminate()
    },
  }
  await call.until('session.created')
  return call
}

function deadline(ms: number): Disposable & { readonly passed: Promise<'late'> } {
  const { promise: passed, resolve } = Promise.withResolvers<'late'>()
  const timer = setTimeout(() => resolve('late'), ms)
  return { passed, [Symbol.dispose]: () => clearTimeout(timer) }
}

async function readAnswer(
  { wire }: Call,
  take: () => Promise<WireEvent>,
  refusalOf: (event: WireEvent) => Refused,
): Promise<Answer> {
  const text: string[] = []
  const calls: { name: string; callId: string; arguments: string }[] = []
  let [soundBytes, itemId, responseId] = [0, '', '']
  for (;;) {
    const event = await take()
    if (event.type === 'error') throw refusalOf(event)
    if (event.type === 'response.created' && responseId === '') {
      responseId = String((event['response'] as { id?: unknown }).id)
      continue
    }
    const of = event['response_id'] ?? (event['response'] as { id?: unknown } | undefined)?.id
    if (responseId === '' || of !== responseId) continue
    const is = (gaName: string): boolean => event.type === wire.eventName(gaName)
    if (is('response.output_text.delta') || is('response.output_audio_transcript.delta')) {
      text.push(String(event['delta']))
      itemId = String(event['item_id'])
    } else if (is('response.output_audio.delta')) {
      soundBytes += Buffer.from(String(event['delta']), 'base64').byteLength
    } else if (is('response.output_item.done')) {
      const item = event['item'] as Readonly<Record<string, unknown>>
      if (item['type'] === 'function_call') {
        calls.push({
          name: String(item['name']),
          callId: String(item['call_id']),
          arguments: String(item['arguments']),
        })
      }
    } else if (is('response.done')) {
      const { status } = event['response'] as { status?: unknown }
      return { status: String(status), text: text.join(''), soundBytes, itemId, calls }
    }
  }
}

const chunkMs = 40
const sampleRate = 24_000
const frequency = 220

/** A voice-like tone and then quiet as base64 PCM (16 bit, 24 kHz) in pieces of 40 ms. */
function* speechChunks(ms: number, quietMs: number): Iterable<string> {
  const total = Math.ceil((ms + quietMs) / chunkMs)
  for (let chunk = 0; chunk < total; chunk += 1) {
    const amplitude = chunk * chunkMs < ms ? 0.37 : 0
    const phase = (2 * Math.PI * frequency * chunk * chunkMs) / 1000
    const samples = tone({ frequency, sampleRate, length: (sampleRate * chunkMs) / 1000, amplitude, phase })
    yield bytesToBase64(float32ToPcm16(samples))
  }
}

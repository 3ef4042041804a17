import { isAboutConnection, mergeSettings } from './events.ts'
import type { ClientEventJson, ServerEventJson } from './events.ts'
import { createSentEvents } from './sent-events.ts'

/** What a received event means for the connection. */
export interface Reaction {
  /** Whether it belongs to the session and not to the connection. */
  readonly deliver: boolean
  /** It was the first of its socket: the connection is open, and this is due. */
  readonly greeted: boolean
  readonly send: readonly string[]
  readonly how: 'new' | 'resumed' | 'continued'
  /** The server lacks events that are kept no more. */
  readonly lost: boolean
  readonly reconnectAfterMs: number | undefined
}

/** The session over its sockets: what is counted, what has to be sent again, and where the next socket goes. */
export interface LogicalSession {
  readonly conversationId: string | undefined
  /** Where the next socket goes: a session of its own, back to ours, or the conversation of the one that is over. */
  readonly target: 'new' | 'back' | 'conversation'
  /** Whether nothing may be sent before the server's first event. */
  readonly waitsForGreeting: boolean
  /** Whether another socket is of any use. */
  readonly canGoOn: boolean
  /** Parameters of the next attempt; `undefined` leaves one out. */
  query(): Readonly<Record<string, string | undefined>>
  /** A socket is being opened with them. */
  dialled(): void
  /** Takes an event to send; gives its text when it goes out now. */
  send(event: ClientEventJson, isOpen: boolean): string | undefined
  /** What was never written to a socket; it counts as written from now on. */
  unsent(): readonly string[]
  receive(event: ServerEventJson): Reaction
  /** The server does not know the session any more. */
  isOver(): void
}

/** Options of a logical session. */
export interface LogicalSessionOptions {
  readonly resume: boolean
  readonly conversationId: string | undefined
  readonly maxKeptBytes: number
}

/** A session that has not begun. */
export function createLogicalSession(options: LogicalSessionOptions): LogicalSession {
  const { resume } = options
  const sent = createSentEvents(options.maxKeptBytes)
  let conversationId = options.conversationId
  let token: string | undefined
  let target: LogicalSession['target'] = 'new'
  let received = 0
  let count = 0
  let written = 0
  let greeted = false
  let settings: ClientEventJson | undefined

  function unsent(): readonly string[] {
    const texts = sent.after(written) ?? []
    written = count
    return texts
  }

  /** A fresh session counts from 1 and knows the settings only. */
  function begin(): readonly string[] {
    const waiting = target === 'conversation' ? (sent.after(written) ?? []) : unsent()
    if (target !== 'conversation') return waiting
    const still = waiting.filter((text) => !isOfSession(text))
    const due = settings === undefined ? still : [JSON.stringify(settings), ...still]
    sent.clear()
    for (const text of due) sent.push(text)
    count = written = due.length
    return due
  }

  function greet(event: ServerEventJson): Pick<Reaction, 'send' | 'how' | 'lost'> {
    greeted = true
    if (event.type === 'parley.session.resumed') {
      received = numberIn(event, 'next') - 1
      const again = sent.after(numberIn(event, 'received'))
      written = count
      return { send: again ?? [], how: 'resumed', lost: again === undefined }
    }
    const how = target === 'conversation' ? 'continued' : 'new'
    const due = begin()
    received = 0
    token = event.type === 'parley.session.resumable' ? String(event['token']) : undefined
    return { send: due, how, lost: false }
  }

  return {
    get conversationId() {
      return conversationId
    },
    get target() {
      return target
    },
    waitsForGreeting: resume,
    get canGoOn() {
      return resume && (token !== undefined || target === 'conversation')
    },
    query() {
      if (target === 'back') return { resume: token, after: String(received) }
      const asked = resume ? { resume: 'new' } : {}
      return target === 'conversation' ? { ...asked, conversation: conversationId } : asked
    },
    dialled() {
      greeted = !resume
    },
    send(event, isOpen) {
      const named = resume ? withId(event) : event
      if (named.type === 'session.update') {
        const merged = mergeSettings(settings?.['session'], named['session'])
        settings = { type: 'session.update', session: merged }
      }
      const text = JSON.stringify(named)
      sent.push(text)
      count += 1
      if (!isOpen) return undefined
      written = count
      return text
    },
    unsent,
    receive(event) {
      const isFirst = !greeted
      const first = isFirst ? greet(event) : { send: [], how: 'new' as const, lost: false }
      const deliver = !isAboutConnection(event)
      if (deliver) received += 1
      if (event.type === 'conversation.created')
        conversationId = idIn(event['conversation']) ?? conversationId
      if (event.type === 'parley.session.progress') sent.forget(numberIn(event, 'received'))
      if (token === undefined && resume) sent.forget(written)
      if (isFirst && token !== undefined) target = 'back'
      const reconnectAfterMs =
        event.type === 'parley.session.leaving' ? numberIn(event, 'reconnect_after_ms') : undefined
      return { deliver, greeted: isFirst, ...first, reconnectAfterMs }
    },
    isOver() {
      token = undefined
      target = conversationId === undefined ? 'new' : 'conversation'
    },
  }
}

/** A server that has taken an item, or answered, and not said so knows the event again when it comes twice. */
function withId(event: ClientEventJson): ClientEventJson {
  if (event.type === 'response.create' && event['event_id'] === undefined) {
    return { ...event, event_id: randomId('event') }
  }
  if (event.type !== 'conversation.item.create') return event
  const item: unknown = event['item']
  if (typeof item !== 'object' || item === null || Reflect.get(item, 'id') !== undefined) return event
  return { ...event, item: { ...item, id: randomId('item') } }
}

function randomId(prefix: string): string {
  const random = crypto.getRandomValues(new Uint8Array(12))
  return `${prefix}_${Array.from(random, (byte) => byte.toString(16).padStart(2, '0')).join('')}`
}

/** What says nothing to another session: settings, which it gets whole, and what is about answers it did not give. */
const ofSession = ['session.update', 'parley.playback.update', 'response.cancel']

function isOfSession(text: string): boolean {
  return ofSession.some((type) => text.startsWith(`{"type":"${type}"`))
}

function numberIn(event: ServerEventJson, field: string): number {
  const value = event[field]
  return typeof value === 'number' ? value : 0
}

function idIn(value: unknown): string | undefined {
  const id: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'id') : undefined
  return typeof id === 'string' ? id : undefined
}

import { createConversation } from './conversation.ts'
import type { Engine } from './engine.ts'
import { handlers } from './handlers.ts'
import { createInputAudio, type InputAudio } from './input-audio.ts'
import { isObject, textOf } from './json.ts'
import { createResponses, type Responses } from './responses.ts'
import type { EventSchemas } from './rules/client-events.ts'
import { refusalOf, type Refusal } from './rules/refusal.ts'
import type { Manner, Talk } from './talk.ts'
import type { Account, ModelTraits, Wire, WireObject } from './wire.ts'

/** What one connection needs of the server. */
export interface ConnectionOptions {
  readonly wire: Wire
  readonly account: Account
  readonly manner: Manner
  readonly session: WireObject
  readonly traits: ModelTraits
  readonly schemas: EventSchemas
  newId(prefix: string): string
  /** Real ms until the first `session.update` is acknowledged. */
  readonly acknowledgeMs: number
  readonly violate: (rule: string) => void
  send(event: WireObject): void
  drop(): void
  close(code: number, reason: string): void
}

/** One open connection. */
export interface Connection {
  receive(text: string): void
  /** `session.created`, and `conversation.created` where the service sends one. */
  begin(withConversation: boolean): void
  expire(): void
  /** The socket is gone: timers stop. */
  end(): void
}

/** The service's side of one connection. */
export function createConnection(options: ConnectionOptions): Connection {
  const { wire, manner, violate, send, newId } = options
  const timers = new Set<NodeJS.Timeout>()
  let ended = false
  let updating = false
  let updated = false
  let tail: Promise<void> = Promise.resolve()

  function later(ms: number, run: () => void): { cancel(): void } {
    const timer = setTimeout(() => {
      timers.delete(timer)
      run()
    }, ms)
    if (ended) clearTimeout(timer)
    else timers.add(timer)
    return {
      cancel() {
        clearTimeout(timer)
        timers.delete(timer)
      },
    }
  }
  function emitRaw(event: WireObject): void {
    if (!ended) send({ event_id: newId('event'), ...event })
  }
  function refuse(refusal: Refusal, event?: WireObject): void {
    if (refusal.benign !== true) {
      const what = event === undefined ? '' : `${textOf(event['type'])}: `
      violate(`${what}${refusal.code}: ${refusal.message}`)
    }
    emitRaw({
      type: 'error',
      error: {
        type: 'invalid_request_error',
        code: refusal.code,
        message: refusal.message,
        param: refusal.param,
        event_id: event === undefined ? null : (event['event_id'] ?? null),
      },
    })
  }
  function expire(): void {
    emitRaw({
      type: 'error',
      error: {
        type: 'invalid_request_error',
        code: 'session_expired',
        message: 'Your session hit the maximum duration of 60 minutes.',
        param: null,
        event_id: null,
      },
    })
    options.close(1001, 'session_expired')
    end()
  }
  function end(): void {
    ended = true
    for (const timer of timers) clearTimeout(timer)
    timers.clear()
  }

  const talk: Talk = {
    wire,
    account: options.account,
    manner,
    traits: options.traits,
    conversation: createConversation(),
    conversationId: newId('conv'),
    session: options.session,
    hasSpoken: false,
    hasAvatar: false,
    settings: () => wire.settings(talk.session),
    emit(event) {
      for (const written of wire.write(event)) emitRaw(written)
    },
    emitRaw,
    newId,
    refuse,
    pause: (ms) => new Promise((resolve) => later(ms, resolve)),
    later,
    drop() {
      end()
      options.drop()
    },
    expire,
  }
  const responses: Responses = createResponses(talk, {
    started: () => {
      input.stopWaiting()
    },
    ended: (soundMs) => {
      input.waitForUser(soundMs)
    },
  })
  function answer(): void {
    const { active } = responses
    if (active === undefined) responses.start(wire.request(talk.session, {}))
    else
      refuse({
        code: 'conversation_already_has_active_response',
        message: `Conversation already has an active response in progress: ${active.id}.`,
        param: null,
        benign: true,
      })
  }
  const input: InputAudio = createInputAudio(talk, responses, answer)
  const engine: Engine = { talk, input, responses, answer }

  async function handle(event: WireObject): Promise<void> {
    if (ended) return
    const type = textOf(event['type'])
    const schema = options.schemas[type]
    const handler = handlers[type]
    if (schema === undefined || handler === undefined) {
      refuse(unknownType(type, options.schemas), event)
      return
    }
    const refusal = refusalOf(schema, event)
    if (refusal !== undefined) {
      refuse(refusal, event)
      return
    }
    if (type === 'session.update' && !updated) await talk.pause(options.acknowledgeMs)
    handler(engine, event)
    if (type === 'session.update') updated = true
  }

  return {
    receive(text) {
      const event = parse(text)
      if (event === undefined) {
        refuse({ code: 'invalid_event', message: 'The event is not a JSON object with a type.', param: null })
        return
      }
      if (event['type'] === 'session.update') updating = true
      if (event['type'] === 'input_audio_buffer.append' && updating && !updated)
        violate('input_audio_buffer.append: before the first session.updated')
      tail = tail
        .then(() => handle(event))
        .catch((error: unknown) => {
          violate(`the stand-in itself failed: ${String(error)}`)
        })
    },
    begin(withConversation) {
      talk.emit({ type: 'session.created', session: talk.session })
      if (manner.unknownEvents) emitRaw({ type: 'session.weather', sky: 'clear' })
      if (withConversation)
        talk.emit({
          type: 'conversation.created',
          conversation: { id: talk.conversationId, object: 'realtime.conversation' },
        })
    },
    expire,
    end,
  }
}

function parse(text: string): WireObject | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) && typeof value['type'] === 'string' ? value : undefined
  } catch {
    return undefined
  }
}

function unknownType(type: string, schemas: EventSchemas): Refusal {
  const names = Object.keys(schemas).map((name) => `'${name}'`)
  return {
    code: 'invalid_value',
    message: `Invalid value: '${type}'. Supported values are: ${names.join(', ')}.`,
    param: 'type',
  }
}

import { createChannelPair } from '@parley/core'
import type { Capabilities, ClientEvent, Item, Provider, ServerEvent, Session } from '@parley/core'
import { fullCapabilities } from '@parley/core/testing'

/** What a scripted backend is called and says. */
export interface ScriptedProviderOptions {
  readonly name: string
  readonly models?: readonly string[]
  readonly capabilities?: Partial<Capabilities>
  /** Sees everything the backend is told, by connection, counted from 0. */
  readonly onEvent?: (event: ClientEvent, connection: number) => void
  /** Runs at each connection, before the first event; what it throws refuses the connection. */
  readonly onConnect?: (model: string | undefined) => void
  /** Sends events of its own after the user said `text`. */
  readonly onText?: (text: string, send: (event: ServerEvent) => void) => void
}

/** A backend in memory that answers each `response.create` with the words it has been told so far. */
export function scriptedProvider(options: ScriptedProviderOptions): Provider {
  let connections = 0
  return {
    name: options.name,
    capabilities: capabilitiesOf(options),
    async connect({ model }) {
      options.onConnect?.(model)
      const connection = connections
      connections += 1
      const [client, backend] = createChannelPair<ServerEvent, ClientEvent>()
      const answer = createScript(options, (event) => backend.send(event))
      backend.send({
        type: 'session.created',
        event_id: 'event_0',
        session: { ...session, model: model ?? 'scripted' },
      })
      void (async () => {
        for await (const event of backend) {
          options.onEvent?.(event, connection)
          answer(event)
        }
      })().catch(() => undefined)
      return client
    },
  }
}

const session: Session = {
  type: 'realtime',
  object: 'realtime.session',
  id: 'sess_1',
  output_modalities: ['text'],
}

/** Connections so far: no two of them give the same id. */
let connections = 0

function createScript(options: ScriptedProviderOptions, send: (event: ServerEvent) => void) {
  const connection = (connections += 1)
  const said: string[] = []
  let effective = session
  let count = 0
  let previous: string | null = null
  const nextId = (prefix: string): string => `${prefix}_s${connection}_${(count += 1)}`

  function addItem(item: Item): string {
    const id = item.id ?? nextId('item')
    const placed = { ...item, id, object: 'realtime.item', status: 'completed' } as Item
    send({
      type: 'conversation.item.added',
      event_id: nextId('event'),
      item: placed,
      previous_item_id: previous,
    })
    send({
      type: 'conversation.item.done',
      event_id: nextId('event'),
      item: placed,
      previous_item_id: previous,
    })
    previous = id
    return id
  }

  function respond(): void {
    const text = said.join(' | ')
    const id = nextId('resp')
    const base = { id, object: 'realtime.response', conversation_id: 'conv_scripted' } as const
    send({
      type: 'response.created',
      event_id: nextId('event'),
      response: { ...base, status: 'in_progress' },
    })
    const item: Item = {
      id: nextId('item'),
      type: 'message',
      role: 'assistant',
      status: 'completed',
      content: [{ type: 'output_text', text }],
    }
    const place = { response_id: id, output_index: 0 }
    send({ type: 'response.output_item.added', event_id: nextId('event'), ...place, item })
    addItem(item)
    send({ type: 'response.output_item.done', event_id: nextId('event'), ...place, item })
    send({
      type: 'response.done',
      event_id: nextId('event'),
      response: { ...base, status: 'completed', output: [item], usage: null },
    })
  }

  return (event: ClientEvent): void => {
    if (event.type === 'session.update') {
      effective = { ...effective, ...event.session }
      send({ type: 'session.updated', event_id: nextId('event'), session: effective })
    } else if (event.type === 'conversation.item.create') {
      const text = textOf(event.item)
      said.push(text)
      addItem(event.item)
      options.onText?.(text, send)
    } else if (event.type === 'response.create') respond()
  }
}

function textOf(item: Item): string {
  if (item.type !== 'message') return ''
  return item.content
    .map((part) => ('text' in part && typeof part.text === 'string' ? part.text : ''))
    .join(' ')
}

function capabilitiesOf({ name, models = [], capabilities }: ScriptedProviderOptions): Capabilities {
  return {
    ...fullCapabilities,
    title: name,
    description: 'A scripted backend.',
    models,
    inputModalities: ['text', 'audio'],
    inputTranscription: 'none',
    voices: [],
    ...capabilities,
  }
}

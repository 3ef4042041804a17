import { toRealtimeError } from '../errors.ts'
import type { ClientEvent } from '../events/client-events.ts'
import type { ServerEvent } from '../events/server-events.ts'
import type { Provider, ProviderChannel } from '../providers/provider.ts'
import type { Tape } from './tape.ts'

/** Wraps the providers of one session, of which a tape keeps what is sent and received. */
export type RecordProvider = (provider: Provider) => Provider

/**
 * For one session over as many connections as it takes: the tape holds them as one. What a later connection is only
 * told again is left out, and so is the backend's word for it.
 */
export function recordProviders(tape: Tape): RecordProvider {
  let isFirst = true

  async function connect(provider: Provider, request: Parameters<Provider['connect']>[0]) {
    try {
      const channel = await provider.connect(request)
      tape.mended()
      const filter = isFirst ? everything : createNewsFilter()
      isFirst = false
      return recordChannel(channel, tape, filter)
    } catch (error) {
      tape.failed(toRealtimeError(error, 'backend_unavailable'))
      throw error
    }
  }

  return (provider) => {
    const { capabilitiesFor, voices } = provider
    return {
      name: provider.name,
      get capabilities() {
        return provider.capabilities
      },
      ...(capabilitiesFor && { capabilitiesFor: (model) => capabilitiesFor(model) }),
      ...(voices && { voices }),
      connect: (request) => connect(provider, request),
    }
  }
}

/** The provider of a session that has no other. */
export function recordProvider(provider: Provider, tape: Tape): Provider {
  return recordProviders(tape)(provider)
}

/** What of a connection is kept. */
interface Filter {
  sent(event: ClientEvent): boolean
  received(event: ServerEvent): boolean
}

const everything: Filter = { sent: () => true, received: () => true }

/** Events the session made up begin with this. */
const ownEvents = 'parley_'

function createNewsFilter(): Filter {
  const told = new Set<string>()
  let updates = 0
  return {
    sent(event) {
      if (event.type === 'extension' || event.event_id?.startsWith(ownEvents) !== true) return true
      if (event.type === 'session.update') updates += 1
      if (event.type === 'conversation.item.create' && event.item.id !== undefined) told.add(event.item.id)
      return event.type !== 'session.update' && event.type !== 'conversation.item.create'
    },
    received(event) {
      if (event.type === 'session.created' || event.type === 'conversation.created') return false
      if (event.type === 'session.updated' && updates > 0) {
        updates -= 1
        return false
      }
      const isItem = event.type === 'conversation.item.added' || event.type === 'conversation.item.done'
      return !isItem || !told.has(event.item.id ?? '')
    },
  }
}

function recordChannel(channel: ProviderChannel, tape: Tape, filter: Filter): ProviderChannel {
  return {
    send(event) {
      if (filter.sent(event)) tape.record('client', event)
      channel.send(event)
    },
    get bufferedBytes() {
      return channel.bufferedBytes
    },
    close: (close) => channel.close(close),
    [Symbol.asyncDispose]: () => channel[Symbol.asyncDispose](),
    async *[Symbol.asyncIterator]() {
      try {
        for await (const event of channel) {
          if (filter.received(event)) tape.record('backend', event)
          yield event
        }
      } catch (error) {
        tape.failed(toRealtimeError(error, 'backend_unavailable'))
        throw error
      }
    },
  }
}

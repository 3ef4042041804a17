import { toRealtimeError } from '../errors.ts'
import type { Provider, ProviderChannel } from '../providers/provider.ts'
import type { Tape } from './tape.ts'

/** The same provider, of which a tape keeps what its sessions send and receive. Meant for one session. */
export function recordProvider(provider: Provider, tape: Tape): Provider {
  const { capabilitiesFor, voices } = provider
  return {
    name: provider.name,
    get capabilities() {
      return provider.capabilities
    },
    ...(capabilitiesFor && { capabilitiesFor: (model) => capabilitiesFor(model) }),
    ...(voices && { voices }),
    async connect(request) {
      try {
        return recordChannel(await provider.connect(request), tape)
      } catch (error) {
        tape.failed(toRealtimeError(error, 'backend_unavailable'))
        throw error
      }
    },
  }
}

function recordChannel(channel: ProviderChannel, tape: Tape): ProviderChannel {
  return {
    send(event) {
      tape.record('client', event)
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
          tape.record('backend', event)
          yield event
        }
      } catch (error) {
        tape.failed(toRealtimeError(error, 'backend_unavailable'))
        throw error
      }
    },
  }
}

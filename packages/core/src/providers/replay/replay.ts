import { createChannelPair } from '../../channel/channel-pair.ts'
import type { Cassettes } from '../../cassette/cassettes.ts'
import { RealtimeError, toRealtimeError } from '../../errors.ts'
import type { ClientEvent } from '../../events/client-events.ts'
import type { ServerEvent } from '../../events/server-events.ts'
import type { Capabilities } from '../capabilities.ts'
import type { ConnectRequest, Provider, ProviderChannel } from '../provider.ts'
import { capabilitiesOf, replayCapabilities } from './capabilities.ts'
import { createReplayServer } from './replay-server.ts'
import { toScript } from './script.ts'

/** Options of the backend that replays. */
export interface ReplayOptions {
  readonly cassettes: Pick<Cassettes, 'ids' | 'header' | 'load'>
  /** How much faster than recorded, where the model does not say. Default 1. */
  readonly speed?: number
  /** Clock in ms that never goes back. */
  readonly now: () => number
  /** A new unique id that begins with `<prefix>_`. */
  readonly newId: (prefix: string) => string
}

/**
 * Serves recorded sessions: the model is a cassette's id, or `<id>@<speed>` to have it at another pace; a lone cassette
 * is meant without a name. Who says the same words gets the recorded answers after the recorded time.
 */
export function replay({ cassettes, speed: usualSpeed = 1, now, newId }: ReplayOptions): Provider {
  const idle: Capabilities = {
    ...replayCapabilities,
    get models() {
      return cassettes.ids()
    },
  }

  /** Where there is one cassette only, it needs no name. */
  function only(): string | undefined {
    const [first, ...others] = cassettes.ids()
    return others.length === 0 ? first : undefined
  }

  function capabilitiesFor(model = only()): Capabilities {
    if (model === undefined) return idle
    const header = cassettes.header(splitSpeed(model).id)
    return header ? { ...capabilitiesOf(header), models: cassettes.ids() } : idle
  }

  async function connect({ model = only(), signal }: ConnectRequest): Promise<ProviderChannel> {
    if (model === undefined) {
      throw new RealtimeError('model_not_found', 'Name the cassette to replay: backend=replay&model=<id>.', {
        param: 'model',
      })
    }
    const { id, speed = usualSpeed } = splitSpeed(model)
    const cassette = await cassettes.load(id).catch((error: unknown) => {
      const { code, message } = toRealtimeError(error, 'backend_unavailable')
      throw new RealtimeError(code === 'not_found' ? 'model_not_found' : code, message, {
        param: 'model',
        cause: error,
      })
    })
    const script = await toScript(cassette)
    if (signal.aborted) throw toRealtimeError(signal.reason, 'backend_unavailable')
    const [ours, channel] = createChannelPair<ClientEvent, ServerEvent>()
    const { interruption, turnDetection } = capabilitiesOf(cassette.header)
    const server = createReplayServer({
      id,
      script,
      speed,
      interruptible: interruption === 'native',
      detectsTurns: turnDetection.length > 0,
      now,
      newId,
      send: (event) => ours.send(event),
      broke: (message) => ours.fail(new RealtimeError('backend_unavailable', `As recorded: ${message}`)),
    })
    server.start()
    void (async () => {
      try {
        for await (const event of ours) server.take(event)
      } finally {
        server.stop()
      }
    })().catch((error: unknown) => ours.fail(toRealtimeError(error)))
    return channel
  }

  return { name: 'replay', capabilities: idle, capabilitiesFor, connect }
}

const speedPattern = /^(.*)@(\d{1,3}(?:\.\d{1,3})?)$/

/** Throws `invalid_value` for a speed that is none. */
function splitSpeed(model: string): { readonly id: string; readonly speed: number | undefined } {
  const [, id, text] = speedPattern.exec(model) ?? []
  if (id === undefined) return { id: model, speed: undefined }
  const speed = Number(text)
  if (speed >= 0.1 && speed <= 100) return { id, speed }
  throw new RealtimeError('invalid_value', 'The speed of a replay is from 0.1 to 100.', { param: 'model' })
}

import { RealtimeError } from '@parley/core'
import type { ConnectRequest, Provider, ServerEvent } from '@parley/core'

/** A provider without a wire whose sessions can be ended from the outside. */
export interface BreakableProvider {
  readonly provider: Provider
  /** Ends every session, as a network does. */
  cut(): void
  /** Ends every session and takes no other. */
  die(): void
}

/** Wraps a provider so that a test can end its sessions. */
export function breakable(inner: Provider): BreakableProvider {
  const cuts = new Set<() => void>()
  let isDead = false

  async function connect(request: ConnectRequest): ReturnType<Provider['connect']> {
    if (isDead) throw new RealtimeError('invalid_api_key', 'It is dead.')
    const channel = await inner.connect(request)
    const cut = Promise.withResolvers<'cut'>()
    const end = (): void => cut.resolve('cut')
    cuts.add(end)
    return {
      send: (event) => channel.send(event),
      get bufferedBytes() {
        return channel.bufferedBytes
      },
      close: (close) => channel.close(close),
      [Symbol.asyncDispose]: () => channel[Symbol.asyncDispose](),
      async *[Symbol.asyncIterator](): AsyncGenerator<ServerEvent, undefined> {
        const events = channel[Symbol.asyncIterator]()
        for (;;) {
          // oxlint-disable-next-line no-await-in-loop -- one event after the other
          const next = await Promise.race([cut.promise, events.next()])
          if (next === 'cut') {
            void channel.close()
            throw new RealtimeError('backend_unavailable', 'It was cut.')
          }
          if (next.done) return undefined
          yield next.value
        }
      },
    }
  }

  function cutAll(): void {
    for (const end of cuts) end()
    cuts.clear()
  }

  return {
    provider: { ...inner, connect },
    cut: cutAll,
    die() {
      isDead = true
      cutAll()
    },
  }
}

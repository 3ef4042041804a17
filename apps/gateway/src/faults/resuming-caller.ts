import { connect } from '@parley/client'
import type { ConnectOptions } from '@parley/client'
import type { WireEvent } from '../testing/event-log.ts'
import { createWatch } from './caller.ts'
import type { Caller } from './caller.ts'
import { createCallerView } from './caller-view.ts'

/** A client that comes back by itself and has what it missed told, as the playground does. */
export async function resumingCaller(
  url: string,
  over: Pick<ConnectOptions, 'createSocket' | 'fetch' | 'onState' | 'silentMs'> = {},
): Promise<Caller> {
  const view = createCallerView()
  const watch = createWatch(view)
  let sockets = 0
  const address = new URL(url)
  const query = Object.fromEntries(address.searchParams)
  address.search = ''
  const connection = connect({
    url: address.href,
    query,
    baseDelayMs: 10,
    maxDelayMs: 100,
    giveUpAfterMs: 60_000,
    ...over,
    onState(state) {
      over.onState?.(state)
      if (state.name === 'open') sockets += 1
      // A session whose backend refused the very first dial never began.
      if (state.name === 'open' && state.how === 'continued' && view.count('session.created') > 0) {
        watch.fail(new Error('The session was over when the client came back.'))
      }
      if (state.name === 'closed') watch.fail(new Error(`The client gave up: ${state.code} ${state.reason}`))
    },
  })
  const reading = (async () => {
    for await (const event of connection) {
      const known: WireEvent = event
      view.take(known)
      watch.changed()
    }
  })()
  await watch.when((known) => known.count('session.created') > 0)
  return {
    view,
    get sockets() {
      return sockets
    },
    send: (event) => connection.send(event),
    when: (condition) => watch.when(condition),
    reconnect: () => Promise.resolve(),
    async [Symbol.asyncDispose]() {
      await connection.close()
      await reading
    },
  }
}

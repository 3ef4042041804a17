import type { ServerEvent } from '../events/server-events.ts'

/** What a test has received so far. */
export interface ReceivedEvents {
  readonly events: readonly ServerEvent[]
  /** Types of `events`, runs of the same type as one. */
  types(): readonly string[]
  /** Events of one type. */
  all<Type extends ServerEvent['type']>(type: Type): readonly Extract<ServerEvent, { type: Type }>[]
  /** Forgets the events so far. */
  forget(): void
}

/** Collects what comes; `onEnd` is told how the iteration ended. */
export function receiveEvents(
  channel: AsyncIterable<ServerEvent>,
  onEnd: (error: unknown) => void,
): ReceivedEvents {
  const events: ServerEvent[] = []
  void (async () => {
    let failure: unknown
    try {
      for await (const event of channel) events.push(event)
    } catch (error) {
      failure = error
    }
    onEnd(failure)
  })()
  return {
    events,
    types: () => events.map(({ type }) => type).filter((type, index, types) => type !== types[index - 1]),
    all: <Type extends ServerEvent['type']>(type: Type) =>
      events.filter((event): event is Extract<ServerEvent, { type: Type }> => event.type === type),
    forget: () => void events.splice(0),
  }
}

/** Parts in memory answer without timers, so a few turns of the event loop drain every chain of promises. */
export async function settle(turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve))
}

/** An event with fields nobody has promised. */
export type WireEvent = Readonly<Record<string, unknown>> & { readonly type: string }

/** The members of `Event` named `Type`; all of it where its names are not known. */
type OfType<Event, Type> = Event extends { readonly type: infer Name }
  ? string extends Name
    ? Event
    : Name extends Type
      ? Event
      : never
  : never

/** Events in the order they came, for tests that wait for them. */
export interface EventLog<Event extends { readonly type: string }> {
  /** Everything recorded so far. */
  readonly events: readonly Event[]
  record(event: Event): void
  /** The next event of a type that was not returned before; rejects when the log ends first. */
  next<Type extends Event['type']>(type: Type): Promise<OfType<Event, Type>>
  /** No event will come any more. */
  end(reason: Error): void
}

/** Creates an empty log. */
export function createEventLog<Event extends { readonly type: string }>(): EventLog<Event> {
  const events: Event[] = []
  const unread: Event[] = []
  const waiting: { type: string; resolve: (event: Event) => void; reject: (error: Error) => void }[] = []
  let ended: Error | undefined

  function next(type: string): Promise<Event> {
    const index = unread.findIndex((event) => event.type === type)
    const found = index < 0 ? undefined : unread.splice(index, 1)[0]
    if (found !== undefined) return Promise.resolve(found)
    if (ended !== undefined) return Promise.reject(ended)
    return new Promise((resolve, reject) => waiting.push({ type, resolve, reject }))
  }

  return {
    events,
    record(event) {
      events.push(event)
      const index = waiting.findIndex(({ type }) => type === event.type)
      if (index >= 0) waiting.splice(index, 1)[0]?.resolve(event)
      else unread.push(event)
    },
    // The type of the event is the one that was looked for.
    next: (type) => next(type) as Promise<OfType<Event, typeof type>>,
    end(reason) {
      ended ??= reason
      for (const { reject } of waiting.splice(0)) reject(reason)
    },
  }
}

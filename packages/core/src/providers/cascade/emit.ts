import type { ServerEvent } from '../../events/server-events.ts'
import type { ExtensionEvent } from '../../events/extension.ts'

type WithoutId<Event> = Event extends unknown
  ? { [Key in keyof Event as Key extends 'event_id' ? never : Key]: Event[Key] }
  : never

/** A server event before it has its `event_id`. */
export type UnsentEvent = WithoutId<Exclude<ServerEvent, ExtensionEvent>>

/** Gives an event its id and sends it; does nothing after the channel closed. */
export type Emit = (event: UnsentEvent) => void

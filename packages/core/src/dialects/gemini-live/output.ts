import type { ExtensionEvent } from '../../events/extension.ts'
import type { ServerEvent } from '../../events/server-events.ts'
import type { ClientMessage } from './messages.ts'

type WithoutId<Event> = Event extends unknown
  ? { [Key in keyof Event as Key extends 'event_id' ? never : Key]: Event[Key] }
  : never

/** A server event before it has its `event_id`. */
export type UnsentEvent = WithoutId<Exclude<ServerEvent, ExtensionEvent>>

/** Gives an event its id and hands it to the client. */
export type Emit = (event: UnsentEvent) => void

/** What the translation wants done, in order. */
export type Output =
  | { readonly to: 'client'; readonly event: ServerEvent }
  | { readonly to: 'backend'; readonly message: ClientMessage }
  /** The connection has to be replaced: a fixed setting changed, or the service asked for it with a limit in ms. */
  | { readonly to: 'connection'; readonly leaveWithinMs: number | undefined }

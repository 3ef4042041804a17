import type { ServerEvent, SessionUpdate } from '@parley/core'
import { sessionUpdate } from './session-update.ts'
import type { Settings } from './settings.ts'

/** Names the first `session.update`, so that an error which answers it is known. */
const firstUpdateId = 'first_settings'

/** The update every session begins with. */
export function firstUpdate(settings: Settings, audible: boolean): SessionUpdate {
  return { ...sessionUpdate(settings, { audible, before: undefined }), event_id: firstUpdateId }
}

/** A session whose settings were refused goes on with its own; the person has been told why. */
export function answersFirstUpdate(event: ServerEvent): boolean {
  return (
    event.type === 'session.updated' || (event.type === 'error' && event.error.event_id === firstUpdateId)
  )
}

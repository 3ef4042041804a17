import { VoiceLiveClient } from '@azure/ai-voicelive'
import type { RequestSession, ServerEventUnion, VoiceLiveSession } from '@azure/ai-voicelive'
import { createEventLog } from './event-log.ts'
import type { EventLog } from './event-log.ts'
import type { Target } from './official-clients.ts'

/** Events with a name the SDK knows; it gives no others to its handlers. */
export type VoiceLiveEvent = Named<ServerEventUnion>

type Named<Event> = Event extends { readonly type: infer Name }
  ? string extends Name
    ? never
    : Event
  : never

/** A connected session of the Voice Live SDK. */
export interface VoiceLiveTestClient extends AsyncDisposable {
  readonly session: VoiceLiveSession
  readonly log: EventLog<VoiceLiveEvent>
  /** Error events of the server. */
  readonly errors: readonly VoiceLiveEvent[]
}

/** What of a connection may differ. */
export interface VoiceLiveTarget extends Target {
  readonly model?: string
  /** Further parameters of the endpoint, which the SDK keeps. */
  readonly query?: Readonly<Record<string, string>>
  readonly key?: string
}

/** Connects with the SDK; resolves when the session is there. */
export async function connectVoiceLive(target: VoiceLiveTarget): Promise<VoiceLiveTestClient> {
  const query = new URLSearchParams({ conversation: target.conversation, ...target.query })
  const client = new VoiceLiveClient(`${target.url}?${query.toString()}`, { key: target.key ?? 'none' })
  const session = client.createSession(target.model ?? 'gpt-realtime')
  const log = createEventLog<VoiceLiveEvent>()
  const errors: VoiceLiveEvent[] = []
  session.subscribe({
    onServerEvent: async (unnarrowed) => {
      // Only the base of the union has a type without a name.
      const event = unnarrowed as VoiceLiveEvent
      if (event.type === 'error') errors.push(event)
      log.record(event)
    },
    onError: async ({ error }) => log.end(error),
    onDisconnected: async ({ code, reason }) => log.end(new Error(`Disconnected: ${code} ${reason}`)),
  })
  await session.connect()
  await log.next('session.created')
  return { session, log, errors, [Symbol.asyncDispose]: () => session.dispose() }
}

/** Sets the session up and gives it as the server took it. */
export async function updateVoiceLive(
  { session, log }: VoiceLiveTestClient,
  settings: RequestSession,
): Promise<VoiceLiveEvent> {
  await session.updateSession(settings)
  return log.next('session.updated')
}

import { RealtimeError } from '../../errors.ts'
import { toErrorEvent } from '../../events/error-event.ts'
import type { ErrorEvent } from '../../events/server-session-events.ts'

/** What a replay says no to; each makes an event under the given id, which names the client's event if that had one. */
export const refusals = {
  noMoreAnswers: (
    id: string,
    cassette: { readonly name: string; readonly answers: number },
    eventId?: string,
  ) =>
    refusal(id, {
      message: `The cassette ${cassette.name} holds no more answers: it has ${cassette.answers}, and all of them were given.`,
      param: 'response',
      eventId,
    }),
  transcription: (id: string, eventId?: string) =>
    refusal(id, { message: 'A replay has no transcription sessions.', param: 'session.type', eventId }),
  foreignEvent: (id: string) => refusal(id, { message: 'A replay answers the events of OpenAI Realtime.' }),
  noItem: (id: string, eventId?: string) =>
    refusal(id, { message: 'There is no such item.', param: 'item_id', eventId }),
  // The codes are those of OpenAI, which sessions know.
  emptyCommit: (id: string, eventId?: string) =>
    refusal(id, { message: 'There is no sound to commit.', eventId }, 'input_audio_buffer_commit_empty'),
  secondResponse: (id: string, eventId?: string) =>
    refusal(
      id,
      { message: 'A response is being given already.', eventId },
      'conversation_already_has_active_response',
    ),
  nothingToCancel: (id: string, eventId?: string) =>
    refusal(id, { message: 'There is no response to cancel.', eventId }, 'response_cancel_not_active'),
} as const satisfies Record<string, (id: string, ...rest: never[]) => ErrorEvent>

interface Refusal {
  readonly message: string
  readonly param?: string
  readonly eventId?: string | undefined
}

function refusal(id: string, { message, param, eventId }: Refusal, code?: string): ErrorEvent {
  const event = toErrorEvent(new RealtimeError('unsupported', message, { param, eventId }), id)
  return code === undefined ? event : { ...event, error: { ...event.error, code } }
}

import { Inbox } from '../../channel/inbox.ts'
import { RealtimeError, toRealtimeError, type ErrorCode, errorTable } from '../../errors.ts'
import type { ErrorEvent, ResponseDone, ServerEvent } from '../../events/server-events.ts'
import type { RealtimeSessionConfig, Session } from '../../events/session-config.ts'
import type { ProviderChannel } from '../provider.ts'
import type { SpeakRequest, SpeechPart } from './voice-leg.ts'

/** One connection to a realtime backend that speaks given text. */
export interface VoiceConnection {
  /** Nothing can be spoken on it any more. */
  readonly lost: boolean
  /** Resolves with the session as it began. */
  readonly created: Promise<Session>
  /** Resolves with the session after the update; rejects when it is refused. */
  update(session: RealtimeSessionConfig): Promise<Session>
  /** Waits until the clause before has ended. Throws when it cannot be spoken; ends quietly when aborted. */
  speak(request: SpeakRequest): AsyncIterable<SpeechPart>
  close(): Promise<void>
}

/** What a connection needs. */
export interface VoiceConnectionOptions {
  readonly newId: (prefix: string) => string
  /** Longest silence of the backend while something is awaited of it (ms). */
  readonly timeoutMs: number
}

/** One clause on its way. */
interface Speech {
  readonly eventId: string
  readonly parts: Inbox<SpeechPart>
  /** Resolves when the backend is done with it. */
  readonly over: PromiseWithResolvers<void>
  responseId: string | undefined
  dropped: boolean
}

interface Update extends PromiseWithResolvers<Session> {
  readonly eventId: string
}

/** Takes over a channel whose first event is `session.created`. */
export function createVoiceConnection(
  channel: ProviderChannel,
  { newId, timeoutMs }: VoiceConnectionOptions,
): VoiceConnection {
  const created = Promise.withResolvers<Session>()
  created.promise.catch(() => undefined)
  const updates: Update[] = []
  let speech: Speech | undefined
  let end: RealtimeError | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  /** Something is awaited from here on: silence for too long ends the connection. */
  function watch(): void {
    clearTimeout(timer)
    timer = undefined
    if (end || (!speech && updates.length === 0)) return
    timer = setTimeout(
      () => finish(unavailable(`The voice backend did not answer within ${timeoutMs} ms.`)),
      timeoutMs,
    )
  }

  function finish(error: RealtimeError): void {
    if (end) return
    end = error
    clearTimeout(timer)
    created.reject(error)
    for (const update of updates.splice(0)) update.reject(error)
    endSpeech(error)
    void channel.close()
  }

  function endSpeech(error?: RealtimeError): void {
    speech?.parts.end(error)
    speech?.over.resolve()
    speech = undefined
  }

  function drop(current: Speech): void {
    if (current.dropped || current !== speech) return
    current.dropped = true
    current.parts.end(undefined)
    cancel(current)
  }

  /** A response that has not begun cannot be cancelled yet. */
  function cancel({ responseId }: Speech): void {
    if (responseId === undefined) return
    channel.send({ type: 'response.cancel', event_id: newId('event'), response_id: responseId })
    watch()
  }

  function refused({ error }: ErrorEvent): void {
    const refusal = new RealtimeError(codeOf(error.code), error.message)
    const update = updates.findIndex(({ eventId }) => eventId === error.event_id)
    if (update !== -1) return updates.splice(update, 1)[0]?.reject(refusal)
    if (speech && error.event_id === speech.eventId) return endSpeech(refusal)
    // Some backends do not say what an error answers; a late cancel is the harmless one.
    if (error.event_id != null || error.code === 'response_cancel_not_active') return
    if (updates.length > 0) updates.shift()?.reject(refusal)
    else if (speech && speech.responseId === undefined) endSpeech(refusal)
  }

  function done({ response }: ResponseDone): void {
    const failure = response.status === 'failed' ? response.status_details?.error : undefined
    if (response.usage && !speech?.dropped) put({ type: 'usage', usage: response.usage })
    const message = failure?.message ?? 'The voice backend failed.'
    endSpeech(failure ? new RealtimeError(codeOf(failure.code), message) : undefined)
  }

  function put(part: SpeechPart): void {
    if (speech && !speech.dropped) speech.parts.push(part, part.type === 'sound' ? part.audio.byteLength : 0)
  }

  function take(event: ServerEvent): void {
    // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- the other events need nothing here
    switch (event.type) {
      case 'session.created':
        return created.resolve(event.session)
      case 'session.updated':
        return updates.shift()?.resolve(event.session)
      case 'error':
        return refused(event)
      case 'response.created':
        if (!speech || speech.responseId !== undefined) return
        speech.responseId = event.response.id ?? ''
        if (speech.dropped) cancel(speech)
        return
      case 'response.output_audio.delta':
        if (event.response_id === speech?.responseId) put({ type: 'sound', audio: event.delta })
        return
      case 'response.done':
        if (event.response.id === speech?.responseId) done(event)
        return
      case 'extension':
        if (event.event['response_id'] === speech?.responseId) put({ type: 'extension', event })
        return
      default:
    }
  }

  async function read(): Promise<void> {
    try {
      for await (const event of channel) {
        take(event)
        watch()
      }
      finish(unavailable('The voice backend closed the connection.'))
    } catch (error) {
      finish(toRealtimeError(error, 'backend_unavailable'))
    }
  }

  async function* speak({ text, override, signal }: SpeakRequest): AsyncGenerator<SpeechPart> {
    while (speech) await speech.over.promise
    if (signal.aborted) return
    if (end) throw end
    const eventId = newId('event')
    const current: Speech = {
      eventId,
      parts: new Inbox<SpeechPart>(),
      over: Promise.withResolvers(),
      responseId: undefined,
      dropped: false,
    }
    const message = { type: 'message', role: 'assistant', content: [{ type: 'text', text }] }
    channel.send({
      type: 'response.create',
      event_id: eventId,
      response: {
        ...override,
        extensions: { ...override?.extensions, pre_generated_assistant_message: message },
      },
    })
    speech = current
    watch()
    const abort = (): void => drop(current)
    signal.addEventListener('abort', abort, { once: true })
    try {
      yield* current.parts
    } finally {
      signal.removeEventListener('abort', abort)
      drop(current)
    }
  }

  void read()
  return {
    get lost() {
      return end !== undefined
    },
    created: created.promise,
    update(session) {
      if (end) return Promise.reject(end)
      const update: Update = { eventId: newId('event'), ...Promise.withResolvers<Session>() }
      try {
        channel.send({ type: 'session.update', event_id: update.eventId, session })
      } catch (error) {
        // What the wire has no words for.
        return Promise.reject(toRealtimeError(error))
      }
      updates.push(update)
      watch()
      return update.promise
    },
    speak,
    async close() {
      finish(unavailable('The voice was closed.'))
      await channel.close()
    },
  }
}

function unavailable(message: string): RealtimeError {
  return new RealtimeError('backend_unavailable', message)
}

function codeOf(code: string | null | undefined): ErrorCode {
  // Checked: only own keys of the table are codes.
  return code != null && Object.hasOwn(errorTable, code) ? (code as ErrorCode) : 'backend_unavailable'
}

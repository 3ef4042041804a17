import { toRealtimeError } from '../../errors.ts'
import type { Response, ResponseStatusDetails } from '../../events/response.ts'
import type { Answer, AnswerPart } from './answer.ts'
import type { Conversation } from './conversation.ts'
import type { Emit } from './emit.ts'
import { createResponseWriter } from './response-writer.ts'
import { wireRate } from './session-settings.ts'
import type { ResponseSettings } from './session-settings.ts'
import { usageOf } from './usage.ts'

/** Clock times of one turn; `undefined` for what did not happen. */
export interface TurnTimes {
  /** End of the user's speech, else the time of the request. */
  readonly origin: number
  readonly speechStopped: number | undefined
  readonly transcript: number | undefined
}

/** What a response is told once it knows what it answers. */
export interface PreparedAnswer {
  readonly answer: Answer
  /** Voice it is spoken with. */
  readonly voice: string
  readonly times: TurnTimes
  /** Sound of the user that was recognised for this response (ms). */
  readonly heardMs: number
}

/** What one response needs. */
export interface ResponseRunOptions {
  readonly id: string
  readonly settings: ResponseSettings
  /** Voice the response object names until the answer is prepared. */
  readonly voice: string
  readonly conversationId: string
  /** The default conversation, also for a response out of band, which leaves it alone. */
  readonly conversation: Conversation
  readonly emit: Emit
  readonly newId: (prefix: string) => string
  readonly now: () => number
  /** Waits for what the answer depends on, then starts it. */
  readonly prepare: () => Promise<PreparedAnswer>
  /** Called once, right after `response.done`, with the length of the sound sent (ms) and when it began. */
  readonly ended: (result: { readonly soundMs: number; readonly firstSoundAt: number | undefined }) => void
}

/** One response from `response.created` to `response.done`. */
export interface ResponseRun {
  readonly id: string
  readonly outOfBand: boolean
  /** Ends it at once with `response.done`, open items incomplete. Nothing when it has ended. */
  cancel(reason: 'turn_detected' | 'client_cancelled'): void
  /** Ends it without a word, because nobody listens any more. */
  abandon(): void
}

/**
 * Emits `response.created` and writes the answer as it comes.
 * Invariant: exactly one `response.done` follows, unless the run is abandoned.
 */
export function startResponse(options: ResponseRunOptions): ResponseRun {
  const { id, settings, emit, newId, now } = options
  const conversation = settings.outOfBand ? undefined : options.conversation
  const writer = createResponseWriter({
    responseId: id,
    modality: settings.modality,
    conversation,
    emit,
    newId,
  })
  let prepared: PreparedAnswer | undefined
  let firstSoundAt: number | undefined
  let over = false

  function response(
    status: NonNullable<Response['status']>,
    details: ResponseStatusDetails | null,
  ): Response {
    return {
      id,
      object: 'realtime.response',
      status,
      status_details: details,
      output: [...writer.output],
      conversation_id: settings.outOfBand ? null : options.conversationId,
      output_modalities: [settings.modality],
      audio: {
        output: { format: { type: 'audio/pcm', rate: wireRate }, voice: prepared?.voice ?? options.voice },
      },
      max_output_tokens: settings.maxOutputTokens ?? 'inf',
      metadata: settings.metadata,
      usage: null,
    }
  }

  function finish(
    status: 'completed' | 'cancelled' | 'incomplete' | 'failed',
    details: Omit<ResponseStatusDetails, 'type'> = {},
    tokens?: Extract<AnswerPart, { type: 'end' }>['usage'],
  ): void {
    if (over) return
    over = true
    writer.close(status === 'completed' ? 'completed' : 'incomplete')
    const soundMs = (writer.soundBytes * 1000) / (2 * wireRate)
    const done = response(status, { type: status, ...details })
    const usage = tokens ? usageOf(tokens, { heardMs: prepared?.heardMs ?? 0, spokenMs: soundMs }) : null
    const parley = { timings: timings() }
    emit({ type: 'response.done', response: { ...done, usage, parley } })
    prepared?.answer.cancel()
    options.ended({ soundMs, firstSoundAt })
  }

  /** Milliseconds from the end of speech; each step counts as done no earlier than the one before it. */
  function timings(): Record<string, number | null> {
    const times = prepared?.times
    let reached = times?.origin ?? 0
    const since = (time: number | undefined): number | null => {
      if (!times || time === undefined) return null
      reached = Math.max(reached, time)
      return Math.round(reached - times.origin)
    }
    return {
      speech_stopped_ms: since(times?.speechStopped),
      transcript_ms: since(times?.transcript),
      first_text_ms: since(prepared?.answer.firstTextAt),
      first_audio_ms: since(firstSoundAt),
    }
  }

  function write(part: AnswerPart): void {
    switch (part.type) {
      case 'text':
        return writer.text(part.text)
      case 'sound':
        firstSoundAt ??= now()
        return writer.sound(part.bytes)
      case 'tool_call':
        return writer.call(part)
      case 'end':
        if (part.reason === 'completed') return finish('completed', {}, part.usage)
        return finish('incomplete', { reason: part.reason }, part.usage)
    }
  }

  async function run(): Promise<void> {
    try {
      const ready = await options.prepare()
      if (over) return ready.answer.cancel()
      prepared = ready
      for await (const part of ready.answer.parts) {
        if (over) return
        write(part)
      }
      finish('completed')
    } catch (error) {
      const { type, code, message } = toRealtimeError(error, 'engine_failed')
      finish('failed', { error: { type, code, message } })
    }
  }

  emit({ type: 'response.created', response: response('in_progress', null) })
  void run()
  return {
    id,
    outOfBand: settings.outOfBand,
    cancel: (reason) => finish('cancelled', { reason }),
    abandon() {
      over = true
      prepared?.answer.cancel()
    },
  }
}

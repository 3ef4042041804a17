import { setImmediate } from 'node:timers/promises'
import { RealtimeError, toRealtimeError } from '../../errors.ts'
import type { ClientEvent } from '../../events/client-events.ts'
import { toErrorEvent } from '../../events/error-event.ts'
import type { SessionConfig } from '../../events/session-config.ts'
import type { PairedChannel } from '../../channel/channel-pair.ts'
import type { ServerEvent } from '../../events/server-events.ts'
import { createAudioInput } from './audio-input.ts'
import { createConversation } from './conversation.ts'
import type { Emit } from './emit.ts'
import { createIdleTimer } from './idle-timer.ts'
import { createItemEvents } from './item-events.ts'
import { createLiveSettings } from './live-settings.ts'
import type { NoiseReduction } from './noise-reduction.ts'
import { createResponder, spokenItem } from './responder.ts'
import { wireRate } from './session-settings.ts'
import type { Stages, Transcript } from './stages.ts'
import { createTranscripts } from './transcripts.ts'
import { createTurns } from './turns.ts'
import type { EndedTurn } from './turns.ts'
import { listeningRate } from './utterance.ts'

/** What is done before a turn is certainly over. */
export interface Speculation {
  /** Silence after which the words so far are recognised (ms). Default 96, three frames of the usual detector. */
  readonly pauseMs?: number
  /** Also start the answer and its first clause of sound; for language models that cost next to nothing. */
  readonly response?: boolean
}

/** What one connection is served with. */
export interface RealtimeServerOptions {
  readonly stages: Stages
  /** Name of the backend, and model asked for after it. */
  readonly name: string
  readonly model: string | undefined
  /** The session only writes down speech. */
  readonly transcribing: boolean
  readonly speculate: Required<Speculation>
  readonly detectorLagMs: number
  /** Opens noise reduction for frames of the detector's length, when it is first asked for. */
  readonly openNoiseReduction: (frameSamples: number) => Promise<NoiseReduction>
  readonly now: () => number
  readonly newId: (prefix: string) => string
}

/** Sound that may wait for the detector before the client is no longer read. */
const maxBacklogMs = 10_000

/**
 * Sound that is heard without a break for others (bytes): a second with the detector and what is before it, which take
 * some 10 ms; 20 seconds where they take no part, which is less than 40 ms.
 */
const listenedBytes = 2 * wireRate
const unlistenedBytes = 20 * listenedBytes

/** How far under the threshold of entering speech a frame must fall to leave it, as Silero is tuned. */
const hysteresis = 0.15

const toMs = (samples: number): number => Math.round((samples * 1000) / listeningRate)

/**
 * Serves one client with the cascade until it leaves: the events of OpenAI Realtime GA in, and out in their
 * order. Resolves when everything it started was told to stop; never rejects.
 */
export async function serveRealtime(
  channel: PairedChannel<ClientEvent, ServerEvent>,
  options: RealtimeServerOptions,
): Promise<void> {
  const { stages, name, model, transcribing, speculate, now, newId } = options
  const conversation = createConversation()
  const conversationId = newId('conv')
  const settings = createLiveSettings({ stages, name, model, transcribing, id: newId('sess') })
  let closed = false
  /** The turn that is answered once its words are known. */
  let awaited: string | undefined

  const emit: Emit = (event) => {
    if (closed) return
    // The id completes the event; the compiler does not see it through the union.
    channel.send({ ...event, event_id: newId('event') } as ServerEvent)
    if (event.type === 'response.output_audio.delta')
      input.sent({ itemId: event.item_id, bytes: event.delta.bytes })
  }
  const transcripts = createTranscripts({ conversation, session: () => settings.session, emit })
  const items = createItemEvents({
    conversation,
    transcripts,
    stt: stages.stt,
    llm: stages.llm,
    language: () => settings.language,
    emit,
    newId,
  })
  const idle = createIdleTimer(now)
  const responder = createResponder({
    stages,
    model,
    conversationId,
    conversation,
    transcripts,
    emit,
    newId,
    now,
    session: () => settings.session,
    chosenVoice: () => settings.chosenVoice,
    ended: (result) => idle.responseEnded(result),
  })
  const turns = createTurns({
    stt: stages.stt,
    newId,
    language: () => settings.language,
    paddingMs: () => settings.turnDetection?.prefixPaddingMs,
    semantic: () => settings.turnDetection?.semantic,
    detectorLagMs: options.detectorLagMs,
    forgetSpeech: () => input.forget(),
    listener: {
      started: guarded(({ itemId, startSample }) => {
        emit({
          type: 'input_audio_buffer.speech_started',
          audio_start_ms: toMs(startSample),
          item_id: itemId,
        })
        if (settings.turnDetection?.interruptResponse) {
          awaited = undefined
          responder.interrupt()
          input.dropped()
        }
        idle.stop()
      }),
      guessed: guarded((guess) => {
        if (speculate.response && settings.turnDetection?.createResponse) responder.guess(guess)
      }),
      withdrawn: () => responder.withdraw(),
      ended: guarded((turn) => {
        emit({
          type: 'input_audio_buffer.speech_stopped',
          audio_end_ms: toMs(turn.endSample),
          item_id: turn.itemId,
        })
        commit(turn, settings.turnDetection?.createResponse ?? false)
      }),
      overflowed: () =>
        report(new RealtimeError('buffer_overflow', 'The input audio buffer is full. Commit or clear it.')),
    },
  })
  const input = createAudioInput({
    vad: stages.vad,
    openNoiseReduction: options.openNoiseReduction,
    now,
    heard: guarded((sound) => {
      turns.hear(sound)
      const timeoutMs = settings.turnDetection?.idleTimeoutMs
      const still = !turns.speaking && !responder.busy && awaited === undefined
      if (timeoutMs !== undefined && still && idle.isDue(timeoutMs)) answerSilence(sound.start, timeoutMs)
    }),
    failed: (error) => report(toRealtimeError(error, 'engine_failed')),
  })

  function report(error: RealtimeError): void {
    if (!closed) channel.send(toErrorEvent(error, newId('event')))
  }

  /** Work that nobody awaits ends in an `error` event, never in a rejection. */
  function guarded<Argument>(work: (argument: Argument) => void): (argument: Argument) => void {
    return (argument) => {
      if (closed) return
      try {
        work(argument)
      } catch (error) {
        report(toRealtimeError(error))
      }
    }
  }

  function commit(turn: EndedTurn, answered: boolean): void {
    const speechStopped = now()
    const origin = input.saidAt(turn.speechEndSample) - options.detectorLagMs
    const { itemId } = turn
    emit({ type: 'input_audio_buffer.committed', item_id: itemId, previous_item_id: conversation.lastId() })
    items.place(spokenItem(itemId, null))
    if (answered) awaited = itemId
    const answer = guarded((transcript: Transcript | undefined) => {
      if (awaited !== itemId) return
      awaited = undefined
      if (!transcript || turn.isEmpty(transcript)) return responder.withdraw()
      responder.answerTurn({ itemId, times: { origin, speechStopped, transcript: now() } })
    })
    void transcripts.follow(turn).then(answer)
  }

  /** Nobody spoke for long: an empty turn, and an answer to the silence. */
  function answerSilence(atSample: number, timeoutMs: number): void {
    idle.stop()
    const itemId = newId('item')
    const endMs = toMs(atSample)
    emit({
      type: 'input_audio_buffer.timeout_triggered',
      audio_start_ms: Math.max(0, endMs - timeoutMs),
      audio_end_ms: endMs,
      item_id: itemId,
    })
    emit({ type: 'input_audio_buffer.committed', item_id: itemId, previous_item_id: conversation.lastId() })
    items.place(spokenItem(itemId, ''))
    const note = `The user has said nothing for ${Math.round(timeoutMs / 1000)} seconds.`
    const silence = {
      type: 'message',
      role: 'system',
      content: [{ type: 'input_text', text: note }],
    } as const
    responder.create({ input: [...conversation.items, { ...silence, content: [...silence.content] }] })
  }

  async function update(config: SessionConfig): Promise<void> {
    const before = settings.turnDetection
    const leftOut = settings.update(config, transcripts.language)
    if (!before && settings.turnDetection) turns.clear()
    listen()
    input.expectEcho(settings.echoes)
    if (!(await input.reduceNoise(settings.noiseReduction))) settings.dropNoiseReduction()
    for (const { param, message } of leftOut)
      emit({ type: 'warning', warning: { code: 'unsupported', message, param } })
    emit({ type: 'session.updated', session: settings.shown })
  }

  function listen(): void {
    const detection = settings.turnDetection
    const silenceMs = Math.max(0, (detection?.silenceMs ?? 0) - options.detectorLagMs)
    input.listen(
      detection && {
        enterThreshold: detection.threshold,
        leaveThreshold: Math.max(0, detection.threshold - hysteresis),
        prefixPaddingMs: detection.prefixPaddingMs,
        minSpeechMs: detection.minSpeechMs,
        silenceMs,
        // A short window leaves less time to hide the work in, so it begins earlier.
        pauseMs: [Math.min(speculate.pauseMs, silenceMs / 4)],
      },
    )
  }

  /** A long chunk is heard piece by piece, so that others have their turn in between; what comes after it waits. */
  async function hear(bytes: Uint8Array): Promise<void> {
    const pieceBytes = settings.turnDetection ? listenedBytes : unlistenedBytes
    for (let at = 0; at < bytes.length; at += pieceBytes) {
      // One after the other is the point.
      // oxlint-disable-next-line no-await-in-loop
      if (at > 0) await setImmediate()
      input.append(bytes.subarray(at, at + pieceBytes))
      // oxlint-disable-next-line no-await-in-loop
      if (input.backlogMs > maxBacklogMs) await input.settled()
    }
  }

  async function handle(event: ClientEvent): Promise<void> {
    switch (event.type) {
      case 'session.update':
        await input.settled()
        return update(event.session)
      case 'input_audio_buffer.append':
        return hear(event.audio.bytes)
      case 'input_audio_buffer.commit':
        await input.drained()
        commit(turns.commit(), false)
        return input.forget()
      case 'input_audio_buffer.clear':
        await input.drained()
        turns.clear()
        input.forget()
        return emit({ type: 'input_audio_buffer.cleared' })
      case 'conversation.item.create':
        refuseInTranscription()
        return items.handle(event)
      case 'conversation.item.truncate':
        items.handle(event)
        return input.dropped(event.item_id)
      case 'conversation.item.retrieve':
      case 'conversation.item.delete':
        return items.handle(event)
      case 'response.create':
        refuseInTranscription()
        responder.create(event.response ?? undefined)
        if (event.response?.conversation !== 'none') awaited = undefined
        return
      case 'response.cancel':
        awaited = undefined
        return responder.cancel(event.response_id ?? undefined)
      case 'output_audio_buffer.clear':
      case 'extension':
        throw new RealtimeError('unsupported', 'This backend does not know this event.', { param: 'type' })
    }
  }

  function refuseInTranscription(): void {
    if (!settings.transcribing) return
    throw new RealtimeError('unsupported', 'A transcription session only writes down speech.', {
      param: 'type',
    })
  }

  try {
    listen()
    emit({ type: 'session.created', session: settings.shown })
    for await (const event of channel) {
      try {
        await handle(event)
      } catch (error) {
        const { code, message, param, cause } = toRealtimeError(error)
        const eventId = 'event_id' in event ? event.event_id : undefined
        report(new RealtimeError(code, message, { param, eventId, cause }))
      }
    }
  } catch {
    // The channel broke; whoever held the other end knows why.
  } finally {
    closed = true
    responder.abandon()
    turns.clear()
    await input.close()
  }
}

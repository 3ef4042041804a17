import { RealtimeError, toRealtimeError } from '../../errors.ts'
import type { ClientEvent } from '../../events/client-events.ts'
import { toErrorEvent } from '../../events/error-event.ts'
import type { ServerEvent } from '../../events/server-events.ts'
import { takeClientEvent } from './client-events.ts'
import { createConversation } from './conversation.ts'
import { isIdle, isManual, type Exchange } from './exchange.ts'
import { createLink } from './link.ts'
import type { ServerMessage, TranslationConfig } from './messages.ts'
import { traitsOf } from './model-traits.ts'
import { loseConnection, reopenSession } from './opening.ts'
import { createOutputSound } from './output-sound.ts'
import type { Emit, Output } from './output.ts'
import { takeServerMessage } from './server-messages.ts'
import { defaultSession, defaultRate, toSetup, type SetupOptions } from './setup.ts'
import { createUserTurns } from './user-turns.ts'

/**
 * One session between a client of GA and Gemini Live. Gemini sets up once, names nothing and answers by itself;
 * this keeps what GA needs beyond that. Each call gives what to do, in order. It has no clock and no socket.
 */
export interface Translation {
  /** The first event of the session. */
  created(): readonly Output[]
  fromClient(event: ClientEvent): readonly Output[]
  fromServer(message: ServerMessage): readonly Output[]
  /** The connection is gone: what runs ends, and what is to be sent waits. */
  disconnected(): readonly Output[]
  /** Another connection is open: resumes the session with its handle, or begins a new one with the history. */
  reconnected(how: 'resume' | 'anew'): readonly Output[]
  /** Whether the service gave a handle to resume with. */
  readonly resumable: boolean
  /** Whether the connection can be replaced unnoticed. */
  readonly idle: boolean
  /** Whether a setup was sent. */
  readonly begun: boolean
  /** Whether the setup of the present connection is complete. */
  readonly ready: boolean
}

/** What a translation needs to know beyond the events. */
export interface TranslationOptions {
  /** Resource name of the model, for example `models/gemini-3.8-live`. */
  readonly model: string
  /** Name of the model as clients know it. Default: the last part of `model`. */
  readonly modelName?: string | undefined
  readonly translation?: TranslationConfig | undefined
  readonly explicitVadSignal?: boolean | undefined
  /** Voices that may be asked for. Default: any. */
  readonly voices?: readonly string[] | undefined
  /** A new id that begins with `<prefix>_` and was never given before, by any session. */
  readonly newId: (prefix: string) => string
}

/** Begins a session. */
export function createTranslation(options: TranslationOptions): Translation {
  const { newId, model } = options
  let outputs: Output[] = []
  const push = (output: Output): void => {
    outputs.push(output)
  }
  const emit: Emit = (event) => {
    // The id is all that was missing.
    push({ to: 'client', event: { ...event, event_id: newId('event') } as ServerEvent })
  }
  const setupOptions: SetupOptions = {
    model,
    traits: traitsOf(model),
    translation: options.translation,
    explicitVadSignal: options.explicitVadSignal,
  }
  const session = defaultSession(newId('sess'), options.modelName ?? model.slice(model.lastIndexOf('/') + 1))
  const conversation = createConversation(emit)
  const exchange: Exchange = {
    options: setupOptions,
    voices: options.voices && new Set(options.voices),
    emit,
    push,
    newId,
    conversation,
    turns: createUserTurns({
      conversation,
      emit,
      newId,
      audioMs: () => Math.round(exchange.audioBytes / bytesPerMs(exchange)),
      transcribes: () => exchange.session.audio?.input?.transcription != null,
      onChange(change) {
        if (change === 'begun') exchange.link.trimSound('onset')
        // The turn that a client marks is kept until its answer begins.
        else if (!isManual(exchange)) exchange.link.trimSound('nothing')
      },
    }),
    link: createLink((message) => push({ to: 'backend', message })),
    outputSound: createOutputSound(),
    session,
    setup: toSetup(session, [], setupOptions),
    unacknowledged: 0,
    pending: [],
    flush: 'no',
    outputs: new Map(),
    calls: new Map(),
    cancelledCalls: new Set(),
    requested: undefined,
    expected: false,
    askAgain: false,
    soundAgain: [],
    askedAgain: 0,
    active: undefined,
    discarding: false,
    turnEndIsStale: false,
    usage: undefined,
    audioBytes: 0,
    heardSound: false,
    manual: { inForce: false, started: false, committed: false },
    begun: false,
  }

  function outputsOf(act: () => void): readonly Output[] {
    act()
    return outputs.splice(0)
  }

  return {
    created: () => outputsOf(() => emit({ type: 'session.created', session })),
    fromClient: (event) =>
      outputsOf(() => {
        try {
          takeClientEvent(exchange, event)
        } catch (error) {
          const refusal = toRealtimeError(error)
          const { code, message, param, cause } = refusal
          const eventId =
            'event_id' in event && typeof event.event_id === 'string' ? event.event_id : undefined
          const answer = new RealtimeError(code, message, { param, eventId, cause })
          push({ to: 'client', event: toErrorEvent(answer, newId('event')) })
        }
      }),
    fromServer: (message) => outputsOf(() => takeServerMessage(exchange, message)),
    disconnected: () => outputsOf(() => loseConnection(exchange)),
    reconnected: (how) => outputsOf(() => reopenSession(exchange, how === 'resume')),
    get resumable() {
      return exchange.link.handle !== undefined
    },
    get idle() {
      return isIdle(exchange)
    },
    get begun() {
      return exchange.link.phase !== 'unset'
    },
    get ready() {
      return exchange.link.phase === 'ready'
    },
  }
}

function bytesPerMs({ session }: Exchange): number {
  const format = session.audio?.input?.format
  const rate = (format?.type === 'audio/pcm' ? format.rate : undefined) ?? defaultRate
  return (rate * 2) / 1000
}

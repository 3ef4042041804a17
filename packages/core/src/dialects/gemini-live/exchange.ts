import type { RealtimeSession } from '../../events/session-config.ts'
import { systemTexts } from './content.ts'
import type { Conversation, PlacedItem } from './conversation.ts'
import type { Link } from './link.ts'
import type { ClientMessage, FunctionResponse, Setup, UsageMetadata } from './messages.ts'
import type { OutputSound } from './output-sound.ts'
import type { Emit, Output } from './output.ts'
import { createResponseWriter, type ResponseWriter } from './response-writer.ts'
import { toSetup, type SetupOptions } from './setup.ts'
import type { OpenCall } from './tools.ts'
import type { UserTurns } from './user-turns.ts'

/** Everything both directions of a translation share. Changed in place; it lives as long as the session. */
export interface Exchange {
  readonly options: SetupOptions
  /** The voices there are, `undefined` when that is not known. */
  readonly voices: ReadonlySet<string> | undefined
  readonly emit: Emit
  readonly push: (output: Output) => void
  readonly newId: (prefix: string) => string
  readonly conversation: Conversation
  readonly turns: UserTurns
  readonly link: Link
  readonly outputSound: OutputSound
  session: RealtimeSession
  /** The setup the backend has or is being given. */
  setup: Setup
  /** Updates that wait for a setup to complete. */
  unacknowledged: number
  /** Client content that was not sent yet. */
  pending: readonly PlacedItem[]
  /** What is pending goes out as soon as the setup is complete. */
  flush: 'no' | 'silently' | 'for an answer'
  /** Outputs of calls that wait for `response.create`, by call. */
  outputs: ReadonlyMap<string, FunctionResponse>
  /** Calls without an output. */
  readonly calls: Map<string, OpenCall>
  readonly cancelledCalls: Set<string>
  /** A `response.create` without a response. */
  requested: { readonly eventId: string | undefined } | undefined
  /** Something was sent that the model answers. */
  expected: boolean
  /** What the lost connection was told last is still to be answered. */
  askAgain: boolean
  /** So often it was asked again and no answer came: a question that ends connections is not asked for ever. */
  askedAgain: number
  /** Speech that a lost connection has heard and not answered, with its marks where the client makes them. */
  soundAgain: readonly ClientMessage[]
  active: ResponseWriter | undefined
  /** The client cancelled: the rest of the model's turn is dropped. */
  discarding: boolean
  /** The end of a turn comes that has nothing to say any more: after calls, or after an interruption. */
  turnEndIsStale: boolean
  usage: UsageMetadata | undefined
  /** Bytes of sound received from the client. */
  audioBytes: number
  /** Sound came since the last answer began. */
  heardSound: boolean
  /** The client marks its own turns: `started` was told to Gemini, `committed` waits for `response.create`. */
  readonly manual: { inForce: boolean; started: boolean; committed: boolean }
  /** A turn has been taken, so that some models accept no `clientContent` any more. */
  begun: boolean
}

/** Whether the client ends turns itself, on the present connection. */
export function isManual({ link, session, manual }: Exchange): boolean {
  return link.phase === 'unset' ? wantsManual(session) : manual.inForce
}

function wantsManual(session: RealtimeSession): boolean {
  return session.audio?.input?.turn_detection == null
}

/** The setup for the present settings. */
export function currentSetup({ session, conversation, options }: Exchange): Setup {
  return toSetup(session, systemTexts(conversation.items), options)
}

/** Opens the response the model now gives. */
export function openResponse(exchange: Exchange): ResponseWriter {
  const { session, conversation, emit, newId, link, manual } = exchange
  if (manual.inForce && !manual.started) link.trimSound('nothing')
  const voice = session.audio?.output?.voice
  const response = createResponseWriter({
    modality: session.output_modalities?.[0] ?? 'audio',
    voice: typeof voice === 'string' ? voice : undefined,
    conversation,
    emit,
    newId,
  })
  exchange.active = response
  exchange.requested = undefined
  exchange.expected = false
  exchange.askedAgain = 0
  exchange.turnEndIsStale = false
  exchange.heardSound = false
  exchange.begun = true
  return response
}

/** Nothing is going on: the connection can be replaced without anyone noticing. */
export function isIdle(exchange: Exchange): boolean {
  return (
    !exchange.active &&
    !exchange.discarding &&
    !exchange.requested &&
    !exchange.expected &&
    !exchange.turns.speaking &&
    // A turn that nobody will end any more does not count.
    !(exchange.manual.started && wantsManual(exchange.session)) &&
    exchange.calls.size === 0 &&
    exchange.outputs.size === 0
  )
}

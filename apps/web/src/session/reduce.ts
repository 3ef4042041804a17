import type { ServerEvent } from '@parley/core'
import { breakOff, isRetelling } from './broken-off.ts'
import { emptyView, type Connection, type ResponseTrace, type SessionView } from './view.ts'
import { latencyOf, parseTimings, type OriginKind } from './latency.ts'
import { itemText, roleOfItem } from './item-text.ts'
import { problemOfError, type Problem } from './problem.ts'
import { readBackend, readContext, readMigration, type Notice } from './notice.ts'
import { withMigration, withNotice, withWarning } from './show-notice.ts'
import { changeTurn, upsertTurn, type Turn } from './turns.ts'
import { field, textField } from './unchecked.ts'

/** Something that happened, with its time in Unix ms (with fractions). */
export type SessionInput =
  | { readonly kind: 'server'; readonly event: ServerEvent; readonly at: number }
  /** An answer was asked for without detected speech. */
  | { readonly kind: 'asked'; readonly by: Exclude<OriginKind, 'speech'>; readonly at: number }
  /** The first sample of an item left the player. */
  | {
      readonly kind: 'started'
      readonly itemId: string
      readonly outputLatencyMs: number
      readonly at: number
    }
  /** An item was played to its end, or cut off. */
  | { readonly kind: 'silent'; readonly itemId: string | undefined }
  | { readonly kind: 'connection'; readonly connection: Connection }
  /** The session before is over, and another one goes on with the conversation. */
  | { readonly kind: 'restarted'; readonly heardShares: ReadonlyMap<string, number> }
  | { readonly kind: 'problem'; readonly problem: Problem | undefined }
  /** Something that the page itself has to say about the session. */
  | { readonly kind: 'notice'; readonly notice: Notice; readonly at: number }
  | { readonly kind: 'silence-chosen'; readonly silenceMs: number }
  /** Another conversation is shown, with what is known of it. */
  | { readonly kind: 'shown'; readonly conversationId: string | undefined; readonly turns: readonly Turn[] }

/** The next view. Pure: the clock and every effect stay with the caller. */
export function reduce(view: SessionView, input: SessionInput): SessionView {
  switch (input.kind) {
    case 'server':
      return reduceServer(view, input.event, input.at)
    case 'asked':
      return { ...view, origin: { kind: input.by, at: input.at } }
    case 'started':
      return reduceStarted(view, input)
    case 'silent':
      return input.itemId === undefined || input.itemId === view.soundingItemId
        ? { ...view, soundingItemId: undefined }
        : view
    case 'connection':
      return input.connection === 'open' || input.connection === 'reconnecting'
        ? { ...view, connection: input.connection }
        : disconnected(view, input.connection)
    case 'restarted':
      return disconnected({ ...view, turns: breakOff(view.turns, input.heardShares) }, view.connection)
    case 'problem':
      return { ...view, problem: input.problem }
    case 'notice':
      return withNotice(view, input.notice, input.at)
    case 'silence-chosen':
      return { ...view, silenceMs: input.silenceMs }
    case 'shown':
      return {
        ...emptyView,
        connection: view.connection,
        silenceMs: view.silenceMs,
        conversationId: input.conversationId,
        turns: input.turns,
      }
  }
}

/** No answer follows what was not understood. Words that were merely unclear need no advice. */
function afterFailedHearing(
  view: SessionView,
  error: { readonly code?: string | null | undefined; readonly message?: string | null | undefined },
): SessionView {
  const idle = { ...view, origin: undefined }
  if (error.code == null || error.code === 'audio_unintelligible') return idle
  const problem = problemOfError(error.code, error.message ?? undefined)
  return problem ? { ...idle, problem } : idle
}

function reduceServer(view: SessionView, event: ServerEvent, at: number): SessionView {
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- most events change nothing that is shown
  switch (event.type) {
    case 'conversation.created':
      return {
        ...view,
        conversationId: event.conversation.id ?? view.conversationId,
        context: readContext(field(field(event, 'parley'), 'context')) ?? view.context,
        backend: readBackend(field(field(event, 'parley'), 'backend')),
      }
    case 'error': {
      if (isRetelling(event.error.event_id)) return view
      const problem = problemOfError(event.error.code, event.error.message)
      return problem ? { ...view, problem, origin: undefined } : view
    }
    case 'warning':
      return withWarning(view, event, at)
    case 'extension':
      return event.event['type'] === 'parley.session.migrated'
        ? withMigration(view, readMigration(event.event), at)
        : view
    case 'input_audio_buffer.speech_started':
      return {
        ...view,
        hearing: true,
        turns: upsertTurn(withoutEmptySpeech(view.turns), { itemId: event.item_id, role: 'user', at }, keep),
      }
    case 'input_audio_buffer.speech_stopped':
      return { ...view, hearing: false, origin: { kind: 'speech', at } }
    case 'input_audio_buffer.committed':
      return {
        ...view,
        turns: upsertTurn(
          view.turns,
          { itemId: event.item_id, role: 'user', at },
          { ...keep, previousItemId: event.previous_item_id },
        ),
      }
    case 'conversation.item.added':
    case 'conversation.item.done': {
      const { item } = event
      const role = roleOfItem(item)
      if (role === undefined || item.id === undefined) return view
      const text = itemText(item)
      const finished = event.type === 'conversation.item.done' && (role !== 'user' || text !== '')
      return {
        ...view,
        turns: upsertTurn(
          view.turns,
          { itemId: item.id, role, at },
          {
            change: (turn) => ({
              ...turn,
              ...(role === 'assistant' && view.backend && { by: turn.by ?? view.backend }),
              // The gateway knows of an answer it lost what was heard.
              text: turn.brokeOff ? turn.text : text || turn.text,
              status: finished ? 'done' : turn.status,
            }),
            previousItemId: event.previous_item_id,
          },
        ),
      }
    }
    case 'conversation.item.deleted':
      return { ...view, turns: view.turns.filter((turn) => turn.itemId !== event.item_id) }
    case 'conversation.item.truncated': {
      const heard = textField(field(event, 'parley'), 'heard_transcript')
      return withTurn(view, event.item_id, (turn) => ({ ...turn, heard: heard ?? turn.heard }))
    }
    case 'conversation.item.input_audio_transcription.delta':
      return withTurn(view, event.item_id, (turn) => ({ ...turn, text: turn.text + (event.delta ?? '') }))
    case 'conversation.item.input_audio_transcription.completed':
      return withTurn(view, event.item_id, (turn) => ({
        ...turn,
        text: event.transcript.trim(),
        status: event.transcript.trim() === '' ? 'failed' : 'done',
      }))
    case 'conversation.item.input_audio_transcription.failed':
      return withTurn(afterFailedHearing(view, event.error), event.item_id, (turn) => ({
        ...turn,
        status: 'failed',
      }))
    case 'response.created': {
      const trace: ResponseTrace = {
        origin: view.origin,
        silenceMs: view.silenceMs,
        itemId: undefined,
        soundAt: undefined,
        outputLatencyMs: 0,
        timings: undefined,
        done: false,
      }
      const { id } = event.response
      return id === undefined ? view : { ...withTrace(view, id, trace), origin: undefined }
    }
    case 'response.output_item.added': {
      const trace = view.responses.get(event.response_id)
      if (!trace || trace.itemId !== undefined || roleOfItem(event.item) !== 'assistant') return view
      return withTrace(view, event.response_id, { ...trace, itemId: event.item.id })
    }
    case 'response.output_audio_transcript.delta':
    case 'response.output_text.delta':
      return withTurn(view, event.item_id, (turn) => ({ ...turn, text: turn.text + event.delta }))
    case 'response.output_audio_transcript.done':
      return withTurn(view, event.item_id, (turn) => ({ ...turn, text: event.transcript }))
    case 'response.output_text.done':
      return withTurn(view, event.item_id, (turn) => ({ ...turn, text: event.text }))
    case 'response.done':
      return reduceDone(view, event)
    default:
      return view
  }
}

function reduceDone(view: SessionView, event: Extract<ServerEvent, { type: 'response.done' }>): SessionView {
  const { response } = event
  const trace = response.id === undefined ? undefined : view.responses.get(response.id)
  if (!trace || response.id === undefined) return view
  const timings = parseTimings(field(response, 'parley'))
  const ended = withLatency(withTrace(view, response.id, { ...trace, timings, done: true }), response.id)
  const problem = response.status === 'failed' ? problemOfFailure(response.status_details?.error) : undefined
  return {
    ...ended,
    turns: trace.itemId
      ? changeTurn(ended.turns, trace.itemId, (turn) => ({ ...turn, status: 'done' }))
      : ended.turns,
    problem: problem ?? ended.problem,
  }
}

function problemOfFailure(error: unknown): Problem | undefined {
  const code = textField(error, 'code')
  return problemOfError(code, textField(error, 'message'))
}

function reduceStarted(view: SessionView, input: Extract<SessionInput, { kind: 'started' }>): SessionView {
  const sounding = { ...view, soundingItemId: input.itemId }
  const found = [...view.responses].find(([, trace]) => trace.itemId === input.itemId)
  if (!found || found[1].soundAt !== undefined) return sounding
  const [id, trace] = found
  const { at: soundAt, outputLatencyMs } = input
  return withLatency(withTrace(sounding, id, { ...trace, soundAt, outputLatencyMs }), id)
}

/** The latency is shown once the answer sounds, and again with its parts when the server has told its timings. */
function withLatency(view: SessionView, responseId: string): SessionView {
  const trace = view.responses.get(responseId)
  if (trace?.itemId === undefined || trace.soundAt === undefined || trace.origin === undefined) return view
  const latency = latencyOf({
    origin: trace.origin,
    soundAt: trace.soundAt,
    outputLatencyMs: trace.outputLatencyMs,
    silenceMs: trace.silenceMs,
    timings: trace.timings,
  })
  return withTurn(view, trace.itemId, (turn) => ({ ...turn, latency }))
}

const keep = { change: (turn: Turn): Turn => turn }

function withTurn(view: SessionView, itemId: string, change: (turn: Turn) => Turn): SessionView {
  return { ...view, turns: changeTurn(view.turns, itemId, change) }
}

function withTrace(view: SessionView, id: string, trace: ResponseTrace): SessionView {
  return { ...view, responses: new Map(view.responses).set(id, trace) }
}

/** Speech that was detected and never became words leaves no empty line behind. */
function withoutEmptySpeech(turns: readonly Turn[]): readonly Turn[] {
  return turns.filter((turn) => !(turn.role === 'user' && turn.status === 'live' && turn.text === ''))
}

/** What was on its way is over; what was said stays. */
function disconnected(view: SessionView, connection: Connection): SessionView {
  return {
    ...view,
    connection,
    responses: new Map(),
    origin: undefined,
    hearing: false,
    soundingItemId: undefined,
    turns: withoutEmptySpeech(view.turns).map((turn) =>
      turn.status === 'live' ? { ...turn, status: 'done' } : turn,
    ),
  }
}

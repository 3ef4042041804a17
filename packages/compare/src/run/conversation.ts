import { pcm16ToInt16 } from '@parley/audio'
import type { Item, Response, ServerEvent } from '@parley/core'
import { createHeardPerson, type HeardPerson } from './heard-person.ts'
import type { UsageTotals } from './lane-run.ts'
import type { Heard, Player } from './player.ts'
import { createToolCalls, type ToolCall, type ToolCallPorts } from './tool-calls.ts'
import { withUsage } from './usage.ts'

/** One answer as far as it has come. Times are ms on the lane's axis. */
export interface Answer {
  readonly id: string
  readonly createdAt: number
  /** What it says, piece by piece as it arrived. */
  readonly said: { readonly at: number; readonly text: string }[]
  doneAt: number | undefined
  status: Response['status']
  hasSound: boolean
  firstSoundAt: number | undefined
  soundEndAt: number | undefined
  cutAt: number | undefined
}

/** What a conversation needs from its lane. */
export interface ConversationPorts extends ToolCallPorts {
  readonly player: Player
  /** False where the session asks that speech does not interrupt. */
  readonly interrupts: boolean
  readonly onSound: (at: number, samples: Int16Array) => void
  readonly onCut: (at: number) => void
}

/** Everything a backend says, read as facts; it plays sound, gives way to speech and answers tool calls. */
export interface Conversation {
  receive(event: ServerEvent, at: number): void
  /** Notes what the listener noticed. */
  hear(heard: Heard): void
  /** Goes silent, as when speech was detected. */
  giveWay(at: number): void
  /** A response was asked for and will come. */
  expectAnswer(): void
  readonly answers: readonly Answer[]
  readonly toolCalls: readonly ToolCall[]
  readonly person: Pick<HeardPerson, 'transcripts' | 'awaitsTranscript'>
  /** Client events that were refused, by their `event_id`. */
  readonly refusals: ReadonlyMap<string, { readonly code: string; readonly message: string }>
  readonly usage: UsageTotals | undefined
  /** Model that answers, as the backend says; empty where it does not. */
  readonly model: string
  /** True once the settings are acknowledged. */
  readonly isReady: boolean
  /** A response is active, asked for, or about to come since the person is heard speaking. */
  isBusy(at: number): boolean
  /** When the backend last said something of an answer. */
  readonly activeAt: number
}

type EventOf<Type extends ServerEvent['type']> = Extract<ServerEvent, { type: Type }>
type Readers = { readonly [Type in ServerEvent['type']]?: (event: EventOf<Type>, at: number) => void }

/** Reads events in the order they come. */
export function createConversation(ports: ConversationPorts): Conversation {
  const { mark, player, send } = ports
  const answers = new Map<string, Answer>()
  const calls = createToolCalls(ports)
  const person = createHeardPerson(mark)
  const refusals = new Map<string, { readonly code: string; readonly message: string }>()
  let usage: UsageTotals | undefined
  let model = ''
  let isReady = false
  let isAsked = false
  let activeAt = 0

  function answerOf(id: string, at: number): Answer {
    activeAt = at
    const known = answers.get(id)
    if (known) return known
    const answer: Answer = {
      id,
      createdAt: at,
      said: [],
      doneAt: undefined,
      status: 'in_progress',
      hasSound: false,
      firstSoundAt: undefined,
      soundEndAt: undefined,
      cutAt: undefined,
    }
    answers.set(id, answer)
    isAsked = false
    person.answered()
    return answer
  }

  function say(id: string, text: string, at: number): void {
    const answer = answerOf(id, at)
    if (text === '') return
    if (answer.said.length === 0) mark({ type: 'first_text', at, responseId: id, text })
    answer.said.push({ at, text })
  }

  function play(event: EventOf<'response.output_audio.delta'>, at: number): void {
    const answer = answerOf(event.response_id, at)
    if (!answer.hasSound) mark({ type: 'first_audio', at, responseId: answer.id })
    answer.hasSound = true
    const samples = pcm16ToInt16(event.delta.bytes)
    const heardAt = player.arrive(at, {
      responseId: answer.id,
      itemId: event.item_id,
      contentIndex: event.content_index,
      samples,
    })
    if (heardAt !== undefined) ports.onSound(heardAt, samples)
  }

  function giveWay(at: number): void {
    const cuts = player.cut(at)
    for (const { responseId, heardMs, items } of cuts) {
      mark({ type: 'cut', at, responseId, heardMs })
      const answer = answers.get(responseId)
      if (answer) answer.cutAt = at
      for (const item of items) {
        send({
          type: 'conversation.item.truncate',
          item_id: item.itemId,
          content_index: item.contentIndex,
          audio_end_ms: Math.floor(item.heardMs),
        })
      }
    }
    if (cuts.length > 0) ports.onCut(at)
  }

  function noteItem(responseId: string, item: Item, at: number): void {
    if (item.type !== 'function_call') return
    activeAt = at
    calls.note(responseId, item.call_id ?? '', { at, name: item.name, arguments: item.arguments })
  }

  function finish({ response }: EventOf<'response.done'>, at: number): void {
    const answer = answerOf(response.id ?? '', at)
    const { id } = answer
    for (const item of response.output ?? []) noteItem(id, item, at)
    // A backend may tell its words only at the end.
    if (answer.said.length === 0) say(id, (response.output ?? []).map(textOf).join(''), at)
    answer.doneAt = at
    answer.status = response.status
    if (response.usage) usage = withUsage(usage, response.usage)
    player.close(id)
    const text = answer.said.map((piece) => piece.text).join('')
    mark({ type: 'response_done', at, responseId: id, status: response.status ?? '', text })
    const failure = response.status_details?.error
    if (failure) {
      mark({ type: 'error', at, code: failure.code ?? failure.type ?? 'failed', text: failure.message ?? '' })
    }
    if (calls.answer(id, response.status, at)) isAsked = true
  }

  function noteError({ error }: EventOf<'error'>, at: number): void {
    const code = error.code ?? error.type
    // What was asked for and refused will not come.
    isAsked = false
    if (typeof error.event_id === 'string') refusals.set(error.event_id, { code, message: error.message })
    mark({ type: 'error', at, code, text: error.message })
  }

  /** Events that are not here say nothing that a listener or a measure needs. */
  const readers: Readers = {
    'session.created'({ session }, at) {
      mark({ type: 'session_created', at })
      model = modelOf(session) ?? model
    },
    'session.updated'({ session }, at) {
      model = modelOf(session) ?? model
      if (!isReady) mark({ type: 'session_ready', at })
      isReady = true
    },
    'input_audio_buffer.speech_started'(event, at) {
      person.started(event, at)
      if (ports.interrupts) giveWay(at)
    },
    'input_audio_buffer.speech_stopped': (event, at) => person.stopped(event, at),
    'conversation.item.input_audio_transcription.delta'({ item_id, delta = '' }, at) {
      person.transcribed(item_id, delta, at, 'part')
    },
    'conversation.item.input_audio_transcription.completed'({ item_id, transcript }, at) {
      person.transcribed(item_id, transcript, at, 'whole')
    },
    'conversation.item.input_audio_transcription.failed': (event, at) =>
      person.transcriptionFailed(event, at),
    'response.created'({ response }, at) {
      mark({ type: 'response_created', at, responseId: answerOf(response.id ?? '', at).id })
    },
    'response.output_text.delta': (event, at) => say(event.response_id, event.delta, at),
    'response.output_audio_transcript.delta': (event, at) => say(event.response_id, event.delta, at),
    'response.output_audio.delta': play,
    'response.output_item.added'({ item }) {
      if (item.type === 'function_call') calls.announce(item.call_id ?? '', item.name)
    },
    'response.function_call_arguments.done'(event, at) {
      activeAt = at
      calls.note(event.response_id, event.call_id, { at, name: event.name, arguments: event.arguments })
    },
    'response.output_item.done': (event, at) => noteItem(event.response_id, event.item, at),
    'response.done': finish,
    error: noteError,
    warning({ warning }, at) {
      mark({ type: 'warning', at, code: warning.code ?? 'warning', text: warning.message })
    },
  }

  return {
    receive(event, at) {
      // The reader under a type takes events of that type.
      const read = readers[event.type] as ((event: ServerEvent, at: number) => void) | undefined
      read?.(event, at)
    },
    hear(heard) {
      mark(heard)
      const answer = heard.type === 'underrun' ? undefined : answers.get(heard.responseId)
      if (!answer) return
      if (heard.type === 'first_sound') answer.firstSoundAt = heard.at
      else answer.soundEndAt = heard.at
    },
    giveWay,
    expectAnswer() {
      isAsked = true
    },
    get answers() {
      return [...answers.values()]
    },
    toolCalls: calls.made,
    person,
    refusals,
    get usage() {
      return usage
    },
    get model() {
      return model
    },
    get isReady() {
      return isReady
    },
    isBusy: (at) =>
      isAsked || person.isAnswerNear(at) || [...answers.values()].some(({ doneAt }) => doneAt === undefined),
    get activeAt() {
      return activeAt
    },
  }
}

function modelOf(session: EventOf<'session.created'>['session']): string | undefined {
  return session.type === 'realtime' ? session.model : undefined
}

function textOf(item: Item): string {
  if (item.type !== 'message' || item.role !== 'assistant') return ''
  return item.content
    .map((part) => (part.type === 'output_text' ? part.text : (part.transcript ?? '')))
    .join('')
}

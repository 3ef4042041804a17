import type { ClientEvent, Item, Response, ServerEvent } from '@parley/core'
import type { UsageTotals } from './lane-run.ts'
import type { Mark } from './mark.ts'
import { pcmSamples } from './pcm-samples.ts'
import type { Heard, Player } from './player.ts'
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

/** What a backend called. */
export interface ToolCall {
  readonly at: number
  readonly name: string
  /** JSON text, as it came. */
  readonly arguments: string
}

/** What a conversation needs from its lane. */
export interface ConversationPorts {
  readonly player: Player
  readonly mark: (mark: Mark) => void
  readonly send: (event: ClientEvent) => void
  /** Result of a tool as JSON text; `undefined` for one the scenario does not have. */
  readonly toolResult: (name: string) => string | undefined
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
  readonly transcripts: readonly { readonly at: number; readonly itemId: string; readonly text: string }[]
  /** Client events that were refused, by their `event_id`. */
  readonly refusals: ReadonlyMap<string, { readonly code: string; readonly message: string }>
  readonly usage: UsageTotals | undefined
  /** Model that answers, as the backend says; empty where it does not. */
  readonly model: string
  /** True once the settings are acknowledged. */
  readonly isReady: boolean
  /** Speech was detected and its transcript has not come. */
  readonly awaitsTranscript: boolean
  /** A response is active, asked for, or about to come since the person is heard speaking. */
  isBusy(at: number): boolean
  /** When the backend last said something of an answer. */
  readonly activeAt: number
}

/** After detected speech a backend that answers begins within this, ms; its detector's verdict is in by then. */
const answerGraceMs = 1500

type EventOf<Type extends ServerEvent['type']> = Extract<ServerEvent, { type: Type }>

/** Reads events in the order they come. */
export function createConversation(ports: ConversationPorts): Conversation {
  const { mark, player, send } = ports
  const answers = new Map<string, Answer>()
  const toolCalls: ToolCall[] = []
  const transcripts: { at: number; itemId: string; text: string }[] = []
  const partial = new Set<string>()
  const untranscribed = new Set<string>()
  const callNames = new Map<string, string>()
  const refusals = new Map<string, { readonly code: string; readonly message: string }>()
  const calls = new Map<string, { readonly responseId: string; readonly name: string }>()
  let usage: UsageTotals | undefined
  let model = ''
  let isReady = false
  let isHeardSpeaking = false
  let heardSpeechUntil = -Infinity
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
    heardSpeechUntil = -Infinity
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
    const samples = pcmSamples(event.delta.bytes)
    const sound = {
      responseId: answer.id,
      itemId: event.item_id,
      contentIndex: event.content_index,
      samples,
    }
    const heardAt = player.arrive(at, sound)
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

  function hearTranscript(itemId: string, text: string, at: number, isWhole: boolean): void {
    if (text !== '' && !partial.has(itemId)) {
      partial.add(itemId)
      mark({ type: 'first_transcript', at, itemId, text })
    }
    if (!isWhole) return
    untranscribed.delete(itemId)
    transcripts.push({ at, itemId, text })
    mark({ type: 'transcript', at, itemId, text })
  }

  function noteCall(responseId: string, callId: string, name: string, text: string, at: number): void {
    if (calls.has(callId)) return
    activeAt = at
    calls.set(callId, { responseId, name })
    toolCalls.push({ at, name, arguments: text })
    mark({ type: 'tool_call', at, responseId, name, arguments: text })
  }

  /** Results go back once the response that called is done: until then a new one would be refused. */
  function answerCalls(responseId: string, status: Response['status'], at: number): void {
    const own = [...calls].filter(([, call]) => call.responseId === responseId)
    for (const [callId, { name }] of own) {
      const result = ports.toolResult(name)
      if (result === undefined) {
        mark({ type: 'warning', at, code: 'unknown_tool', text: `The scenario has no tool "${name}".` })
      }
      const output = result ?? JSON.stringify({ error: `There is no tool "${name}".` })
      send({
        type: 'conversation.item.create',
        item: { type: 'function_call_output', call_id: callId, output },
      })
    }
    if (own.length === 0 || status === 'cancelled') return
    isAsked = true
    send({ type: 'response.create' })
  }

  function finish({ response }: EventOf<'response.done'>, at: number): void {
    const answer = answerOf(response.id ?? '', at)
    const { id } = answer
    for (const item of response.output ?? []) {
      if (item.type === 'function_call') noteCall(id, item.call_id ?? '', item.name, item.arguments, at)
      else if (answer.said.length === 0) say(id, textOf(item), at)
    }
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
    answerCalls(id, response.status, at)
  }

  function receive(event: ServerEvent, at: number): void {
    switch (event.type) {
      case 'session.created':
        mark({ type: 'session_created', at })
        model = modelOf(event.session) ?? model
        return
      case 'session.updated':
        model = modelOf(event.session) ?? model
        if (!isReady) mark({ type: 'session_ready', at })
        isReady = true
        return
      case 'input_audio_buffer.speech_started':
        isHeardSpeaking = true
        untranscribed.add(event.item_id)
        mark({ type: 'speech_started', at, itemId: event.item_id })
        if (ports.interrupts) giveWay(at)
        return
      case 'input_audio_buffer.speech_stopped':
        isHeardSpeaking = false
        heardSpeechUntil = at
        mark({ type: 'speech_stopped', at, itemId: event.item_id })
        return
      case 'conversation.item.input_audio_transcription.delta':
        return hearTranscript(event.item_id, event.delta ?? '', at, false)
      case 'conversation.item.input_audio_transcription.completed':
        return hearTranscript(event.item_id, event.transcript, at, true)
      case 'conversation.item.input_audio_transcription.failed':
        untranscribed.delete(event.item_id)
        mark({
          type: 'error',
          at,
          code: event.error.code ?? 'transcription_failed',
          text: event.error.message ?? '',
        })
        return
      case 'response.created':
        mark({ type: 'response_created', at, responseId: answerOf(event.response.id ?? '', at).id })
        return
      case 'response.output_text.delta':
      case 'response.output_audio_transcript.delta':
        return say(event.response_id, event.delta, at)
      case 'response.output_audio.delta':
        return play(event, at)
      case 'response.output_item.added':
        if (event.item.type === 'function_call') callNames.set(event.item.call_id ?? '', event.item.name)
        return
      case 'response.function_call_arguments.done':
        noteCall(
          event.response_id,
          event.call_id,
          event.name ?? callNames.get(event.call_id) ?? '',
          event.arguments,
          at,
        )
        return
      case 'response.output_item.done':
        if (event.item.type === 'function_call') {
          noteCall(event.response_id, event.item.call_id ?? '', event.item.name, event.item.arguments, at)
        }
        return
      case 'response.done':
        return finish(event, at)
      case 'error':
        return noteError(event.error, at)
      case 'warning':
        mark({ type: 'warning', at, code: event.warning.code ?? 'warning', text: event.warning.message })
        return
      default:
        return
    }
  }

  function noteError({ code, type, message, event_id }: EventOf<'error'>['error'], at: number): void {
    // What was asked for and refused will not come.
    isAsked = false
    if (typeof event_id === 'string') refusals.set(event_id, { code: code ?? type, message })
    mark({ type: 'error', at, code: code ?? type, text: message })
  }

  function hear(heard: Heard): void {
    mark(heard)
    if (heard.type === 'underrun') return
    const answer = answers.get(heard.responseId)
    if (!answer) return
    if (heard.type === 'first_sound') answer.firstSoundAt = heard.at
    else answer.soundEndAt = heard.at
  }

  return {
    receive,
    hear,
    giveWay,
    expectAnswer() {
      isAsked = true
    },
    get answers() {
      return [...answers.values()]
    },
    toolCalls,
    transcripts,
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
    get awaitsTranscript() {
      return untranscribed.size > 0
    },
    isBusy: (at) =>
      isAsked ||
      isHeardSpeaking ||
      at - heardSpeechUntil < answerGraceMs ||
      [...answers.values()].some(({ doneAt }) => doneAt === undefined),
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

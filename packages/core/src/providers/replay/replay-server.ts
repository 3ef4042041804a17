import type { ClientEvent, SessionUpdate } from '../../events/client-events.ts'
import type { Item } from '../../events/items.ts'
import type { ServerEvent } from '../../events/server-events.ts'
import type { TurnDetection } from '../../events/session-config.ts'
import { createAgenda } from './agenda.ts'
import { createConversation } from './conversation.ts'
import { cutShort } from './cut-short.ts'
import type { CutReason } from './cut-short.ts'
import { createListening, usualSilenceMs } from './listening.ts'
import type { LiveSpeech } from './listening.ts'
import { firstSession, updatedSession } from './live-session.ts'
import { refusals } from './refusals.ts'
import type { RecordedAnswer, RecordedTurn, Script, TimedEvent } from './script.ts'

/** What one replay needs. */
export interface ReplayOptions {
  readonly id: string
  readonly script: Script
  /** 1 is the recording's own pace. */
  readonly speed: number
  /** The recorded backend was stopped by speech and by a cancel. */
  readonly interruptible: boolean
  /** Whether the recorded backend found turns by itself. */
  readonly detectsTurns: boolean
  /** Clock in ms that never goes back. */
  readonly now: () => number
  readonly newId: (prefix: string) => string
  readonly send: (event: ServerEvent) => void
  /** The connection breaks as the recorded one did. */
  readonly broke: (message: string) => void
}

/** The backend side of a replay. */
export interface ReplayServer {
  start(): void
  take(event: ClientEvent): void
  stop(): void
}

interface Playing {
  readonly answer: RecordedAnswer
  hasBegun: boolean
  readonly items: Set<string>
  readonly words: Map<string, string>
}

/**
 * A server of the GA events whose hearing and answers come from a recording. Answers wait for what drew them there: the
 * end of the user's speech, or a request of the client. What else a client does is answered at once and truly.
 */
export function createReplayServer(options: ReplayOptions): ReplayServer {
  const { id, script, speed, now, newId, send } = options
  const agenda = createAgenda(now)
  const conversation = createConversation(script.ids, newId)
  let session = firstSession(script.session, {
    id: newId('sess'),
    model: id,
    detectsTurns: options.detectsTurns,
  })
  let turnIndex = 0
  let answerIndex = 0
  let updateIndex = 0
  let uncommittedBytes = 0
  /** Id of the user item that is being spoken. */
  let live: string | undefined
  /** Answers that are given or about to be. */
  const active = new Set<Playing>()
  let announced: { readonly speech: LiveSpeech; readonly tell: () => void } | undefined

  const listening = createListening({
    now,
    speed,
    expected: () => script.turns[turnIndex],
    silenceMs() {
      const detection = turnDetection()
      return detection?.type === 'server_vad'
        ? (detection.silence_duration_ms ?? usualSilenceMs)
        : usualSilenceMs
    },
    onset,
    over,
  })

  function turnDetection(): TurnDetection | undefined {
    return options.detectsTurns ? (session.audio?.input?.turn_detection ?? undefined) : undefined
  }

  /** Runs at a time, ahead of recorded events that are due then. */
  function at(time: number, run: () => void): void {
    agenda.add({ at: time, order: -1, run })
  }

  /** Plays recorded events; `shift` of their delays has gone by at `base`. */
  function play(
    events: readonly TimedEvent[],
    {
      base,
      shift,
      of,
      sent,
    }: { base: number; shift: number; of?: object; sent: (event: TimedEvent) => void },
  ): void {
    for (const event of events) {
      const due = base + Math.max(0, event.after - shift) / speed
      agenda.add({ at: due, order: event.order, ...(of && { of }), run: () => sent(event) })
    }
  }

  function sendRecorded({ event }: TimedEvent): void {
    send(conversation.localise(event))
  }

  // Hearing

  function onset(speech: LiveSpeech): void {
    const turn = script.turns[turnIndex]
    const itemId = turn?.itemId ?? newId('item')
    const startMs = Math.max(0, Math.round(speech.fromMs - paddingMs()))
    const told = { speech, itemId, tell }
    function tell(): void {
      if (announced !== told) return
      agenda.remove(({ of }) => of === told)
      announced = undefined
      const type = 'input_audio_buffer.speech_started'
      send(conversation.localise({ type, event_id: '', audio_start_ms: startMs, item_id: itemId }))
      live = itemId
      if (options.interruptible && turnDetection()?.interrupt_response !== false) cut('turn_detected')
    }
    announced = told
    const after = (turn?.speech?.startedAfter ?? 0) / speed
    agenda.add({ at: Math.max(now(), speech.fromAt + after), order: 0, of: told, run: tell })
  }

  function paddingMs(): number {
    const detection = turnDetection()
    return detection?.type === 'server_vad' ? (detection.prefix_padding_ms ?? 300) : 300
  }

  function over(speech: LiveSpeech, base: number): void {
    announced?.tell()
    const turn = script.turns[turnIndex]
    const itemId = turn?.itemId ?? live ?? newId('item')
    const shift = turn?.speech?.stoppedAfter ?? 0
    const endMs = Math.round(speech.endMs + (turn?.speech?.stoppedAfter ?? usualSilenceMs))
    const type = 'input_audio_buffer.speech_stopped'
    at(base, () => send(conversation.localise({ type, event_id: '', audio_end_ms: endMs, item_id: itemId })))
    commitTurn(turn, { base, shift, itemId })
    if (turnDetection()?.create_response !== false) answerTurn({ base, shift })
    turnIndex += 1
  }

  /** What the recording has of a turn, or what any server says where it has none. */
  function commitTurn(
    turn: RecordedTurn | undefined,
    { base, shift, itemId }: { readonly base: number; readonly shift: number; readonly itemId: string },
  ): void {
    uncommittedBytes = 0
    const events = (turn?.events ?? []).filter(
      ({ event }) => event.type !== 'input_audio_buffer.speech_stopped',
    )
    if (turn && events.length > 0) return play(events, { base, shift, sent: sendRecorded })
    at(base, () => {
      const type = 'input_audio_buffer.committed'
      send(conversation.localise({ type, event_id: '', item_id: itemId }))
      const content = [{ type: 'input_audio', transcript: null }] as const
      addItem({ id: itemId, type: 'message', role: 'user', content: [...content] })
    })
  }

  // Answering

  function answerTurn({ base, shift }: { readonly base: number; readonly shift: number }): void {
    const own = script.answers.flatMap(({ turn }, index) =>
      turn === turnIndex && index >= answerIndex ? [index] : [],
    )
    if (own.length > 0) {
      for (const index of own) start(index, { base, shift })
      return
    }
    const isRecorded = turnIndex < script.turns.length
    const heard = script.turns[turnIndex]?.speech !== undefined
    // A turn the recorded backend heard and left without an answer is left so again.
    if (isRecorded && heard) return
    at(base, () => next({ base, shift: 0 }))
  }

  function next({ base, shift }: { readonly base: number; readonly shift: number }, eventId?: string): void {
    const answer = script.answers[answerIndex]
    if (answer) {
      const spoken = answer.turn === undefined ? undefined : script.turns[answer.turn]?.speech
      if (answer.turn !== undefined) turnIndex = Math.max(turnIndex, answer.turn + 1)
      return start(answerIndex, { base, shift: spoken?.stoppedAfter ?? shift })
    }
    send(refusals.noMoreAnswers(newId('event'), { name: id, answers: script.answers.length }, eventId))
  }

  function start(index: number, { base, shift }: { readonly base: number; readonly shift: number }): void {
    const answer = script.answers[index]
    if (!answer) return
    answerIndex = index + 1
    const state: Playing = { answer, hasBegun: false, items: new Set(), words: new Map() }
    active.add(state)
    const { broke } = script
    if (broke !== undefined && index === script.answers.length - 1) {
      const last = answer.events.at(-1)?.after ?? 0
      const due = base + Math.max(0, last - shift) / speed
      agenda.add({ at: due, order: Infinity, of: state, run: () => options.broke(broke) })
    }
    play(answer.events, { base, shift, of: state, sent: (event) => sendAnswer(state, event.event) })
  }

  function sendAnswer(state: Playing, event: ServerEvent): void {
    if (event.type === 'response.created') state.hasBegun = true
    else if (event.type === 'response.output_item.added') state.items.add(event.item.id ?? '')
    else if (
      event.type === 'response.output_text.delta' ||
      event.type === 'response.output_audio_transcript.delta'
    ) {
      state.words.set(event.item_id, (state.words.get(event.item_id) ?? '') + event.delta)
    } else if (event.type === 'response.done') active.delete(state)
    send(conversation.localise(event))
  }

  /** Ends the answers that are being given. One that has not begun is not given at all. */
  function cut(reason: CutReason): void {
    for (const state of active) {
      active.delete(state)
      const orders = new Set(agenda.remove(({ of }) => of === state).map((due) => due.order))
      if (!state.hasBegun) continue
      const rest = state.answer.events.filter((event) => orders.has(event.order))
      for (const event of cutShort(rest, state, reason)) send(conversation.localise(event))
    }
  }

  // Keeping the conversation

  function addItem(item: Item): void {
    const placed = conversation.add(item)
    const event = { item: placed.item, previous_item_id: placed.previousId }
    send({ type: 'conversation.item.added', event_id: newId('event'), ...event })
    send({ type: 'conversation.item.done', event_id: newId('event'), ...event })
  }

  function update({ session: changes, event_id }: SessionUpdate): void {
    if (changes.type === 'transcription') return send(refusals.transcription(newId('event'), event_id))
    session = updatedSession(session, changes)
    if (turnDetection() === undefined) listening.forget()
    const after = script.updatesMs[updateIndex] ?? script.updatesMs.at(-1) ?? 0
    updateIndex += 1
    const effective = session
    const tell = (): void => send({ type: 'session.updated', event_id: newId('event'), session: effective })
    if (after / speed < 1) tell()
    else at(now() + after / speed, tell)
  }

  function commit(eventId: string | undefined): void {
    if (uncommittedBytes === 0) return send(refusals.emptyCommit(newId('event'), eventId))
    listening.forget()
    announced = undefined
    const turn = script.turns[turnIndex]
    turnIndex += 1
    commitTurn(turn, {
      base: now(),
      shift: turn?.speech?.stoppedAfter ?? 0,
      itemId: turn?.itemId ?? newId('item'),
    })
  }

  function withItem(itemId: string, eventId: string | undefined, work: (item: Item) => void): void {
    const item = conversation.item(itemId)
    if (item) return work(item)
    send(refusals.noItem(newId('event'), eventId))
  }

  function answerTo(event: ClientEvent): void {
    switch (event.type) {
      case 'session.update':
        return update(event)
      case 'input_audio_buffer.append':
        uncommittedBytes += event.audio.byteLength
        return listening.hear(event.audio, turnDetection() !== undefined)
      case 'input_audio_buffer.commit':
        return commit(event.event_id)
      case 'input_audio_buffer.clear':
        uncommittedBytes = 0
        listening.forget()
        return send({ type: 'input_audio_buffer.cleared', event_id: newId('event') })
      case 'output_audio_buffer.clear':
        return
      case 'conversation.item.create':
        return addItem(event.item)
      case 'conversation.item.retrieve':
        return withItem(event.item_id, event.event_id, (item) =>
          send({ type: 'conversation.item.retrieved', event_id: newId('event'), item }),
        )
      case 'conversation.item.truncate':
        return withItem(event.item_id, event.event_id, () => {
          const { item_id, content_index, audio_end_ms } = event
          const type = 'conversation.item.truncated'
          send({ type, event_id: newId('event'), item_id, content_index, audio_end_ms })
        })
      case 'conversation.item.delete':
        return withItem(event.item_id, event.event_id, () => {
          conversation.remove(event.item_id)
          send({ type: 'conversation.item.deleted', event_id: newId('event'), item_id: event.item_id })
        })
      case 'response.create':
        if (active.size > 0) return send(refusals.secondResponse(newId('event'), event.event_id))
        return next({ base: now(), shift: 0 }, event.event_id)
      case 'response.cancel':
        if (active.size > 0) return cut('client_cancelled')
        return send(refusals.nothingToCancel(newId('event'), event.event_id))
      case 'extension':
        return send(refusals.foreignEvent(newId('event')))
    }
  }

  return {
    start() {
      send({ type: 'session.created', event_id: newId('event'), session })
      play(script.opening, { base: now(), shift: 0, sent: sendRecorded })
    },
    take(event) {
      answerTo(event)
      const { checkAt } = listening
      agenda.remove(({ of }) => of === listening)
      if (checkAt !== undefined)
        agenda.add({ at: checkAt, order: 0, of: listening, run: () => listening.check() })
    },
    stop: () => agenda.stop(),
  }
}

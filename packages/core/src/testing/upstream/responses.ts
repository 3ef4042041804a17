import { isObject, textOf } from './json.ts'
import { writtenText } from './conversation.ts'
import { callMcp, callTools } from './calls.ts'
import { openMessage, type ItemEnd, type Place } from './output-item.ts'
import { planOf, type ContextItem, type Plan } from './script.ts'
import { toneOf } from './sound.ts'
import type { Talk } from './talk.ts'
import { announceLastWord, announceWord } from './timings.ts'
import { usageOf } from './usage.ts'
import type { ResponseRequest, WireObject } from './wire.ts'

/** Why a running answer was stopped. */
export type CancelReason = 'turn_detected' | 'client_cancelled'

/** An answer that is being given. */
export interface RunningResponse {
  readonly id: string
  readonly outOfBand: boolean
  cancel(reason: CancelReason): void
}

/** The answers of one connection: one in the conversation, any number out of band. */
export interface Responses {
  readonly active: RunningResponse | undefined
  /** The answer of that id, or the one in the conversation. */
  find(id?: string): RunningResponse | undefined
  start(request: ResponseRequest): void
  /** Runs after the next answer in the conversation, at once when none is running. */
  afterActive(run: () => void): void
}

/** What the rest of the engine is told. */
export interface ResponseListener {
  started(): void
  /** An answer in the conversation ended; its sound lasts that long. */
  ended(soundMs: number): void
}

/** No answers yet. */
export function createResponses(talk: Talk, listener: ResponseListener): Responses {
  const running = new Map<string, RunningResponse>()
  let active: RunningResponse | undefined
  let waiting: (() => void)[] = []
  let count = 0

  return {
    get active() {
      return active
    },
    find: (id) => (id === undefined ? active : running.get(id)),
    afterActive(run) {
      if (active === undefined) run()
      else waiting.push(run)
    },
    start(request) {
      const number = count++
      const response = run(talk, request, number, (soundMs) => {
        running.delete(response.id)
        if (request.outOfBand) return
        active = undefined
        const due = waiting
        waiting = []
        for (const task of due) task()
        listener.ended(soundMs)
      })
      running.set(response.id, response)
      if (!request.outOfBand) {
        active = response
        listener.started()
      }
    },
  }
}

function run(
  talk: Talk,
  request: ResponseRequest,
  number: number,
  ended: (soundMs: number) => void,
): RunningResponse {
  const { settings, outOfBand } = request
  const id = talk.newId('resp')
  const output: WireObject[] = []
  const context = contextOf(talk, request)
  let over = false
  let closeOpen: ((end: ItemEnd) => WireObject) | undefined
  let soundMs = 0

  const place = (): Place => ({
    responseId: id,
    outputIndex: output.length,
    outOfBand,
    itemDoneFirst: number % 2 === 0,
  })
  const responseOf = (fields: WireObject): WireObject => ({
    object: 'realtime.response',
    id,
    conversation_id: outOfBand ? null : talk.conversationId,
    ...request.shown,
    metadata: request.metadata ?? null,
    ...fields,
  })
  function rateLimits(): void {
    const limit = { limit: 100_000, remaining: 99_000 - number, reset_seconds: 0.6 }
    talk.emit({ type: 'rate_limits.updated', rate_limits: [{ name: 'tokens', ...limit }] })
  }
  function finish(status: string, details: WireObject | null): void {
    if (over) return
    over = true
    if (closeOpen !== undefined) output.push(closeOpen(status === 'completed' ? 'completed' : 'incomplete'))
    closeOpen = undefined
    const text = output.map((item) => `${writtenText(item)}${textOf(item['arguments'])}`).join(' ')
    const usage = status === 'failed' ? null : usageOf(context, { text, soundMs })
    talk.emit({
      type: 'response.done',
      response: responseOf({ status, status_details: details, output, usage }),
    })
    if (number % 3 === 1) rateLimits()
    ended(soundMs)
  }
  async function say(plan: Extract<Plan, { kind: 'say' }>): Promise<void> {
    const message = openMessage(talk, place(), settings.sound)
    if (talk.hasAvatar) talk.emitRaw({ type: 'session.avatar.switch_to_speaking' })
    closeOpen = (end) => {
      if (talk.hasAvatar) talk.emitRaw({ type: 'session.avatar.switch_to_idle' })
      announceLastWord(talk, message.place, settings)
      return message.close(end)
    }
    for (const [at, word] of plan.words.entries()) {
      await talk.pause(talk.manner.deltaIntervalMs)
      if (over) return
      if (at >= settings.maxOutputTokens) {
        finish('incomplete', { type: 'incomplete', reason: 'max_output_tokens' })
        return
      }
      message.say(at === 0 ? word : ` ${word}`, toneOf(settings.outputFormat, plan.wordMs), plan.wordMs)
      if (settings.sound) {
        announceWord(talk, { place: message.place, settings, word, offsetMs: soundMs })
        soundMs += plan.wordMs
      }
      if (plan.odd === true && at === 0) talk.emitRaw({ type: 'response.future_part.delta', response_id: id })
    }
    finish('completed', { type: 'completed' })
  }
  async function dropLine(): Promise<void> {
    const message = openMessage(talk, place(), settings.sound)
    for (const word of ['I', ' am']) {
      await talk.pause(talk.manner.deltaIntervalMs)
      if (over) return
      message.say(word, toneOf(settings.outputFormat, 100), 100)
    }
    await talk.pause(talk.manner.deltaIntervalMs)
    talk.drop()
  }
  async function perform(plan: Plan): Promise<void> {
    switch (plan.kind) {
      case 'say':
        return say(plan)
      case 'call':
        await callTools(talk, plan.names, place, {
          isOver: () => over,
          output,
          setOpen: (close) => (closeOpen = close),
        })
        return finish('completed', { type: 'completed' })
      case 'mcp':
        await callMcp(talk, plan, place, {
          isOver: () => over,
          output,
          setOpen: (close) => (closeOpen = close),
        })
        return finish('completed', { type: 'completed' })
      case 'fail':
        return finish('failed', {
          type: 'failed',
          error: { type: 'server_error', code: 'server_error' },
        })
      case 'drop':
        return dropLine()
      case 'expire':
        return talk.expire()
    }
  }

  talk.emit({
    type: 'response.created',
    response: responseOf({ status: 'in_progress', status_details: null, output: [], usage: null }),
  })
  if (number % 3 === 0) rateLimits()
  if (talk.manner.unknownEvents) talk.emitRaw({ type: 'response.thought.started', response_id: id })
  const plan: Plan =
    request.verbatim === undefined
      ? planOf(context, settings)
      : { kind: 'say', words: request.verbatim.split(' '), wordMs: 100 }
  void talk.pause(talk.manner.deltaIntervalMs).then(() => (over ? undefined : perform(plan)))
  return {
    id,
    outOfBand,
    cancel: (reason) => finish('cancelled', { type: 'cancelled', reason }),
  }
}

/** What the model sees: the conversation, or what the request names in its place. */
function contextOf(talk: Talk, request: ResponseRequest): readonly ContextItem[] {
  const held = talk.conversation.items.map(({ shown, text }) => ({ item: shown, text }))
  const given = (items: readonly WireObject[]) =>
    items.flatMap((item): readonly ContextItem[] => {
      if (item['type'] !== 'item_reference') return [{ item, text: writtenText(item) }]
      const found = talk.conversation.find(textOf(item['id']))
      return found === undefined ? [] : [{ item: found.shown, text: found.text }]
    })
  return [
    ...(request.input === undefined ? held : given(request.input)),
    ...given(request.appended ?? []),
  ].filter(({ item }) => isObject(item))
}

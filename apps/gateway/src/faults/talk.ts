import type { ClientEventJson } from '@parley/client'
import { foldEntries } from '@parley/core/storage'
import type { ContextItem, ContextStore } from '@parley/core/storage'
import { Lost } from './caller.ts'
import type { Caller } from './caller.ts'
import type { CallerView, SeenResponse } from './caller-view.ts'
import { eventsOf, outputOf } from './turns.ts'
import type { Turn } from './turns.ts'

/** What a caller works with. */
export interface Talk {
  readonly caller: Caller
  readonly store: ContextStore
  readonly conversationId: string
  readonly settings: ClientEventJson
}

/** Has the settings taken and says all turns, each after the answer to the one before, whatever happens between. */
export async function talk(
  { caller, store, conversationId, settings }: Talk,
  turns: readonly Turn[],
): Promise<void> {
  await persistently(async () => {
    const before = caller.view.count('session.updated')
    caller.send(settings)
    await caller.when((view) => view.count('session.updated') > before)
  })
  for (const turn of turns) await persistently((isAgain) => say(turn, isAgain))

  /** Comes back and tries again as long as connections get lost. */
  async function persistently(attempt: (isAgain: boolean) => Promise<void>): Promise<void> {
    for (let isAgain = false; ; isAgain = true) {
      try {
        if (isAgain) {
          await caller.reconnect()
          caller.send(settings)
        }
        return await attempt(isAgain)
      } catch (error) {
        if (!(error instanceof Lost)) throw error
      }
    }
  }

  async function say(turn: Turn, isAgain: boolean): Promise<void> {
    const known = isAgain ? await readItems(store, conversationId) : []
    const place = known.findIndex(({ item }) => item.id === turn.itemId)
    const after = place === -1 ? [] : known.slice(place + 1)
    if (after.some(isAnswer)) return
    const call = after.map(callIn).find((id) => id !== undefined)
    if (call === undefined) {
      const mark = caller.view.responses.length
      if (place === -1) for (const event of eventsOf(turn)) caller.send(event)
      caller.send({ type: 'response.create' })
      await caller.when((view) => isAnswered(view, mark))
    }
    const callId = call ?? caller.view.responses.map(callOf).findLast((id) => id !== undefined)
    if (turn.kind !== 'tool' || callId === undefined) return
    const hasOutput = after.some(({ item }) => item.type === 'function_call_output')
    const mark = caller.view.responses.length
    if (call === undefined && callOf(caller.view.responses.at(-1)) === undefined) return
    if (!hasOutput) caller.send(outputOf(callId, turn))
    caller.send({ type: 'response.create' })
    await caller.when((view) => isAnswered(view, mark))
  }
}

/** What is stored of a conversation. */
export async function readItems(store: ContextStore, id: string): Promise<readonly ContextItem[]> {
  return foldEntries((await store.load(id))?.entries ?? [])
}

function isAnswer({ item }: ContextItem): boolean {
  return item.type === 'message' && item.role === 'assistant' && item.content.length > 0
}

/** Something was answered since, whole or cut off, and nothing is being answered. */
function isAnswered(view: CallerView, mark: number): boolean {
  const ended = view.responses.slice(mark)
  return (
    view.openResponses.size === 0 &&
    ended.some((response) => response.status === 'completed' || saysSomething(response))
  )
}

/** An answer that was lost before a word or a call of it was there is asked for again by the gateway. */
function saysSomething(response: SeenResponse): boolean {
  return (
    callOf(response) !== undefined ||
    response.output.some(
      ({ type, content }) => type === 'message' && Array.isArray(content) && content.length > 0,
    )
  )
}

function callOf(response: SeenResponse | undefined): string | undefined {
  const call = response?.output.find(
    ({ type, status }) => type === 'function_call' && status !== 'incomplete',
  )
  return typeof call?.['call_id'] === 'string' ? call['call_id'] : undefined
}

function callIn({ item }: ContextItem): string | undefined {
  return item.type === 'function_call' && item.status !== 'incomplete' ? item.call_id : undefined
}

import type { ConnectionState } from '@parley/client'
import type { ContextStore, StoredContext } from '@parley/core/storage'
import { problemsOf } from '../faults/invariants.ts'
import { resumingCaller } from '../faults/resuming-caller.ts'
import { talk } from '../faults/talk.ts'
import { recollection, settingsOf } from '../faults/turns.ts'
import type { Turn } from '../faults/turns.ts'
import type { Replicas } from './replicas.ts'

/** Somebody who talks until told to stop. */
export interface LongCall {
  readonly id: string
  /** Address of the gateway in use. */
  readonly url: string
  readonly turns: readonly Turn[]
  /** How often it had to come back, and what each time the connection was away (ms). */
  readonly gaps: readonly number[]
  /** What its connection did last, and what went wrong, for whoever looks into a failure. */
  readonly standing: string
  /** Says a last turn once the present one is answered, hangs up, and gives what is wrong with what is left. */
  finish(): Promise<readonly string[]>
}

/** Begins a call over whichever gateway is up; each turn follows the answer to the one before by `pauseMs`. */
export async function longCall(id: string, replicas: Replicas, pauseMs: () => number): Promise<LongCall> {
  const turns: Turn[] = []
  const gaps: number[] = []
  let isOver = false
  let url = ''
  let lostAt: number | undefined
  let standing = 'new'
  const settings = settingsOf('openai-ga', 'text')
  const caller = await resumingCaller(`http://gateway/v1/realtime?conversation=${id}`, {
    createSocket(address, protocols) {
      url = replicas.next()
      return new WebSocket(address.replace('ws://gateway', url.replace('http', 'ws')), [...protocols])
    },
    fetch: (address, options) => fetch(textOf(address).replace('http://gateway', url), options),
    onState(state: ConnectionState) {
      standing = JSON.stringify(state)
      if (state.name === 'reconnecting') lostAt ??= performance.now()
      if (state.name !== 'open' || lostAt === undefined) return
      gaps.push(performance.now() - lostAt)
      lostAt = undefined
    },
  })
  const session = { caller, store: replicas.store, conversationId: id, settings }
  const talking = (async () => {
    for (let index = 1; !isOver; index += 1) {
      const mark = `mark${index}`
      const turn: Turn = { kind: 'text', mark, text: `this is ${mark}`, itemId: `item_${mark}` }
      turns.push(turn)
      await talk(session, [turn])
      await new Promise((resolve) => {
        setTimeout(resolve, pauseMs())
      })
    }
  })()
  talking.catch((error: unknown) => (standing += ` ${error instanceof Error ? error.message : ''}`))

  return {
    id,
    get url() {
      return url
    },
    turns,
    gaps,
    get standing() {
      return `${id} at ${url}, turn ${turns.length}: ${standing}`
    },
    async finish() {
      isOver = true
      try {
        await talking
        await talk(session, [recollection])
      } catch (error) {
        return [error instanceof Error ? error.message : 'something was thrown']
      } finally {
        await caller[Symbol.asyncDispose]()
      }
      const stored = await storedWhole(replicas.store, id)
      const all = [...turns, recollection]
      return problemsOf({ stored, view: caller.view, turns: all, seen: [], violations: [], isToldAll: true })
    },
  }
}

/** The conversation once the log says that its session has ended, or as it is after ten seconds. */
async function storedWhole(store: ContextStore, id: string): Promise<StoredContext | undefined> {
  for (let tries = 0; ; tries += 1) {
    const stored = await store.load(id)
    const last = stored?.entries.at(-1)?.entry
    if (tries === 100 || (last?.type === 'life' && last.event === 'disconnected')) return stored
    await new Promise((resolve) => {
      setTimeout(resolve, 100)
    })
  }
}

function textOf(address: Parameters<typeof fetch>[0]): string {
  return address instanceof Request ? address.url : address.toString()
}

/** The middle and the 95th hundredth, in whole ms. */
export function spread(values: readonly number[]): { readonly median: number; readonly p95: number } {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number): number =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN)
  return { median: at(0.5), p95: at(0.95) }
}

/** Resolves once it is so of every call; rejects with those that lag behind after two minutes. */
export async function untilAll(calls: readonly LongCall[], isSo: (call: LongCall) => boolean): Promise<void> {
  const deadline = performance.now() + 120_000
  for (;;) {
    const late = calls.filter((call) => !isSo(call))
    if (late.length === 0) return
    if (performance.now() > deadline) {
      throw new Error(
        `${late.length} calls never came to that: ${late.map(({ standing }) => standing).join('; ')}`,
      )
    }
    await new Promise((resolve) => {
      setTimeout(resolve, 20)
    })
  }
}

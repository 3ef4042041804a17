import type { Fact } from '@parley/core/context'
import type { KnownPerson } from '@parley/core/session'
import type { FactStore } from '@parley/core/storage'
import { errorFields } from '../telemetry.ts'
import type { Log } from '../telemetry.ts'
import type { FactReader } from './fact-extraction.ts'

/** People of whom facts are kept over conversations. */
export interface People {
  /** Who speaks in a conversation, with what is known; never rejects. */
  meet(person: string, conversationId: string): Promise<KnownPerson>
}

/** What people are known by. */
export interface PeopleOptions {
  readonly facts: FactStore
  readonly read: FactReader
  readonly log: Log
  /** A new unique id that begins with `<prefix>_`. */
  readonly newId: (prefix: string) => string
}

/** Most facts kept of one person; more are not learned until some are deleted. */
export const mostFacts = 200

/** Longest time to read what was said in one turn (ms). */
const readTimeoutMs = 30_000

/** People over a store of facts. What is said is read turn by turn, in order. */
export function createPeople({ facts, read, log, newId }: PeopleOptions): People {
  const tails = new Map<string, Promise<unknown>>()

  /** One at a time for each person, whatever conversations they are in. */
  async function inTurn<Result>(person: string, task: () => Promise<Result>): Promise<Result> {
    const turn = (tails.get(person) ?? Promise.resolve()).then(task, task)
    const tail = turn.then(
      () => undefined,
      () => undefined,
    )
    tails.set(person, tail)
    try {
      return await turn
    } finally {
      if (tails.get(person) === tail) tails.delete(person)
    }
  }

  async function learn(person: string, said: string, conversationId: string): Promise<readonly Fact[]> {
    const known = await facts.list(person)
    const { put, remove } = await read(said, known, AbortSignal.timeout(readTimeoutMs))
    // Reading takes time, in which others may have deleted some.
    const kept = new Set((await facts.list(person)).map(({ id }) => id))
    const changed = put.filter(({ id }) => id !== undefined && kept.has(id))
    const gone = remove.filter((id) => kept.has(id))
    const room = mostFacts - kept.size + gone.length
    const added = put.filter(({ id }) => id === undefined).slice(0, Math.max(0, room))
    for (const id of gone) await facts.delete(person, id)
    for (const { id, text } of [...changed, ...added]) {
      await facts.put(person, { id: id ?? newId('fact'), text, conversationId })
    }
    return await facts.list(person)
  }

  return {
    async meet(person, conversationId) {
      let last: readonly Fact[] = []
      const orLast = async (task: () => Promise<readonly Fact[]>): Promise<readonly Fact[]> => {
        try {
          last = await task()
        } catch (error) {
          // A call goes on without its facts.
          log.warn({ conversation: conversationId, ...errorFields(error) }, 'facts of a person not available')
        }
        return last
      }
      const known = await orLast(() => facts.list(person))
      return {
        facts: known,
        learn: (said) => inTurn(person, () => orLast(() => learn(person, said, conversationId))),
      }
    },
  }
}

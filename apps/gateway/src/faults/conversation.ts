import type { StoredContext } from '@parley/core/storage'
import { randomOf } from '@parley/core/testing'
import type { ServedDialect } from '../dialect-choice.ts'
import { plainCaller } from './caller.ts'
import type { Caller } from './caller.ts'
import { startFaultWorld } from './fault-world.ts'
import type { Service, Where } from './fault-world.ts'
import { problemsOf } from './invariants.ts'
import { resumingCaller } from './resuming-caller.ts'
import { talk } from './talk.ts'
import { recollection, settingsOf, turnsOf } from './turns.ts'
import type { Turn } from './turns.ts'

/** One conversation and its bad luck. */
export interface Case {
  readonly seed: number
  readonly service: Service
  readonly dialect: ServedDialect
  readonly where: Where
  /** A plain client knows the id of its conversation; a resuming one is `@parley/client`. */
  readonly client: 'plain' | 'resuming'
}

/** How it went. */
export interface Report {
  /** Empty when nothing was lost, doubled, reordered or left unanswered. */
  readonly problems: readonly string[]
  /** What went wrong on purpose. */
  readonly faults: readonly string[]
  readonly turns: number
  /** Sockets of the client. */
  readonly sockets: number
  /** Upstream sessions. */
  readonly upstreams: number
  /** What the client was told, for whoever looks into a failure. */
  readonly told: readonly string[]
  readonly stored: StoredContext | undefined
  readonly seen: readonly string[]
  /** Lines of the gateway's log. */
  readonly logged: readonly string[]
}

/** A plain client cannot know whether a spoken turn was taken before its connection was lost. */
function turnKinds(where: Where, client: Case['client']): readonly Turn['kind'][] {
  return where === 'upstream' || client === 'resuming' ? ['text', 'tool', 'spoken'] : ['text', 'text', 'tool']
}

/** Longest time of one conversation (ms). */
const patienceMs = 25_000

/** Has a conversation with bad luck, then asks without any what the backend knows, and looks at what is left of it. */
export async function converse({ seed, service, dialect, where, client }: Case): Promise<Report> {
  await using world = await startFaultWorld({
    seed,
    service,
    where,
  })
  const random = randomOf(seed, -1)
  const output = service !== 'gemini-live' && random() < 0.7 ? 'text' : 'audio'
  const turns = [...turnsOf(2 + Math.floor(random() * 3), random, turnKinds(where, client)), recollection]
  const conversationId = `conv_${seed}`
  const query = new URLSearchParams({ conversation: conversationId, dialect })
  const failures: string[] = []
  let caller: Caller | undefined
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error(`not over after ${patienceMs} ms`)), patienceMs)
  try {
    const whole = async (): Promise<void> => {
      const url = `${world.clientProxy.url}/v1/realtime?${query.toString()}`
      caller = client === 'plain' ? await plainCaller(url) : await resumingCaller(url, { silentMs: 3_000 })
      const told = { caller, store: world.store, conversationId, settings: settingsOf(dialect, output) }
      await talk(told, turns.slice(0, -1))
      world.calm()
      await talk(told, turns.slice(-1))
      await caller[Symbol.asyncDispose]()
      await world.gateway.gateway.drain()
    }
    await Promise.race([whole(), late.promise])
  } catch (error) {
    failures.push(error instanceof Error ? error.message : 'something was thrown')
  } finally {
    clearTimeout(timer)
  }
  const { view, sockets } = caller ?? { view: undefined, sockets: 0 }
  const outcome = view && {
    stored: await world.store.load(conversationId),
    view,
    turns,
    logged: world.gateway.logged.map((line) => JSON.stringify(line)),
    seen: world.seen,
    violations: world.upstream.violations,
    isToldAll: sockets === 1 || client === 'resuming',
  }
  const faults = [
    ...world.upstreamProxy.happened.map((what) => `upstream ${what}`),
    ...world.clientProxy.happened.map((what) => `client ${what}`),
  ]
  if (where === 'upstream' && sockets > 1) failures.push('the socket of the client was lost')
  return {
    problems: [...failures, ...(outcome ? problemsOf(outcome) : [])],
    faults,
    turns: turns.length,
    sockets,
    upstreams: world.upstreamProxy.connections.length,
    stored: outcome?.stored,
    logged: world.gateway.logged.map((line) => JSON.stringify(line)),
    seen: world.seen.map(({ from, event }) => `${from} ${JSON.stringify(event)}`),
    told: (view?.events ?? []).map((event) => JSON.stringify(event)),
  }
}

import { errorTable } from '../../errors.ts'
import type { RealtimeError } from '../../errors.ts'
import type { RecoveryOptions } from '../ports.ts'

/** Which of some backends are dialled in what order, and what was tried since the last time one proved itself. */
export interface DialPlan {
  readonly backends: number
  /** Place of the one in use, or dialled last. */
  readonly current: number
  readonly tries: number
  /** How often each was dialled. */
  readonly visits: ReadonlyMap<number, number>
  /** Those that will not serve this session however often they are asked. */
  readonly out: ReadonlySet<number>
}

/** One dial to come. */
export interface Dial {
  readonly plan: DialPlan
  /** Place of the backend to dial. */
  readonly index: number
  readonly delayMs: number
}

/** What is dialled first is the first backend. */
export function newDialPlan(backends: number): DialPlan {
  return { backends, current: 0, tries: 0, visits: new Map(), out: new Set() }
}

/** The plan once the backend in use has proved that it works: nothing it did before counts. */
export function proved(plan: DialPlan): DialPlan {
  return { ...plan, tries: 0, visits: new Map([[plan.current, 1]]), out: new Set() }
}

/**
 * The dial that follows a session that ended, or a dial that failed with `cause`; `undefined` when nothing is left to
 * try. A backend that ended is dialled again before others unless it said that this is of no use.
 */
export function nextDial(
  plan: DialPlan,
  { cause, hasFailed }: { readonly cause: RealtimeError | undefined; readonly hasFailed: boolean },
  options: RecoveryOptions,
): Dial | undefined {
  const out = cause && isFinal(cause) ? new Set([...plan.out, plan.current]) : plan.out
  if (out.size === plan.backends || plan.tries >= options.maxTries) return undefined
  const isRefused =
    hasFailed || (cause !== undefined && (isFinal(cause) || cause.code === 'rate_limit_exceeded'))
  let index = isRefused ? (plan.current + 1) % plan.backends : plan.current
  while (out.has(index)) index = (index + 1) % plan.backends
  const visited = plan.visits.get(index) ?? 0
  return {
    index,
    delayMs: waitFor(visited, options),
    plan: {
      ...plan,
      current: index,
      tries: plan.tries + 1,
      visits: new Map(plan.visits).set(index, visited + 1),
      out,
    },
  }
}

/** A refusal that the same request will meet again. */
function isFinal({ code }: RealtimeError): boolean {
  return !errorTable[code].retryable
}

/** The first dial to a backend does not wait, nor does the one after a session that worked. */
function waitFor(visited: number, { baseDelayMs, maxDelayMs, random }: RecoveryOptions): number {
  if (visited <= 1) return 0
  return Math.min(maxDelayMs, baseDelayMs * 2 ** (visited - 2)) * (0.5 + random() / 2)
}

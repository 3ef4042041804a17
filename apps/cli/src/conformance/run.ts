import { createBench } from './bench.ts'
import type { Target } from './bench.ts'
import { ClauseFailure, NotApplicable, NotSupported, NotTried } from './outcome.ts'
import type { Clause, Need } from './clause.ts'
import type { Frame } from './client.ts'

/** What a clause came to. */
export type Status = 'passed' | 'failed' | 'not supported' | 'not tried' | 'not applicable'

/** One line of the score card. */
export interface Verdict {
  readonly clause: Clause
  readonly status: Status
  /** Why it is not supported, not tried or not applicable. */
  readonly reason?: string
  readonly expected?: string
  readonly found?: string
  readonly ms: number
  /** What passed on the connections of a failed clause. */
  readonly connections: readonly (readonly Frame[])[]
}

/** Which clauses are put to the test, and how. */
export interface RunOptions {
  readonly clauses: readonly Clause[]
  /** Clauses at the same time, each on connections of its own. */
  readonly concurrency: number
  /** What the server is known not to have. */
  readonly without: readonly Need[]
  /** Told of each verdict as it falls, in no order. */
  readonly onVerdict?: (verdict: Verdict) => void
}

/** What a failure expected that no clause foresaw, such as a socket that breaks in the middle of a send. */
export const notTheClause = 'the clause to run to its end'

/** Puts the clauses to the test; verdicts in the order of the clauses. Never rejects for what a server does. */
export async function runClauses(target: Target, options: RunOptions): Promise<readonly Verdict[]> {
  const run = {}
  const waiting = [...options.clauses.entries()]
  const verdicts: Verdict[] = []
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, clause] = next
      const verdict = await judge(clause, target, { run, without: options.without })
      verdicts[index] = verdict
      options.onVerdict?.(verdict)
    }
  }
  await Promise.all(Array.from({ length: options.concurrency }, worker))
  return verdicts
}

interface Circumstances {
  readonly run: object
  readonly without: readonly Need[]
}

async function judge(clause: Clause, target: Target, { run, without }: Circumstances): Promise<Verdict> {
  const from = performance.now()
  const bench = createBench(target, run)
  try {
    if (clause.dialects && !clause.dialects.includes(target.dialect)) {
      throw new NotApplicable(`only in ${clause.dialects.join(' and ')}`)
    }
    const missing = clause.needs?.find((need) => without.includes(need))
    if (missing !== undefined) throw new NotApplicable(`the server is said to be without ${missing}`)
    await clause.run(bench)
    return { clause, status: 'passed', ms: performance.now() - from, connections: [] }
  } catch (error) {
    const rest = { clause, ms: performance.now() - from }
    const connections = bench.clients.map(({ frames }) => [...frames])
    if (error instanceof NotSupported)
      return { ...rest, status: 'not supported', reason: error.message, connections: [] }
    if (error instanceof NotTried)
      return { ...rest, status: 'not tried', reason: error.message, connections: [] }
    if (error instanceof NotApplicable)
      return { ...rest, status: 'not applicable', reason: error.message, connections: [] }
    if (error instanceof ClauseFailure) {
      return { ...rest, status: 'failed', expected: error.expected, found: error.found, connections }
    }
    const found = error instanceof Error ? error.message : String(error)
    return { ...rest, status: 'failed', expected: notTheClause, found, connections }
  } finally {
    await Promise.all(bench.clients.map((client) => client.close()))
  }
}

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readEnvironment } from '../environment.ts'
import { startGateway } from '../gateway/own-gateway.ts'
import type { Target } from './bench.ts'
import { clauses } from './clauses/index.ts'
import { notTheClause, runClauses } from './run.ts'
import type { Verdict } from './run.ts'
import { targetOf } from './target.ts'
import { faultTable } from './testing/fault-table.ts'
import { startFaultProxy } from './testing/fault-proxy.ts'
import { startObligingModel } from './testing/obliging-model.ts'

const stack = new AsyncDisposableStack()
const broken = new Map<string, Verdict>()
let healthy: readonly Verdict[] = []

afterAll(() => stack.disposeAsync())

beforeAll(async () => {
  const model = stack.use(await startObligingModel())
  const gateway = stack.use(
    await startGateway({
      environment: readEnvironment(),
      settings: { PARLEY_LLM_URL: model.url, PARLEY_LLM_MODEL: 'obliging' },
      signal: AbortSignal.timeout(60_000),
      onLine: () => undefined,
    }),
  )
  const proxy = stack.use(await startFaultProxy(gateway, (name) => faultTable[name]))
  const target = (clause: (typeof clauses)[number] | undefined): Target =>
    targetOf(`${proxy.url}${clause ? `/?fault=${clause.id}` : ''}`, {
      dialect: clause?.dialects?.includes('openai-ga') === false ? 'voice-live' : 'openai-ga',
      key: gateway.key,
      badKey: 'wrong',
      timeoutMs: clause ? 9000 : 20_000,
    })
  healthy = await runClauses(target(undefined), { clauses, concurrency: 4, without: [] })
  const waiting = [...clauses]
  const worker = async () => {
    for (let clause = waiting.shift(); clause !== undefined; clause = waiting.shift()) {
      const [verdict] = await runClauses(target(clause), { clauses: [clause], concurrency: 1, without: [] })
      if (verdict) broken.set(clause.id, verdict)
    }
  }
  await Promise.all(Array.from({ length: 6 }, worker))
}, 300_000)

describe('the clauses', () => {
  it('all pass through a proxy that changes nothing', () => {
    const others = healthy.filter(({ status }) => status !== 'passed')
    expect(
      others.map(({ clause, reason, expected, found }) => ({ id: clause.id, reason, expected, found })),
    ).toEqual([
      expect.objectContaining({
        id: 'connect.flat-session-shape',
        reason: 'only in openai-beta and voice-live',
      }),
      expect.objectContaining({ id: 'responses.never-two', reason: 'only in voice-live' }),
    ])
  })

  it('have a fault each, and no fault is left over', () => {
    expect(Object.keys(faultTable)).toEqual(clauses.map(({ id }) => id))
  })

  it.each(clauses.map(({ id }) => id))('%s fails where a server breaks it', (id) => {
    const { status, reason, expected, found } = broken.get(id) ?? {}
    expect({ status, reason, expected, found }).toMatchObject({
      status: 'failed',
      expected: expect.any(String),
    })
    expect(expected).not.toBe(notTheClause)
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readEnvironment } from '../environment.ts'
import { startGateway } from '../gateway/own-gateway.ts'
import type { OwnGateway } from '../gateway/own-gateway.ts'
import { dialects } from './wire.ts'
import type { Dialect } from './wire.ts'
import { clauses } from './clauses/index.ts'
import { runClauses } from './run.ts'
import type { Verdict } from './run.ts'
import { targetOf } from './target.ts'
import { startObligingModel } from './testing/obliging-model.ts'

const stack = new AsyncDisposableStack()
let withModel: OwnGateway
let embedded: OwnGateway

afterAll(() => stack.disposeAsync())

beforeAll(async () => {
  const model = stack.use(await startObligingModel())
  const start = async (settings: Readonly<Record<string, string>>) =>
    stack.use(
      await startGateway({
        environment: readEnvironment(),
        settings,
        signal: AbortSignal.timeout(60_000),
        onLine: () => undefined,
      }),
    )
  withModel = await start({ PARLEY_LLM_URL: model.url, PARLEY_LLM_MODEL: 'obliging' })
  embedded = await start({})
})

describe('our gateway, its local backend with a language model', () => {
  it.each(dialects)(
    'keeps every clause of %s',
    async (dialect) => {
      const verdicts = await runAll(withModel, dialect)
      expect(verdicts.filter(({ status }) => status === 'failed').map(inShort)).toEqual([])
      expect(verdicts.filter(({ status }) => status === 'not supported').map(inShort)).toEqual([])
      const others = clauses.filter((clause) => clause.dialects && !clause.dialects.includes(dialect))
      expect(verdicts.filter(({ status }) => status === 'not tried').map(inShort)).toEqual([])
      expect(
        verdicts.filter(({ status }) => status === 'not applicable').map(({ clause }) => clause.id),
      ).toEqual(others.map(({ id }) => id))
    },
    120_000,
  )
})

describe('our gateway, its local backend with the embedded answerer', () => {
  it('breaks no clause, and answers too soon for what needs a long answer', async () => {
    const verdicts = await runAll(embedded, 'openai-ga')
    expect(verdicts.filter(({ status }) => /failed|not supported/.test(status)).map(inShort)).toEqual([])
    const untried = verdicts.filter(({ status }) => status === 'not tried')
    const reasons = new Set(untried.map(({ reason }) => reason))
    const tooSoon = [...reasons].filter((reason) => reason?.startsWith('the answer was complete before'))
    expect([...reasons].filter((reason) => !tooSoon.includes(reason))).toEqual([
      'the model made one call at a time',
    ])
  }, 120_000)
})

async function runAll({ url, key }: OwnGateway, dialect: Dialect): Promise<readonly Verdict[]> {
  const target = targetOf(url, { dialect, key, badKey: 'wrong', timeoutMs: 20_000 })
  return runClauses(target, { clauses, concurrency: 4, without: [] })
}

function inShort({ clause, expected, found, reason }: Verdict): Readonly<Record<string, unknown>> {
  return { id: clause.id, expected, found, reason }
}

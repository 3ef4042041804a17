import { seededRandom } from '@parley/audio/testing'
import { describe, expect, it } from 'vitest'
import { longCall, spread, untilAll } from './calls.ts'
import { startReplicas } from './replicas.ts'

const sessions = 40

describe('two gateways are restarted one after the other while 40 people talk', () => {
  it('no turn is lost, and nobody hears of it', { timeout: 240_000 }, async () => {
    await using replicas = await startReplicas(2, 10)
    const random = seededRandom(6)
    const pauseMs = (): number => 100 + random() * 400
    const calls = await Promise.all(
      Array.from({ length: sessions }, (_, index) => longCall(`conv_${index}`, replicas, pauseMs)),
    )
    const turnsOfEach = (): number => Math.min(...calls.map(({ turns }) => turns.length))
    await untilAll(calls, ({ turns: said }) => said.length > 2)
    const codes: (number | null)[] = []
    const drainMs: number[] = []
    for (const gateway of replicas.gateways) {
      const startedAt = performance.now()
      codes.push(await gateway.terminate())
      drainMs.push(Math.round(performance.now() - startedAt))
      const { url } = gateway
      await untilAll(calls, (call) => call.url !== url)
      await gateway.start()
      const before = turnsOfEach()
      await untilAll(calls, ({ turns: said }) => said.length > before + 1)
    }
    const problems = await Promise.all(
      calls.map(async (call) => ({ id: call.id, wrong: await call.finish() })),
    )

    const gaps = calls.flatMap((call) => call.gaps)
    const turns = calls.reduce((sum, call) => sum + call.turns.length, 0)
    const summary = { sessions, turns, moves: gaps.length, gapMs: spread(gaps), drainMs }
    process.stdout.write(`rolling restart: ${JSON.stringify(summary)}\n`)
    expect(problems.filter(({ wrong }) => wrong.length > 0)).toEqual([])
    expect(codes).toEqual([0, 0])
    expect(gaps.length).toBeGreaterThanOrEqual(sessions)
    expect(replicas.upstream.violations).toEqual([])
  })
})

import { seededRandom } from '@parley/audio/testing'
import { describe, expect, it } from 'vitest'
import { longCall, spread, untilAll } from './calls.ts'
import { startReplicas } from './replicas.ts'

const sessions = 100

describe('one of two gateways is killed while 100 people talk', () => {
  it('all of them go on at the other, and what they said is complete', { timeout: 240_000 }, async () => {
    await using replicas = await startReplicas(2, 10)
    const random = seededRandom(5)
    const pauseMs = (): number => 100 + random() * 400
    const calls = await Promise.all(
      Array.from({ length: sessions }, (_, index) => longCall(`conv_${index}`, replicas, pauseMs)),
    )
    const enough = (count: number): Promise<void> => untilAll(calls, ({ turns }) => turns.length > count)
    await enough(3)
    const [killed] = replicas.gateways
    const moved = calls.filter(({ url }) => url === killed?.url)
    await killed?.kill()
    await untilAll(moved, ({ gaps }) => gaps.length > 0)
    await enough(8)
    const problems = await Promise.all(
      calls.map(async (call) => ({ id: call.id, wrong: await call.finish() })),
    )

    const gaps = moved.flatMap((call) => call.gaps)
    const turns = calls.reduce((sum, call) => sum + call.turns.length, 0)
    process.stdout.write(
      `killed: ${JSON.stringify({ sessions, moved: moved.length, turns, gapMs: spread(gaps) })}\n`,
    )
    expect(problems.filter(({ wrong }) => wrong.length > 0)).toEqual([])
    expect(moved.length).toBeGreaterThan(sessions / 3)
    expect(calls.filter((call) => !moved.includes(call)).flatMap((call) => call.gaps)).toEqual([])
    expect(replicas.upstream.violations).toEqual([])
    expect(spread(gaps).p95).toBeLessThan(5_000)
  })
})

import { describe, expect, it } from 'vitest'
import { cutRollOver, plannedRollOver } from './roll-over.ts'

describe('what a listener hears of another upstream session', () => {
  it('is nothing when the change was planned', async () => {
    const { silenceMs, firstSoundMs } = await plannedRollOver()
    process.stdout.write(`planned roll-over: ${JSON.stringify({ silenceMs, firstSoundMs })}\n`)
    // The machine of the test may be late itself.
    expect(silenceMs).toBeLessThan(250)
  })

  it('is a second at most when the connection broke, with the dial', async () => {
    const { gapMs } = await cutRollOver()
    process.stdout.write(`cut: ${JSON.stringify({ gapMs: Math.round(gapMs) })}\n`)
    expect(gapMs).toBeLessThan(2_000)
  })
})

import { expect, it } from 'vitest'
import { waitUntil } from './clock.ts'

it('is never early, and no later than the event loop allows', async () => {
  for (let round = 0; round < 5; round += 1) {
    const due = performance.now() + 5
    await waitUntil(due, new AbortController().signal)
    expect(performance.now()).toBeGreaterThanOrEqual(due)
  }
})

it('lets the event loop turn when the time is past, and ends at once when stopped', async () => {
  let hasTurned = false
  setImmediate(() => (hasTurned = true))
  await waitUntil(0, new AbortController().signal)
  expect(hasTurned).toBe(true)
  await waitUntil(performance.now() + 60_000, AbortSignal.abort())
})

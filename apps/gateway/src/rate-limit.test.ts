import { describe, expect, it } from 'vitest'
import { createRateLimit } from './rate-limit.ts'

describe('createRateLimit', () => {
  it('lets so many through in a minute, and more as time goes on', async () => {
    let now = 0
    const limit = createRateLimit({ perMinute: 2, concurrent: 10, now: () => now })
    const task = async () => 'done'
    expect(await limit.run(task)).toBe('done')
    expect(await limit.run(task)).toBe('done')
    await expect(limit.run(task)).rejects.toMatchObject({ code: 'rate_limit_exceeded' })
    now = 30_000
    expect(await limit.run(task)).toBe('done')
    await expect(limit.run(task)).rejects.toMatchObject({ code: 'rate_limit_exceeded' })
  })

  it('lets so many run at once, and the next when one of them failed', async () => {
    const limit = createRateLimit({ perMinute: 100, concurrent: 1, now: () => 0 })
    const first = Promise.withResolvers<void>()
    const running = limit.run(() => first.promise)
    await expect(limit.run(async () => 1)).rejects.toMatchObject({ code: 'rate_limit_exceeded' })
    first.reject(new Error('no'))
    await expect(running).rejects.toThrow('no')
    expect(await limit.run(async () => 1)).toBe(1)
  })
})

import type { Provider } from '@parley/core'
import { openai } from '@parley/core/providers'
import { realtimeUpstream } from '@parley/core/testing'
import type { UpstreamOptions } from '@parley/core/testing'
import { describe, expect, it } from 'vitest'
import { startGateway } from './testing/gateway-under-test.ts'
import type { GatewayUnderTest } from './testing/gateway-under-test.ts'
import { connect } from './testing/test-client.ts'

const key = 'sk-upstream'
const limits = { openTimeoutMs: 300, firstEventTimeoutMs: 300 }

/** A gateway in front of a backend at `url`. */
function gatewayBefore(url: string): Promise<GatewayUnderTest> {
  const provider: Provider = openai({ apiKey: key, baseUrl: `${url}/v1`, connect: limits })
  return startGateway({ backends: new Map([['openai', provider]]), defaultBackend: 'openai' })
}

describe('a client whose backend fails at the start', () => {
  it.each([
    [{ neverUpgrade: true }, 'backend_unavailable', /within 300 ms/, 1011],
    [{ openDelayMs: 60_000 }, 'backend_unavailable', /within 300 ms/, 1011],
    [{ neverFirstEvent: true }, 'backend_unavailable', /within 300 ms/, 1011],
    [{ refuse: 401 }, 'invalid_api_key', /key/, 1008],
    [{ refuse: 404 }, 'model_not_found', /model/, 1008],
    [{ refuse: 429 }, 'rate_limit_exceeded', /too often/, 1013],
    [{ refuse: 503 }, 'backend_unavailable', /503/, 1011],
    [
      { errorFirst: { code: 'insufficient_quota', message: 'No credit.' } },
      'insufficient_quota',
      /No credit/,
      1013,
    ],
  ] satisfies [Partial<UpstreamOptions>, string, RegExp, number][])(
    'hears of %j and is closed, soon',
    async (options, code, message, closeCode) => {
      await using upstream = await realtimeUpstream('openai', { key, ...options })
      await using gateway = await gatewayBefore(upstream.url)
      const startedAt = performance.now()
      using client = await connect(`${gateway.url}/v1/realtime`)
      expect(await client.next('error')).toMatchObject({
        event_id: expect.any(String),
        error: { code, message: expect.stringMatching(message) },
      })
      expect(await client.closed).toEqual({ code: closeCode, reason: code })
      expect(performance.now() - startedAt).toBeLessThan(3000)
      expect(client.events.map(({ type }) => type)).toEqual(['error'])
    },
  )

  it('hears that nobody listens', async () => {
    const gone = await realtimeUpstream('openai', { key })
    await gone[Symbol.asyncDispose]()
    await using gateway = await gatewayBefore(gone.url)
    using client = await connect(`${gateway.url}/v1/realtime`)
    expect(await client.next('error')).toMatchObject({ error: { code: 'backend_unavailable' } })
    expect(await client.closed).toMatchObject({ code: 1011 })
  })

  it('is served by a backend that is slow within the limits, and loses no event that came early', async () => {
    await using upstream = await realtimeUpstream('openai', { key, openDelayMs: 100, earlyEvents: true })
    await using gateway = await gatewayBefore(upstream.url)
    using client = await connect(`${gateway.url}/v1/realtime`)
    await client.next('session.created')
    expect(client.events[0]?.type).toBe('session.created')
    await client.next('rate_limits.updated')
    expect(upstream.violations).toEqual([])
  })
})

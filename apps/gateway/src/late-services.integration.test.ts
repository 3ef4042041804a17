import { startPostgres, startRedis } from '@parley/core/testing'
import { describe, expect, it } from 'vitest'
import { dataDir, GatewayProcess } from './testing/gateway-process.ts'
import { connect, userText } from './testing/test-client.ts'

describe('a gateway that starts before its database and its Redis', () => {
  it(
    'says so at once, holds calls, and stores what was said when they come',
    { timeout: 60_000 },
    async () => {
      await using postgres = await startPostgres()
      await using redis = await startRedis()
      await Promise.all([postgres.stop(), redis.stop()])
      const startedAt = performance.now()
      await using gateway = new GatewayProcess({
        PARLEY_DATA_DIR: dataDir(),
        PARLEY_OFFLINE: '1',
        PARLEY_DATABASE_URL: postgres.url,
        PARLEY_REDIS_URL: redis.url,
        PARLEY_CLUSTER_SECRET: 'secret-of-the-cluster',
      })
      await Promise.all([
        gateway.logged('database not available: it is tried again, what is said waits'),
        gateway.logged('redis not available: it is tried again'),
      ])
      const url = await gateway.url()
      expect(performance.now() - startedAt).toBeLessThan(10_000)
      expect(gateway.stderr).toContain(`postgres://${new URL(postgres.url).host}/postgres cannot be reached`)
      expect(gateway.stderr).toContain(`"host":"${new URL(redis.url).host}"`)
      expect(gateway.stderr).toContain('"maxEntries":2000')
      const ready = await fetch(`${url}/readyz`)
      expect([ready.status, await ready.json()]).toMatchObject([
        503,
        {
          missing: expect.arrayContaining([
            { name: 'store', reason: 'is not available' },
            { name: 'sessions', reason: 'Redis cannot be reached' },
          ]),
        },
      ])

      using client = await connect(`${url}/v1/realtime?model=local`)
      const created = await client.next('conversation.created')
      const path = `/v1/conversations/${String(Reflect.get(Object(created['conversation']), 'id'))}`
      client.send(userText('What is Parley?'))
      client.send({ type: 'response.create', response: { output_modalities: ['text'] } })
      expect(await client.next('response.done')).toMatchObject({ response: { status: 'completed' } })

      await Promise.all([postgres.restart(), redis.restart()])
      await Promise.all([gateway.logged('"database available"'), gateway.logged('"redis available"')])
      await expect.poll(async () => (await fetch(`${url}/readyz`)).status, { timeout: 20_000 }).toBe(200)
      const stored = await (await fetch(`${url}${path}`)).json()
      expect(stored).toMatchObject({ items: [{ item: { role: 'user' } }, { item: { role: 'assistant' } }] })

      await postgres.stop()
      expect((await fetch(`${url}${path}`)).status).toBe(503)
      expect(gateway.stderr.match(/"database not available/g)).toHaveLength(2)
      for (const { password } of [new URL(postgres.url), new URL(redis.url)]) {
        expect(password).not.toBe('')
        expect(gateway.stderr).not.toContain(password)
      }
    },
  )

  it('ends at once where the database refuses for good', async () => {
    await using postgres = await startPostgres()
    const url = new URL(postgres.url)
    url.pathname = '/nowhere'
    await using gateway = new GatewayProcess({ PARLEY_DATA_DIR: dataDir(), PARLEY_DATABASE_URL: url.href })
    expect(await gateway.exited).toBe(1)
    expect(gateway.stderr).toContain('has no database of that name')
    expect(gateway.stderr).not.toContain(url.password)
  })
})

import { join } from 'node:path'
import { sqliteStore } from '@parley/core/storage'
import { postgresStore } from '@parley/core/storage/postgres'
import { startPostgres } from '@parley/core/testing'
import { expect, it, vi } from 'vitest'
import { startPurge } from './retention.ts'
import { GatewayProcess, dataDir } from './testing/gateway-process.ts'

const said = { type: 'pinned', factId: 'fact_1', text: 'Likes tea' } as const

it('deletes at its start what is over by then, and gives new conversations their time', async () => {
  const folder = dataDir()
  {
    await using store = await sqliteStore({ path: join(folder, 'conversations.sqlite'), now: () => 1000 })
    await store.append('conv_over', [said], 0)
    await store.setRetention('conv_over', 3600)
    await store.append('conv_kept', [said], 0)
  }
  await using gateway = new GatewayProcess({ PARLEY_DATA_DIR: folder, PARLEY_RETENTION_DAYS: '30' })
  const url = `${await gateway.url()}/v1/conversations`
  await gateway.logged('conversations purged')

  expect((await fetch(`${url}/conv_over`)).status).toBe(404)
  expect(await (await fetch(`${url}/conv_kept`)).json()).not.toHaveProperty('retentionSeconds')
  const created = await fetch(url, { method: 'POST' })
  expect(await created.json()).toMatchObject({ retentionSeconds: 30 * 86_400 })
  expect(gateway.stderr).not.toContain('conv_over')
})

it('deletes each conversation once when several gateways purge one database', async () => {
  await using server = await startPostgres()
  let now = 1000
  const options = { url: server.url, now: () => now }
  await using one = await postgresStore(options)
  await using other = await postgresStore(options)
  const ids = Array.from({ length: 50 }, (_, index) => `conv_${index}`)
  for (const id of ids) {
    await one.append(id, [said], 0)
    await one.setRetention(id, 3600)
  }
  await one.append('conv_kept', [said], 0)
  now += 3600 * 1000
  const info = vi.fn()
  const log = { debug: vi.fn(), info, warn: vi.fn(), error: vi.fn() }
  const deleted = (): number => info.mock.calls.reduce((sum, [fields]) => sum + Number(fields.deleted), 0)

  await using _first = startPurge({ store: one, intervalMs: 10, batch: 7, log })
  await using _second = startPurge({ store: other, intervalMs: 10, batch: 7, log })

  await expect.poll(deleted).toBe(50)
  expect(log.warn).not.toHaveBeenCalled()
  expect((await one.list({ limit: 100 })).contexts.map(({ id }) => id)).toEqual(['conv_kept'])
})

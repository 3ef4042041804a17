import { describeLaws } from '@parley/audio/testing'
import { afterAll, beforeAll, describe } from 'vitest'
import type { TestServer } from '../../testing/servers/server-process.ts'
import { startPostgres } from '../../testing/servers/postgres.ts'
import { durableStoreLaws, storeLaws } from '../../testing/store-laws.ts'
import { postgresStore } from './postgres-store.ts'

describe.each(['15', 'newest'] as const)('PostgreSQL %s', (version) => {
  let server: TestServer
  beforeAll(async () => {
    server = await startPostgres({ version })
  })
  afterAll(async () => server[Symbol.asyncDispose]())

  describeLaws('postgresStore', [...storeLaws, ...durableStoreLaws], (place, now) =>
    postgresStore({ url: server.url, schema: `s_${place.replaceAll('-', '_')}`, poolSize: 3, now }),
  )
})

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeLaws } from '@parley/audio/testing'
import { afterAll } from 'vitest'
import { durableStoreLaws, storeLaws } from '../../testing/store-laws.ts'
import { sqliteStore } from './sqlite-store.ts'

const folder = mkdtempSync(join(tmpdir(), 'parley-store-'))
afterAll(() => rmSync(folder, { recursive: true }))

describeLaws('sqliteStore', [...storeLaws, ...durableStoreLaws], (place, now) =>
  sqliteStore({ path: join(folder, `${place}.db`), now }),
)

import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { createOperations } from '../sql/operations.ts'
import type { Request } from '../sql/requests.ts'
import { createGroupRunner } from './group.ts'
import { migrate } from './migrations.ts'

function open() {
  const database = new DatabaseSync(':memory:')
  migrate(database, 'file.db')
  return {
    database,
    group: createGroupRunner({ database, operations: createOperations('file.db'), path: 'file.db' }),
  }
}

function append(id: string, text: string, expectedRevision = 0): Request {
  return {
    name: 'append',
    id,
    at: 1000,
    expectedRevision,
    entries: [JSON.stringify({ type: 'transcript', itemId: text })],
    erasing: 'no',
    deletedItemIds: [],
    times: {},
  }
}
const load = (id: string): Request => ({ name: 'load', id })

describe('a group of requests', () => {
  it('is answered in order, each seeing what came before it', () => {
    const { group } = open()
    const replies = group.run([load('a'), append('a', 'x'), load('a'), append('a', 'y', 1)])
    expect(replies).toMatchObject([
      { ok: true, value: undefined },
      { ok: true, value: 1 },
      { ok: true, value: { revision: 1 } },
      { ok: true, value: 2 },
    ])
  })

  it('keeps the others when one is refused', () => {
    const { group } = open()
    const replies = group.run([append('a', 'x'), append('a', 'rival'), append('b', 'y')])
    expect(replies).toMatchObject([
      { ok: true },
      { ok: false, error: { code: 'revision_conflict' } },
      { ok: true },
    ])
    expect(group.run([load('a'), load('b')])).toMatchObject([
      { value: { revision: 1 } },
      { value: { revision: 1 } },
    ])
  })

  it('takes back the half that was written of a request that fails', () => {
    const { database, group } = open()
    database.exec(`create trigger no_secret before insert on entries when new.entry like '%forbidden%'
      begin select raise(abort, 'no'); end`)
    const replies = group.run([append('a', 'x'), append('b', 'forbidden'), append('c', 'y')])
    expect(replies).toMatchObject([
      { ok: true },
      { ok: false, error: { code: 'store_unavailable' } },
      { ok: true },
    ])
    expect(group.run([load('b')])).toEqual([{ ok: true, value: undefined }])
  })

  it('is refused as a whole when the disk is full, and the next one works', () => {
    const { database, group } = open()
    database.exec('pragma max_page_count = 12')
    const replies = group.run([append('a', 'x'), append('b', 'y'.repeat(200_000)), append('c', 'z')])
    const message = 'The conversation store at file.db cannot grow: the disk is full.'
    const failed = { ok: false, error: { code: 'store_unavailable', message, param: undefined } }
    expect(replies).toEqual([failed, failed, failed])
    expect(group.run([load('a')])).toEqual([{ ok: true, value: undefined }])
    expect(group.run([append('d', 'small')])).toEqual([{ ok: true, value: 1 }])
  })
})

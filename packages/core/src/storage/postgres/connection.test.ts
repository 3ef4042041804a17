import { describe, expect, it } from 'vitest'
import { connectionSettings, refusalOf } from './connection.ts'
import { isPassing, toStoreError } from './failures.ts'

const options = { schema: 'parley', timeoutMs: 1000 }

describe('connectionSettings', () => {
  it('names the place without user and password, which stay in the address that is dialled', () => {
    const url = 'postgres://ada:se%40cret@db.example:6432/calls?sslmode=verify-full'
    const { config, place } = connectionSettings({ ...options, url })
    expect(place).toBe('postgres://db.example:6432/calls')
    expect(config.connectionString).toContain('ada:se%40cret@db.example:6432/calls?sslmode=verify-full')
  })

  it('names a socket by its folder', () => {
    const url = 'postgresql:///calls?host=/run/postgresql&user=ada'
    expect(connectionSettings({ ...options, url }).place).toBe('postgres:///run/postgresql/calls')
  })

  it('keeps the options of the URL, and its own last', () => {
    const url = 'postgres://localhost/calls?options=-c%20work_mem%3D1MB%20-c%20synchronous_commit%3Doff'
    const { config } = connectionSettings({ ...options, url })
    expect(URL.parse(config.connectionString ?? '')?.searchParams.get('options')).toBe(
      '-c work_mem=1MB -c synchronous_commit=off -c search_path=parley -c synchronous_commit=on ' +
        '-c statement_timeout=1000 -c idle_in_transaction_session_timeout=1000',
    )
  })

  it.each(['mysql://ada:secret@db/calls', 'db.example secret', ''])(
    'refuses %j without quoting it',
    (url) => {
      expect(() => connectionSettings({ ...options, url })).toThrow(
        'The database URL is not one of PostgreSQL: postgres://...',
      )
    },
  )

  it('refuses a schema that would have to be quoted', () => {
    const url = 'postgres://localhost/calls'
    expect(() => connectionSettings({ ...options, url, schema: 'a; drop table b' })).toThrow('schema')
  })
})

describe('refusalOf', () => {
  const safe = { fsync: 'on', synchronous_commit: 'on', search_path: 'parley', server_encoding: 'UTF8' }

  it('accepts a server that writes to the disk before it answers', () => {
    expect(refusalOf(safe, 'parley')).toBeUndefined()
  })

  it.each([
    [{ fsync: 'off' }, 'turn fsync on'],
    [{ synchronous_commit: 'off' }, 'pooler'],
    [{ search_path: 'public' }, 'pooler'],
    [{ server_encoding: 'SQL_ASCII' }, 'UTF8'],
  ])('refuses %j', (wrong, words) => {
    expect(refusalOf({ ...safe, ...wrong }, 'parley')).toContain(words)
  })
})

describe('an error of the server', () => {
  const failing = (code: string) => {
    const detail = 'Failing row contains (conv, secret words).'
    return Object.assign(new Error(`null value, "secret words"`), { code, detail })
  }

  it('is told by its meaning and quotes nothing that is stored', () => {
    const error = toStoreError(failing('23502'), 'postgres://db/calls')
    expect(error).toMatchObject({ code: 'store_unavailable', cause: undefined })
    expect(error.message).toBe('The conversation store at postgres://db/calls failed with SQLSTATE 23502.')
    expect(toStoreError(failing('53100'), 'x').message).toContain('the disk is full')
    expect(toStoreError(failing('57P03'), 'x').message).toContain('is starting up')
  })

  it('may pass where the server is not there or not ready, and not where it says no', () => {
    for (const code of ['57P03', '57P01', '53300', 'ECONNREFUSED', 'ENOTFOUND'])
      expect([code, isPassing(failing(code))]).toEqual([code, true])
    for (const code of ['28P01', '3D000', '42501', 'CERT_HAS_EXPIRED'])
      expect([code, isPassing(failing(code))]).toEqual([code, false])
  })
})

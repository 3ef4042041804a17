import { describe, expect, it } from 'vitest'
import { exitCodes } from '../command-failure.ts'
import { sessionLost, storeInUse, storeOwner } from './talk-gateway.ts'

describe('a store that another gateway has', () => {
  it('is recognised in the words of the gateway', () => {
    const line =
      '  The conversation store at /home/a.b/conversations.sqlite is in use by process (pid 7) on host.local, since 2026-01-01T00:00:00.000Z. Stop it, or use another data folder.'
    expect(storeOwner(line)).toBe('process (pid 7) on host.local, since 2026-01-01T00:00:00.000Z')
    expect(storeOwner('PARLEY_PORT is not a whole number.')).toBeUndefined()
  })

  it('is reached through that gateway, whose address is told where it answers', () => {
    expect(storeInUse('process (pid 7)', 'http://127.0.0.1:8787').message).toMatch(
      /process \(pid 7\)\.\nOne answers at .*: add --gateway http:\/\/127\.0\.0\.1:8787, or set PARLEY_DATA_DIR/,
    )
    expect(storeInUse('another process', undefined).message).toContain('Add --gateway with its address')
  })
})

describe('a session that broke off', () => {
  const lost = { reason: 'The connection closed with code 1006.', id: 'conv_1', kept: undefined }

  it('goes on under its id where the gateway keeps it', () => {
    const failure = sessionLost({ ...lost, gateway: 'http://127.0.0.1:8787' })
    expect(failure.exitCode).toBe(exitCodes.couldNotRun)
    expect(failure.message).toMatch(
      /code 1006\.\n.*--gateway http:\/\/127\.0\.0\.1:8787 --conversation conv_1$/,
    )
    expect(sessionLost({ ...lost, kept: 'conv_x', gateway: undefined }).message).toMatch(
      /parley talk --conversation conv_x$/,
    )
  })

  it('is gone with a gateway that kept nothing', () => {
    expect(sessionLost({ ...lost, gateway: undefined }).message).toContain('give --conversation <name>')
  })
})

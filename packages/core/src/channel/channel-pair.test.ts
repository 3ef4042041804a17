import { describeLaws } from '@parley/audio/testing'
import { describe, expect, it } from 'vitest'
import { RealtimeError } from '../errors.ts'
import { channelLaws, outcome } from '../testing/channel-laws.ts'
import { linkedPair } from '../testing/mutants/channel-mutants.ts'
import { createChannelPair } from './channel-pair.ts'

describeLaws('a channel pair', channelLaws, async (maxBufferedBytes) => linkedPair(maxBufferedBytes))

describe('a channel pair', () => {
  it('hands the very error of fail to the other side, after what was sent', async () => {
    const [near, far] = createChannelPair<string, string>()
    const failure = new RealtimeError('engine_failed', 'The engine died.')
    near.send('a')
    near.fail(failure)
    expect(await outcome(far)).toEqual({ events: ['a'], error: failure })
    expect(await outcome(near)).toEqual({ events: [], error: undefined })
  })

  it('forgets what the closing side has not taken', async () => {
    const [near, far] = createChannelPair<string, string>()
    far.send('a')
    await near.close()
    expect(await outcome(near)).toEqual({ events: [], error: undefined })
  })

  it('counts an event as 1 KiB unless told otherwise', () => {
    const [near] = createChannelPair<string, string>()
    near.send('a')
    expect(near.bufferedBytes).toBe(1024)
  })

  it('hands over the very event', async () => {
    const [near, far] = createChannelPair<object, object>()
    const event = {}
    near.send(event)
    expect((await far[Symbol.asyncIterator]().next()).value).toBe(event)
  })
})

import fc from 'fast-check'
import { describe, it } from 'vitest'
import { appendFrames, deltaFrames, readsAlike } from '../../testing/audio-frames.ts'
import { acceptor } from './acceptor.ts'
import { connector } from './connector.ts'
import { parseClientEvent, parseServerEvent } from './parse.ts'

const runs = { seed: 11, numRuns: 250_000 }

describe('the fast path for audio, over many frames', () => {
  it('reads appends as the full parser does', () => {
    fc.assert(readsAlike(appendFrames, acceptor.decode, parseClientEvent), runs)
  })

  it('reads deltas as the full parser does', () => {
    fc.assert(readsAlike(deltaFrames, connector.decode, parseServerEvent), runs)
  })
})

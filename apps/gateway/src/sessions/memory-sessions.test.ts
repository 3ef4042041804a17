import { describeLaws } from '@parley/audio/testing'
import { liveSessionsLaws } from './live-sessions-laws.ts'
import { createSharedMemory, memorySessions } from './memory-sessions.ts'

describeLaws('sessions in memory', liveSessionsLaws, async () => {
  const shared = createSharedMemory()
  const [a, b, c] = ['a', 'b', 'c'].map((id) => memorySessions({ id, url: `http://${id}` }, shared))
  if (a === undefined || b === undefined || c === undefined) throw new Error('three replicas')
  return {
    a,
    b,
    c,
    killA: async () => void shared.alive.delete('a'),
    [Symbol.asyncDispose]: async () => undefined,
  }
})

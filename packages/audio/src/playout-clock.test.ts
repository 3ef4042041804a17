import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { heardMs, nothingPlayed, playoutEnd, withSound } from './playout-clock.ts'

const at = (time: number) => ({ at: time, notBefore: 0 })

describe('what was heard', () => {
  it('is never more than the time since it arrived', () => {
    expect(heardMs(withSound(nothingPlayed, 1_000, at(100)), 400)).toBe(300)
  })

  it('is never more than what arrived', () => {
    expect(heardMs(withSound(nothingPlayed, 1_000, at(0)), 5_000)).toBe(1_000)
  })

  it('waits for the sound before it', () => {
    const playout = withSound(nothingPlayed, 1_000, { at: 0, notBefore: 600 })
    expect(heardMs(playout, 500)).toBe(0)
    expect(heardMs(playout, 700)).toBe(100)
  })

  it('leaves out the gap in which nothing was there to play', () => {
    const playout = withSound(withSound(nothingPlayed, 200, at(0)), 200, at(1_000))
    expect(heardMs(playout, 900)).toBe(200)
    expect(heardMs(playout, 1_100)).toBe(300)
    expect(playoutEnd(playout)).toBe(1_200)
  })

  it('joins sound that arrives while the earlier plays', () => {
    expect(playoutEnd(withSound(withSound(nothingPlayed, 200, at(0)), 200, at(50)))).toBe(400)
  })

  it.each([-1, NaN])('has no length of %d ms', (ms) => {
    expect(() => withSound(nothingPlayed, ms, at(0))).toThrow(RangeError)
  })

  it('agrees with a listener simulated millisecond by millisecond', () => {
    const arrivals = fc.array(fc.record({ afterMs: fc.nat(80), ms: fc.nat(100) }), { maxLength: 30 })
    fc.assert(
      fc.property(arrivals, (chunks) => {
        let playout = nothingPlayed
        let time = 0
        let waiting = 0
        let heard = 0
        for (const { afterMs, ms } of chunks) {
          for (let tick = 0; tick < afterMs; tick += 1) {
            time += 1
            if (waiting === 0) continue
            waiting -= 1
            heard += 1
          }
          expect(heardMs(playout, time)).toBe(heard)
          playout = withSound(playout, ms, at(time))
          waiting += ms
        }
      }),
    )
  })
})

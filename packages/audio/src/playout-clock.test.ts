import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { delayed, heardMs, nothingPlayed, playedTo, playoutEnd, withSound } from './playout-clock.ts'

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

describe('what a player reports', () => {
  const sent = withSound(nothingPlayed, 1_000, at(0))

  it('counts in place of the clock, which runs on from there', () => {
    const playout = playedTo(sent, { ms: 200, at: 500 })
    expect(heardMs(playout, 500)).toBe(200)
    expect(heardMs(playout, 700)).toBe(400)
    expect(playoutEnd(playout)).toBe(1_300)
    expect(heardMs(playout, 5_000)).toBe(1_000)
  })

  it('is joined by sound that comes while the rest of it plays', () => {
    const playout = withSound(playedTo(sent, { ms: 200, at: 500 }), 300, at(1_200))
    expect(heardMs(playout, 1_600)).toBe(1_300)
    expect(heardMs(playout, 1_400)).toBe(1_100)
  })

  it('is followed by a new stretch where all of it was played', () => {
    const playout = withSound(playedTo(sent, { ms: 1_000, at: 500 }), 300, at(900))
    expect(heardMs(playout, 899)).toBe(1_000)
    expect(heardMs(playout, 1_000)).toBe(1_100)
  })

  it.each([-1, 1_001, NaN])('is never %d ms of 1,000', (ms) => {
    expect(() => playedTo(sent, { ms, at: 0 })).toThrow(RangeError)
  })
})

describe('sound behind other sound', () => {
  const behind = withSound(nothingPlayed, 500, { at: 0, notBefore: 1_000 })

  it('begins later when that takes longer', () => {
    expect(heardMs(delayed(behind, { byMs: 300, at: 400 }), 1_400)).toBe(100)
  })

  it('begins no earlier than it is known to', () => {
    expect(heardMs(delayed(behind, { byMs: -900, at: 400 }), 500)).toBe(100)
  })

  it('stays where it is once it has begun', () => {
    expect(delayed(behind, { byMs: 300, at: 1_100 })).toBe(behind)
  })
})

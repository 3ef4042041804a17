import { describe, expect, it } from 'vitest'
import { callCost, changedCall, isFull, typicalCall } from './call-cost.ts'

const rates = { personPerSecond: 10, backendPerSecond: 20 }
const call = { minutes: 10, personShare: 0.5, backendShare: 0.25, turns: 1, cachedShare: 0.5 }

describe('the cost of a call', () => {
  it('is what was said in and out at their prices', () => {
    // 600 s: 300 s of the person at 10, 150 s of the backend at 20 tokens a second.
    expect(callCost(call, rates, { audioIn: 10, audioOut: 100 })).toEqual({
      personTokens: 3000,
      backendTokens: 3000,
      repeatedTokens: 0,
      dollars: expect.closeTo(0.33, 10),
    })
  })

  it('charges what was said before again at each turn, part of it at the cached price', () => {
    const cost = callCost({ ...call, turns: 11 }, rates, { audioIn: 10, audioCachedIn: 2, audioOut: 100 })
    expect(cost.repeatedTokens).toBe(30_000)
    expect(cost.dollars).toBeCloseTo(0.33 + 30_000 * 6e-6)
  })

  it('takes the full price where there is no cached one', () => {
    const { dollars } = callCost({ ...call, turns: 11 }, rates, { audioIn: 10, audioOut: 100 })
    expect(dollars).toBeCloseTo(0.33 + 0.3)
  })

  it('never has both sides speaking for more than all of the time', () => {
    const talkative = changedCall({ ...call, backendShare: 0.4 }, 'personShare', 0.9)
    expect(talkative.personShare).toBe(0.6)
    expect(isFull(talkative)).toBe(true)
    expect(isFull(call)).toBe(false)
    expect(changedCall(talkative, 'backendShare', 1).backendShare).toBe(0.4)
    expect(changedCall(call, 'minutes', 60)).toEqual({ ...call, minutes: 60 })
  })

  it('is unknown without a price', () => {
    expect(callCost(typicalCall, rates, { audioIn: 10 }).dollars).toBeUndefined()
    expect(callCost(typicalCall, rates, {}).dollars).toBeUndefined()
  })
})

import { describe, expect, it } from 'vitest'
import { laneRun } from './__fixtures__/runs.ts'
import { costOf } from './cost.ts'

const usage = {
  textIn: 1000,
  textCachedIn: 400,
  audioIn: 2000,
  audioCachedIn: 0,
  textOut: 100,
  audioOut: 500,
}
const prices = { textIn: 4, textCachedIn: 0.4, textOut: 16, audioIn: 32, audioCachedIn: 0.4, audioOut: 64 }

describe('costOf', () => {
  it('is nothing where the backend is free and not known where the price or the tokens are not', () => {
    expect(costOf(laneRun([], { price: { kind: 'free' } }))).toBe(0)
    expect(costOf(laneRun([], { price: { kind: 'unknown' }, usage }))).toBeUndefined()
    expect(costOf(laneRun([], { price: { kind: 'tokens', byModel: { '*': prices } } }))).toBeUndefined()
  })

  it('prices cached tokens apart, at the model that answered', () => {
    const price = { kind: 'tokens', byModel: { large: prices, '*': { ...prices, audioOut: 0 } } } as const
    const large = (600 * 4 + 400 * 0.4 + 2000 * 32 + 100 * 16 + 500 * 64) / 1e6
    expect(costOf(laneRun([], { price, usage, model: 'large' }))).toBeCloseTo(large, 12)
    expect(costOf(laneRun([], { price, usage, model: 'other' }))).toBeCloseTo(large - 0.032, 12)
  })

  it('is not known when tokens were counted that have no price', () => {
    const price = { kind: 'tokens', byModel: { large: { textIn: 4, textOut: 16 } } } as const
    const text = { ...usage, audioIn: 0, audioOut: 0 }
    expect(costOf(laneRun([], { price, usage, model: 'large' }))).toBeUndefined()
    expect(costOf(laneRun([], { price, usage, model: 'other' }))).toBeUndefined()
    // Cached text without a price of its own is paid in full.
    expect(costOf(laneRun([], { price, usage: text, model: 'large' }))).toBeCloseTo(0.0056, 12)
  })
})

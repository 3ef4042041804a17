import { parseLane, Scenario, type Comparison } from '@parley/compare'
import { describe, expect, it } from 'vitest'
import { readSetup } from '../compare/compare-setup.ts'
import { lanesOf } from '../compare/lane-setup.ts'
import { typedScenario } from '../compare/plan.ts'
import { againAddress } from './again.ts'

function comparison(fields: Partial<Comparison>): Comparison {
  return {
    id: 'cmp_1',
    title: 'Trial',
    createdAt: 0,
    scenario: Scenario.parse({
      name: 'barge-in',
      title: 'Barge-in',
      language: 'en',
      steps: [{ say: 'Hello' }],
    }),
    lanes: [parseLane('local'), parseLane('quick=local?silence_ms=200&voice=slt')],
    repeats: 5,
    order: 'in turn',
    status: 'completed',
    runs: [],
    ...fields,
  }
}

function setupBehind(href: string): ReturnType<typeof readSetup> {
  return readSetup(new URL(href, 'http://localhost').searchParams)
}

describe('againAddress', () => {
  it('sets up the same lanes, scenario, repeats and order', () => {
    const of = comparison({})
    const { href, isWhole } = againAddress(of, ['barge-in'])
    const setup = setupBehind(href)
    expect(isWhole).toBe(true)
    expect(setup).toMatchObject({ source: 'scenario', scenario: 'barge-in', repeats: 5, order: 'in turn' })
    expect(lanesOf(setup.lanes)).toEqual(of.lanes)
  })

  it('says the typed words again', () => {
    const scenario = typedScenario('What time is it?', { title: 'Time', language: 'en' })
    const { href, isWhole } = againAddress(comparison({ scenario }), [])
    expect(isWhole).toBe(true)
    expect(setupBehind(href)).toMatchObject({ source: 'type', text: 'What time is it?' })
  })

  it('owns up to what an address cannot carry', () => {
    const many = ['a', 'b', 'c', 'd', 'e'].map((label) => parseLane(`${label}=local`))
    expect(againAddress(comparison({}), []).isWhole).toBe(false)
    expect(againAddress(comparison({ scenario: undefined }), []).isWhole).toBe(false)
    expect(againAddress(comparison({ lanes: many }), ['barge-in']).isWhole).toBe(false)
    expect(againAddress(comparison({ repeats: 7 }), ['barge-in']).isWhole).toBe(false)
  })
})

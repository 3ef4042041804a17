import { describe, expect, it } from 'vitest'
import { readSetup, unreadOf, writeSetup } from './compare-setup.ts'
import { plainLane } from './lane-setup.ts'

describe('the address of a comparison', () => {
  it('opens what a link names', () => {
    const link = 'scenario=barge-in&lane=local&lane=fast%3Dlocal%3Fsilence_ms%3D200&repeats=5'
    const setup = readSetup(new URLSearchParams(link))
    expect(setup).toMatchObject({ source: 'scenario', scenario: 'barge-in', repeats: 5, order: 'together' })
    expect(setup.lanes).toEqual([
      plainLane('local'),
      { ...plainLane('local'), name: 'fast', turns: 'server_vad', silenceMs: '200' },
    ])
  })

  it.each([
    { source: 'type', text: 'What & why?', blind: true, order: 'in turn' },
    { source: 'speak' },
    { scenario: 'noise', repeats: 10, lanes: [plainLane('local'), plainLane('openai')] },
  ] as const)('is the same again when it is read: %o', (change) => {
    const setup = { ...readSetup(new URLSearchParams()), ...change }
    expect(readSetup(new URLSearchParams(writeSetup(setup).toString()))).toEqual(setup)
  })

  it('leaves out what is no lane and takes four at most', () => {
    const search = new URLSearchParams([
      ['lane', '???'],
      ...Array.from({ length: 6 }, () => ['lane', 'local'] satisfies [string, string]),
    ])
    expect(readSetup(search).lanes).toHaveLength(4)
  })

  it('tells what of it could not be read', () => {
    const of = (link: string) => unreadOf(new URLSearchParams(link), ['barge-in'])
    expect(of('scenario=nope&lane=local&lane=local%3Fxx%3D3')).toEqual({
      scenario: 'nope',
      lanes: ['local?xx=3'],
    })
    expect(of('scenario=barge-in&lane=local')).toEqual({ scenario: undefined, lanes: [] })
    expect(of('source=speak&scenario=nope')).toEqual({ scenario: undefined, lanes: [] })
  })

  it('takes nothing that is not offered', () => {
    expect(readSetup(new URLSearchParams('repeats=7&order=upside-down&source=x'))).toMatchObject({
      repeats: 1,
      order: 'together',
      source: 'scenario',
    })
  })
})

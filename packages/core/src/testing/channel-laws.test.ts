import { brokenLaws } from '@parley/audio/testing'
import { describe, expect, it } from 'vitest'
import { channelLaws } from './channel-laws.ts'
import { channelMutants } from './mutants/channel-mutants.ts'

describe('the laws of channels', () => {
  it('have a mutant each', () => {
    expect(Object.keys(channelMutants)).toEqual(channelLaws.map(({ name }) => name))
  })

  it.each(Object.entries(channelMutants))('catch a channel that breaks: %s', async (name, mutant) => {
    const laws = channelLaws.filter((law) => law.name === name)
    expect(await brokenLaws(laws, mutant)).toEqual([name])
  })
})

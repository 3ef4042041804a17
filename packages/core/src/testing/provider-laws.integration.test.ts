import { brokenLaws } from '@parley/audio/testing'
import { describe, expect, it } from 'vitest'
import { providerMutants } from './mutants/provider-mutants.ts'
import { providerLaws } from './provider-laws.ts'

describe('the laws of providers', () => {
  it('have a mutant each', () => {
    expect(Object.keys(providerMutants)).toEqual(providerLaws.map(({ name }) => name))
  })

  it.each(Object.entries(providerMutants))('catch a provider that breaks: %s', async (name, mutant) => {
    const laws = providerLaws.filter((law) => law.name === name)
    expect(await brokenLaws(laws, mutant)).toEqual([name])
  })
})

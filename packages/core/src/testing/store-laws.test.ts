import { brokenLaws } from '@parley/audio/testing'
import { describe, expect, it } from 'vitest'
import { storeMutants } from './mutants/store-mutants.ts'
import { durableStoreLaws, storeLaws } from './store-laws.ts'

describe('the laws of context stores', () => {
  const laws = [...storeLaws, ...durableStoreLaws]

  it('have a mutant each', () => {
    expect(Object.keys(storeMutants)).toEqual(laws.map(({ name }) => name))
  })

  it.each(Object.entries(storeMutants))('catch a store that breaks: %s', async (name, mutant) => {
    expect(await brokenLaws(laws, mutant)).toContain(name)
  })
})

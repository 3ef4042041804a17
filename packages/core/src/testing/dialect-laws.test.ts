import { brokenLaws } from '@parley/audio/testing'
import { describe, expect, it } from 'vitest'
import { dialectLaws } from './dialect-laws.ts'
import { dialectMutants } from './mutants/dialect-mutants.ts'

describe('the laws of dialects', () => {
  it('have a mutant each', () => {
    expect(Object.keys(dialectMutants)).toEqual(dialectLaws.map(({ name }) => name))
  })

  it.each(Object.entries(dialectMutants))('catch a dialect that breaks: %s', async (name, mutant) => {
    expect(await brokenLaws(dialectLaws, mutant)).toContain(name)
  })
})

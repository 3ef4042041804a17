import { describe, expect, it } from 'vitest'
import { brokenLaws, describeLaws } from './laws.ts'
import { pairwiseSum, processorMutants } from './mutants/processor-mutants.ts'
import { processorLaws } from './processor-laws.ts'
import { noise } from './signals.ts'

const laws = processorLaws(noise({ seed: 2, length: 1000 }))

describeLaws('pairwise sum', laws, pairwiseSum)

describe('processor laws', () => {
  it('are broken by one mutant each', () => {
    expect(Object.keys(processorMutants)).toEqual(laws.map((law) => law.name))
  })

  it.each(Object.entries(processorMutants))('notice a processor that breaks: %s', async (name, mutant) => {
    expect(await brokenLaws(laws, mutant)).toContain(name)
  })
})

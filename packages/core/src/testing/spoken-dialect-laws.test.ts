import { brokenLaws, describeLaws } from '@parley/audio/testing'
import { describe, expect, it } from 'vitest'
import { geminiUnderTest } from './gemini-samples.ts'
import { spokenDialectMutants } from './mutants/spoken-dialect-mutants.ts'
import { spokenDialectLaws } from './spoken-dialect-laws.ts'

describeLaws('Gemini Live', spokenDialectLaws, geminiUnderTest)

describe('the laws of translating dialects', () => {
  it('have a mutant each', () => {
    expect(Object.keys(spokenDialectMutants)).toEqual(spokenDialectLaws.map(({ name }) => name))
  })

  it.each(Object.entries(spokenDialectMutants))('catch a dialect that breaks: %s', async (name, mutant) => {
    expect(await brokenLaws(spokenDialectLaws, mutant)).toContain(name)
  })
})

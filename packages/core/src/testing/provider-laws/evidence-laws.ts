import type { Law } from '@parley/audio/testing'
import { expect } from 'vitest'
import { law, type ProviderUnderTest } from './under-test.ts'

/** Fields that say nothing about what the backend can do. */
const plain = new Set(['title', 'description', 'evidence'])

/** What every provider can show for what it declares. */
export const evidenceLaws: readonly Law<ProviderUnderTest>[] = [
  law('has dated evidence for every capability', async (subject) => {
    await using scripted = await subject.open()
    const { capabilities } = scripted.provider
    const shown = new Set<string>(capabilities.evidence.flatMap(({ fields }) => fields))
    expect(Object.keys(capabilities).filter((field) => !plain.has(field) && !shown.has(field))).toEqual([])
    for (const { source, date } of capabilities.evidence) {
      expect(source.length).toBeGreaterThan(10)
      expect(date).toMatch(/^20\d\d-\d\d-\d\d$/)
    }
  }),
]

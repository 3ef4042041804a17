import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { docsAddress } from './docs-address.ts'

describe('docsAddress', () => {
  it.each([
    ['en', '', undefined, '/docs/'],
    ['de', '', undefined, '/docs/de/'],
    ['de', 'backends/openai', undefined, '/docs/de/backends/openai/'],
    ['de', 'guides/voices', 'local', '/docs/de/guides/voices/#local'],
    ['de', 'reference/scenarios', undefined, '/docs/reference/scenarios/'],
    ['en', 'guides/voices', 'local', '/docs/guides/voices/#local'],
  ] as const)('leads a reader of %s from %j to the page', (language, page, anchor, address) => {
    expect(docsAddress(language, page, anchor)).toBe(address)
  })

  it.each(['voices', 'translation'])('names a guide that is there in both languages: %s', (guide) => {
    for (const language of ['en', 'de']) {
      expect(existsSync(new URL(`../../docs/content/${language}/guides/${guide}.mdx`, import.meta.url))).toBe(
        true,
      )
    }
  })
})

import { describe, expect, it } from 'vitest'
import { addressOf, parseAddress } from './language.ts'

describe('addresses', () => {
  it.each([
    ['/', 'en', '/'],
    ['/', 'de', '/de/'],
    ['/backends/openai/', 'de', '/de/backends/openai/'],
  ] as const)('leads to %s in %s by %s and back', (path, language, address) => {
    expect(addressOf(path, language)).toBe(address)
    expect(parseAddress(address)).toEqual({ path, language })
  })

  it('takes an address without its last slash', () => {
    expect(parseAddress('/de/guides/duet')).toEqual({ path: '/guides/duet/', language: 'de' })
    expect(parseAddress('/dekanat')).toEqual({ path: '/dekanat/', language: 'en' })
  })
})

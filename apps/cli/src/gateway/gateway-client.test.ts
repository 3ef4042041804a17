import { expect, it } from 'vitest'
import { refusalFor } from './gateway-client.ts'

it('tells a key that is missing from one that is wrong, and shows none', () => {
  const url = 'http://127.0.0.1:1'
  expect(refusalFor({ url, key: undefined }, 401, '').message).toContain('wants a key: set PARLEY_KEY')
  const wrong = refusalFor({ url, key: 'secret-key' }, 401, '').message
  expect(wrong).toContain('does not accept this key: set PARLEY_KEY')
  expect(wrong).not.toContain('secret-key')
})

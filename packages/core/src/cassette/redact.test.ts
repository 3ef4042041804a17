import { describe, expect, it } from 'vitest'
import { createRedactor, removed } from './redact.ts'

const redact = createRedactor(['top-secret/4711', 'abc'])

describe('a redactor', () => {
  it('removes what it knows by value, wherever it is and however it is spelt', () => {
    const found = redact({
      text: 'it is top-secret/4711.',
      list: [{ url: 'https://x.test/?q=top-secret%2F4711' }],
      'top-secret/4711': 1,
      base64: Buffer.from('top-secret/4711').toString('base64'),
    })
    expect(JSON.stringify(found)).not.toMatch(/4711|dG9wLXNl/)
  })

  it('removes a short secret where it is all of a text, and leaves it in words', () => {
    expect(redact(['abc', 'abcdefg'])).toEqual([removed, 'abcdefg'])
  })

  it.each([
    { authorization: 'x1' },
    { headers: { 'X-Any': 'x1' } },
    { 'api-key': 'x1' },
    { deep: [{ clientSecret: { value: 'x1', expires_at: 3 } }] },
    { access_token: 'x1' },
    { avatar: { ice_servers: [{ credential: 'x1' }] } },
    { arguments: '{"token":"x1","city":"Kiel"}' },
    { output: '[{"password":"x1"}]' },
    { text: 'the password: x1' },
    { url: 'wss://user:x1@host.test/?api_key=x1&model=m' },
    { code: 'fetch("/", { "api-key": "x1" })' },
  ])('removes what a field or a text calls a secret: %j', (value) => {
    const text = JSON.stringify(redact(value))
    expect(text).not.toContain('x1')
    expect(text).toContain(removed)
  })

  it.each(['Bearer abcdefghijklmnopq', 'sk-abcdefghijklmnop1234', 'eyJhbGciOiJI.eyJzdWIiOiIx.abc_def-1'])(
    'knows a key by its form: %s',
    (key) => {
      expect(redact(`use ${key} now`)).not.toContain(key.replace('Bearer ', ''))
    },
  )

  it('gives back what is clean as it was', () => {
    const clean = {
      type: 'session.update',
      session: { instructions: 'Basic knowledge, and a token of love.', max_output_tokens: 300 },
      usage: { input_tokens: 3, total_tokens: 4 },
    }
    expect(redact(clean)).toBe(clean)
  })
})

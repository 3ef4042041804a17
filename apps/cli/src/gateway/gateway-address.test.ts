import { describe, expect, it } from 'vitest'
import { parseGatewayUrl } from './gateway-address.ts'

describe('parseGatewayUrl', () => {
  it.each([
    ['http://127.0.0.1:8787', 'http://127.0.0.1:8787'],
    ['https://voice.example.com/', 'https://voice.example.com'],
    ['ws://127.0.0.1:8787/v1/realtime', 'http://127.0.0.1:8787'],
    ['wss://voice.example.com/proxy/v1?key=x', 'https://voice.example.com/proxy'],
    ['localhost:8787', 'http://localhost:8787'],
  ])('reads %s as %s', (text, url) => {
    expect(parseGatewayUrl(text)).toBe(url)
  })

  it('refuses what is no address, with an example of one', () => {
    expect(() => parseGatewayUrl('ftp://example.com')).toThrow('http://127.0.0.1:8787')
  })
})

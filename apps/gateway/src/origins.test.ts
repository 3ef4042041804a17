import { describe, expect, it } from 'vitest'
import { checkSource, isLoopbackHost } from './origins.ts'

const open = { allowedOrigins: [], loopbackHostsOnly: true }
const keyed = { allowedOrigins: ['https://app.example'], loopbackHostsOnly: false }

describe('isLoopbackHost', () => {
  it.each(['localhost', 'LOCALHOST', 'app.localhost', '127.0.0.1', '127.8.8.8', '::1', '[::1]'])(
    'knows %s',
    (host) => {
      expect(isLoopbackHost(host)).toBe(true)
    },
  )

  it.each(['0.0.0.0', '::', '10.0.0.1', 'localhost.example.com', '127.0.0.1.example.com', '', '1270.0.0.1'])(
    'does not take %j for loopback',
    (host) => {
      expect(isLoopbackHost(host)).toBe(false)
    },
  )
})

describe('checkSource', () => {
  it.each([
    ['no browser', open, { host: '127.0.0.1:8787' }],
    ['a page of this machine', open, { host: 'localhost:8787', origin: 'http://localhost:3000' }],
    ['a page of this machine by address', open, { host: 'localhost:8787', origin: 'http://[::1]:3000' }],
    ['a listed origin', keyed, { host: 'voice.example', origin: 'https://app.example' }],
    ['its own host', keyed, { host: 'voice.example', origin: 'https://voice.example' }],
    ['its own host and port', keyed, { host: 'voice.example:8443', origin: 'https://voice.example:8443' }],
    ['anyone when all are allowed', { ...keyed, allowedOrigins: ['*'] }, { host: 'v', origin: 'null' }],
    ['a listed host when open', { ...open, allowedOrigins: ['https://p.example'] }, { host: 'p.example' }],
  ])('lets in %s', (_who, rules, headers) => {
    expect(() => checkSource(new Headers(headers as Record<string, string>), rules)).not.toThrow()
  })

  it.each([
    ['a page of another site', open, { host: 'localhost:8787', origin: 'https://evil.example' }, 'origin'],
    ['a page without an origin', open, { host: 'localhost:8787', origin: 'null' }, 'origin'],
    ['a name that was rebound to this machine', open, { host: 'evil.example:8787' }, 'host'],
    ['a request without a host', open, {}, 'host'],
    ['an unlisted origin', keyed, { host: 'voice.example', origin: 'https://other.example' }, 'origin'],
    [
      'another port of the same name',
      keyed,
      { host: 'voice.example', origin: 'https://voice.example:81' },
      'origin',
    ],
    ['an extension', keyed, { host: 'voice.example', origin: 'chrome-extension://voice.example' }, 'origin'],
  ])('refuses %s', (_who, rules, headers, param) => {
    expect(() => checkSource(new Headers(headers as Record<string, string>), rules)).toThrow(
      expect.objectContaining({ code: 'origin_not_allowed', param }),
    )
  })
})

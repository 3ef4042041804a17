import { RealtimeError } from '@parley/core'
import { describe, expect, it } from 'vitest'
import { chooseProtocol, createAuthenticator, credentialsOf, offeredProtocols } from './auth.ts'
import { createClientSecrets } from './secrets.ts'

const noQuery = new URLSearchParams()
const nothing = { model: undefined, intent: 'conversation', firstEvent: undefined } as const

describe('credentialsOf', () => {
  it.each([
    ['a bearer header', { authorization: 'Bearer k1' }, ''],
    ['a bearer header in lower case', { authorization: 'bearer k1' }, ''],
    ['an api-key header', { 'api-key': 'k1' }, ''],
    ['an api-key in the query', {}, 'api-key=k1'],
    ['an Authorization in the query', {}, 'Authorization=Bearer%20k1'],
    ['an authorization in the query', {}, 'authorization=bearer%20k1'],
    ['an access token in the query', {}, 'access_token=k1'],
    ['a subprotocol', { 'sec-websocket-protocol': 'realtime, openai-insecure-api-key.k1' }, ''],
  ])('finds %s', (_where, headers, query) => {
    expect(credentialsOf(new Headers(headers as Record<string, string>), new URLSearchParams(query))).toEqual(
      ['k1'],
    )
  })

  it('finds nothing in another scheme or an empty value', () => {
    expect(credentialsOf(new Headers({ authorization: 'Basic azE=', 'api-key': '' }), noQuery)).toEqual([])
  })
})

describe('chooseProtocol', () => {
  it('answers realtime wherever it stands in the offer', () => {
    expect(chooseProtocol(offeredProtocols('openai-insecure-api-key.k, realtime'))).toBe('realtime')
  })

  it('answers none of the protocols it does not know', () => {
    expect(chooseProtocol(offeredProtocols('chat, openai-insecure-api-key.k'))).toBe(false)
  })
})

describe('createAuthenticator', () => {
  it('lets in any of the keys and nobody else', () => {
    const authenticate = createAuthenticator(
      ['one', 'two'],
      createClientSecrets(() => 0),
    )
    expect(authenticate(['two'])).toMatchObject({ kind: 'key' })
    expect(authenticate(['wrong', 'one'])).toMatchObject({ kind: 'key' })
    expect(() => authenticate(['on'])).toThrow(RealtimeError)
    expect(() => authenticate([])).toThrow(/API key is needed/)
  })

  it('lets in everyone when there is no key', () => {
    const authenticate = createAuthenticator(
      [],
      createClientSecrets(() => 0),
    )
    expect(authenticate([])).toMatchObject({ kind: 'open' })
    expect(authenticate(['whatever a client sends'])).toMatchObject({ kind: 'open' })
  })

  it.each([[['key']], [[]]])('lets in a client secret until it expires, with keys %j', (keys) => {
    let now = 1000
    const secrets = createClientSecrets(() => now)
    const authenticate = createAuthenticator(keys, secrets)
    const secret = secrets.mint(10, nothing)
    expect(secret.value).toMatch(/^ek_/)
    now += 9_999
    expect(authenticate([secret.value])).toEqual({ kind: 'secret', secret })
    now += 1
    expect(() => authenticate([secret.value])).toThrow(/expired/)
  })
})

describe('createClientSecrets', () => {
  it('drops the oldest secret rather than growing without end', () => {
    const secrets = createClientSecrets(() => 0)
    const first = secrets.mint(10, nothing)
    const second = secrets.mint(10, nothing)
    for (let count = 0; count < 9_999; count += 1) secrets.mint(10, nothing)
    expect(secrets.find(first.value)).toBeUndefined()
    expect(secrets.find(second.value)).toBeDefined()
  })
})

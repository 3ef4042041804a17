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
  it('lets in any of the keys and nobody else', async () => {
    const authenticate = createAuthenticator(
      ['one', 'two'],
      createClientSecrets(() => 0),
    )
    expect(await authenticate(['two'])).toMatchObject({ kind: 'key' })
    expect(await authenticate(['wrong', 'one'])).toMatchObject({ kind: 'key' })
    await expect(authenticate(['on'])).rejects.toThrow(RealtimeError)
    await expect(authenticate([])).rejects.toThrow(/API key is needed/)
  })

  it('lets in everyone when there is no key', async () => {
    const authenticate = createAuthenticator(
      [],
      createClientSecrets(() => 0),
    )
    expect(await authenticate([])).toMatchObject({ kind: 'open' })
    expect(await authenticate(['whatever a client sends'])).toMatchObject({ kind: 'open' })
  })

  it.each([[['key']], [[]]])('lets in a client secret until it expires, with keys %j', async (keys) => {
    let now = 1000
    const secrets = createClientSecrets(() => now)
    const authenticate = createAuthenticator(keys, secrets)
    const secret = await secrets.mint(10, nothing)
    expect(secret.value).toMatch(/^ek_/)
    now += 9_999
    expect(await authenticate([secret.value])).toMatchObject({ kind: 'secret', secret })
    now += 1
    await expect(authenticate([secret.value])).rejects.toThrow(/expired/)
  })
})

describe('createClientSecrets', () => {
  it('drops the oldest secret rather than growing without end', async () => {
    const secrets = createClientSecrets(() => 0)
    const first = await secrets.mint(10, nothing)
    const second = await secrets.mint(10, nothing)
    for (let count = 0; count < 9_999; count += 1) await secrets.mint(10, nothing)
    expect(await secrets.find(first.value)).toBeUndefined()
    expect(await secrets.find(second.value)).toBeDefined()
  })
})

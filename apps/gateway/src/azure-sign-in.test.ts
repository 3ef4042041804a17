import { describe, expect, it } from 'vitest'
import { azureScopes, azureSignIn } from './azure-sign-in.ts'

const { signal } = new AbortController()

describe('azureSignIn', () => {
  it('signs in when a token is asked for, and keeps it until it nears its end', async () => {
    const asked: string[] = []
    let lifetimeMs = 3_600_000
    const token = azureSignIn(azureScopes.foundry, async () => ({
      getToken: async (scope) => {
        asked.push(scope)
        return { token: `t${asked.length}`, expiresOnTimestamp: Date.now() + lifetimeMs }
      },
    }))
    expect(asked).toEqual([])
    expect(await token(signal)).toBe('t1')
    expect(await token(signal)).toBe('t1')
    expect(asked).toEqual(['https://ai.azure.com/.default'])
    lifetimeMs = 60_000
    const short = azureSignIn(azureScopes.cognitiveServices, async () => ({
      getToken: async () => ({ token: `s${asked.push('x')}`, expiresOnTimestamp: Date.now() + lifetimeMs }),
    }))
    expect(await short(signal)).not.toBe(await short(signal))
  })

  it('rejects when there is no token', async () => {
    const token = azureSignIn(azureScopes.foundry, async () => ({ getToken: async () => null }))
    await expect(token(signal)).rejects.toThrow('no token')
  })
})

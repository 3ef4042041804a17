import { describeLaws } from '@parley/audio/testing'
import { describe, expect, it } from 'vitest'
import { providerLaws, type ProviderUnderTest } from '../../testing/provider-laws.ts'
import { realtimeUpstream, type Upstream } from '../../testing/upstream/upstream.ts'
import { openaiCompatible, type OpenaiCompatibleOptions } from './openai-compatible.ts'

const key = 'compatible-secret'
const signal = new AbortController().signal

function underTest(
  dialect: OpenaiCompatibleOptions['dialect'],
  options: Partial<OpenaiCompatibleOptions> = {},
): ProviderUnderTest {
  return {
    key,
    transcriptionModel: 'whisper-1',
    undocumented: 'all',
    async open({ connect = {}, ...script } = {}) {
      const upstream =
        dialect === 'openai-ga'
          ? await realtimeUpstream('openai', { key, ...script })
          : await realtimeUpstream('azure-openai-preview', {
              key: 'another',
              token: key,
              transcriptionDeployments: ['whisper-1'],
              ...script,
            })
      const provider = openaiCompatible({
        name: 'mine',
        url: addressOf(upstream, dialect),
        ...(dialect === 'openai-ga' ? { model: 'gpt-realtime' } : {}),
        apiKey: key,
        dialect,
        connect,
        ...options,
      })
      return { provider, upstream, [Symbol.asyncDispose]: () => upstream[Symbol.asyncDispose]() }
    },
  }
}

/** The stand-ins of the vendors pass for compatible servers. */
function addressOf({ url }: Upstream, dialect: OpenaiCompatibleOptions['dialect']): string {
  return dialect === 'openai-ga'
    ? `${url}/v1/realtime`
    : `${url}/openai/realtime?api-version=2025-04-01-preview&deployment=gpt-realtime`
}

describeLaws('openai-compatible by GA events', providerLaws, underTest('openai-ga'))

describeLaws('openai-compatible by beta events', providerLaws, underTest('openai-beta'))

describe('openai-compatible', () => {
  it('keeps the query of the address and adds the model', async () => {
    await using upstream = await realtimeUpstream('openai', { key })
    const provider = openaiCompatible({
      name: 'mine',
      url: `${upstream.url}/v1/realtime?tenant=a%20b`,
      model: 'gpt-realtime',
      apiKey: key,
      dialect: 'openai-ga',
    })
    await using _ = await provider.connect({ model: 'gpt-realtime-mini', signal })
    expect(upstream.connections[0]).toMatchObject({
      query: { tenant: 'a b', model: 'gpt-realtime-mini' },
      headers: { authorization: `Bearer ${key}` },
    })
  })

  it.each([
    ['openai-ga', undefined],
    ['openai-beta', 'realtime=v1'],
  ] as const)('asks for the shape it speaks: %s', async (dialect, header) => {
    await using upstream = await realtimeUpstream('openai', { key })
    const url = `${upstream.url}/v1/realtime`
    await openaiCompatible({ name: 'mine', url, dialect })
      .connect({ model: undefined, signal })
      .catch(() => {})
    expect(upstream.connections[0]?.headers['openai-beta']).toBe(header)
  })

  it('sends neither a model nor a key that it was not given', async () => {
    await using upstream = await realtimeUpstream('openai', { key })
    const provider = openaiCompatible({
      name: 'mine',
      url: `${upstream.url}/v1/realtime`,
      dialect: 'openai-ga',
    })
    await provider.connect({ model: undefined, signal }).catch(() => {})
    expect(upstream.connections[0]?.query).toEqual({})
    expect(upstream.connections[0]?.headers['authorization']).toBeUndefined()
  })

  it('can do what whoever set it up says', () => {
    const { capabilities } = openaiCompatible({
      name: 'mine',
      url: 'ws://127.0.0.1:1/v1/realtime',
      dialect: 'openai-ga',
      capabilities: { truncation: 'native', local: true },
    })
    expect(capabilities).toMatchObject({ truncation: 'native', local: true, itemDeletion: 'none' })
  })
})

import { describeLaws } from '@parley/audio/testing'
import { describe, expect, it } from 'vitest'
import { providerLaws, type ProviderUnderTest } from '../../testing/provider-laws.ts'
import { realtimeUpstream } from '../../testing/upstream/upstream.ts'
import { azureOpenai, type AzureOpenaiOptions } from './azure-openai.ts'

const key = 'azure-secret'
const token = 'entra-secret'
const signal = new AbortController().signal
const preview = { apiVersion: '2025-04-01-preview' }

function underTest(options: Partial<AzureOpenaiOptions> = {}): ProviderUnderTest {
  const wire = options.preview ? 'azure-openai-preview' : 'azure-openai'
  return {
    key,
    transcriptionModel: 'gpt-4o-transcribe',
    async open({ connect = {}, ...script } = {}) {
      const upstream = await realtimeUpstream(wire, {
        key,
        token,
        deployments: ['gpt-realtime-2.1', 'mine'],
        transcriptionDeployments: ['my-transcribe'],
        ...script,
      })
      const provider = azureOpenai({
        endpoint: upstream.url,
        credential: { key },
        deployment: 'gpt-realtime-2.1',
        transcriptionDeployment: 'my-transcribe',
        connect,
        ...options,
      })
      return { provider, upstream, [Symbol.asyncDispose]: () => upstream[Symbol.asyncDispose]() }
    },
  }
}

describeLaws('azure-openai', providerLaws, underTest())
describeLaws('azure-openai by its preview', providerLaws, underTest({ preview }))

describe('azure-openai', () => {
  it('dials its deployment with a key', async () => {
    await using scripted = await underTest({ deployment: 'mine' }).open()
    await using _ = await scripted.provider.connect({ model: undefined, signal })
    expect(scripted.upstream.connections).toMatchObject([
      { path: '/openai/v1/realtime', query: { model: 'mine' }, headers: { 'api-key': key } },
    ])
    expect(scripted.upstream.violations).toEqual([])
  })

  it('dials the preview with its version and deployment', async () => {
    await using scripted = await underTest({ deployment: 'mine', preview }).open()
    await using _ = await scripted.provider.connect({ model: undefined, signal })
    expect(scripted.upstream.connections).toMatchObject([
      {
        path: '/openai/realtime',
        query: { 'api-version': preview.apiVersion, deployment: 'mine' },
        headers: { 'api-key': key },
      },
    ])
    expect(scripted.upstream.violations).toEqual([])
  })

  it('asks for an Entra ID token for each connection', async () => {
    let asked = 0
    const credential = {
      token: () => {
        asked++
        return Promise.resolve(token)
      },
    }
    await using scripted = await underTest({ credential }).open()
    await using _first = await scripted.provider.connect({ model: undefined, signal })
    await using _second = await scripted.provider.connect({ model: undefined, signal })
    expect(asked).toBe(2)
    expect(scripted.upstream.connections[0]?.headers).toMatchObject({ authorization: `Bearer ${token}` })
  })

  it('says that no token could be had', async () => {
    const credential = { token: () => Promise.reject(new Error('not signed in')) }
    await using scripted = await underTest({ credential }).open()
    await expect(scripted.provider.connect({ model: undefined, signal })).rejects.toMatchObject({
      code: 'invalid_api_key',
      message: expect.stringContaining('Entra ID'),
    })
  })

  it('waits for a token no longer than for the line', async () => {
    const credential = { token: () => new Promise<string>(() => {}) }
    await using scripted = await underTest({ credential }).open({ connect: { openTimeoutMs: 30 } })
    await expect(scripted.provider.connect({ model: undefined, signal })).rejects.toMatchObject({
      code: 'backend_unavailable',
      message: expect.stringContaining('30 ms'),
    })
  })

  it('leaves transcripts to the session until a deployment makes them', () => {
    const options = { endpoint: 'https://example.test', credential: { key }, deployment: 'my-realtime' }
    expect(azureOpenai(options).capabilities.inputTranscription).toBe('none')
    expect(azureOpenai({ ...options, transcriptionDeployment: 'tr' }).capabilities).toMatchObject({
      inputTranscription: 'native',
      transcriptionSessions: true,
    })
  })
})

import { describeLaws } from '@parley/audio/testing'
import { describe, expect, it } from 'vitest'
import { providerLaws, type ProviderUnderTest } from '../../testing/provider-laws.ts'
import { realtimeUpstream } from '../../testing/upstream/upstream.ts'
import { openai, type OpenaiOptions } from './openai.ts'

const key = 'sk-openai-secret'
const signal = new AbortController().signal

function underTest(options: Partial<OpenaiOptions> = {}): ProviderUnderTest {
  return {
    key,
    transcriptionModel: 'gpt-4o-transcribe',
    async open({ connect = {}, ...script } = {}) {
      const upstream = await realtimeUpstream('openai', { key, ...script })
      const provider = openai({ apiKey: key, baseUrl: `${upstream.url}/v1`, connect, ...options })
      return { provider, upstream, [Symbol.asyncDispose]: () => upstream[Symbol.asyncDispose]() }
    },
  }
}

describeLaws('openai', providerLaws, underTest())
describeLaws(
  'openai with a model that does not reason',
  providerLaws,
  underTest({ model: 'gpt-realtime-1.5' }),
)

describe('openai', () => {
  it('dials the model of the request with organisation and project', async () => {
    await using scripted = await underTest({ organization: 'org', project: 'proj' }).open()
    await using _ = await scripted.provider.connect({ model: 'gpt-realtime-mini', signal })
    expect(scripted.upstream.connections).toMatchObject([
      {
        path: '/v1/realtime',
        query: { model: 'gpt-realtime-mini' },
        headers: {
          authorization: `Bearer ${key}`,
          'openai-organization': 'org',
          'openai-project': 'proj',
        },
      },
    ])
  })

  it('says what another model cannot do', () => {
    const { capabilities, capabilitiesFor } = openai({ apiKey: key })
    expect(capabilities.sessionFields).toContain('reasoning')
    expect(capabilitiesFor?.('gpt-realtime-1.5').sessionFields).not.toContain('reasoning')
  })
})

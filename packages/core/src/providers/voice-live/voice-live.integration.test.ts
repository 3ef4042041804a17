import { describeLaws } from '@parley/audio/testing'
import { describe, expect, it } from 'vitest'
import type { Provider } from '../provider.ts'
import { providerLaws, type ProviderUnderTest } from '../../testing/provider-laws.ts'
import { realtimeUpstream } from '../../testing/upstream/upstream.ts'
import { voiceLiveAgent } from './agent.ts'
import { voiceLiveByom } from './byom.ts'
import type { VoiceLiveConnection } from './connection.ts'
import { voiceLive } from './voice-live.ts'

const key = 'voice-live-secret'
const token = 'entra-secret'
const signal = new AbortController().signal

type Make = (connection: VoiceLiveConnection) => Provider

function underTest(make: Make, transcriptionModel = 'azure-speech'): ProviderUnderTest {
  return {
    key,
    transcriptionModel,
    // A voice of the model locks, one of Azure does not: the session may change it.
    undocumented: ['voiceLock'],
    async open({ connect = {}, ...script } = {}) {
      const upstream = await realtimeUpstream('voice-live', { key, token, deployments, ...script })
      const provider = make({ endpoint: upstream.url, credential: { key }, connect })
      return { provider, upstream, [Symbol.asyncDispose]: () => upstream[Symbol.asyncDispose]() }
    },
  }
}

const deployments = ['my-gpt', 'my-claude', 'gpt-realtime-2.1']
const agent = { name: 'travel', project: 'desk' }
const chat = { profile: 'byom-azure-openai-chat-completion', deployment: 'my-gpt' } as const
const realtime = { profile: 'byom-azure-openai-realtime', deployment: 'gpt-realtime-2.1' } as const
const claude = { profile: 'byom-foundry-anthropic-messages', deployment: 'my-claude' } as const

describeLaws(
  'voice-live',
  providerLaws,
  underTest((line) => voiceLive(line), 'whisper-1'),
)
describeLaws(
  'voice-live, cascaded',
  providerLaws,
  underTest((line) => voiceLive({ ...line, model: 'gpt-4.1' })),
)
describeLaws(
  'voice-live by its first version',
  providerLaws,
  underTest((line) => voiceLive({ ...line, apiVersion: '2025-10-01', model: 'gpt-realtime' }), 'whisper-1'),
)
describeLaws(
  'voice-live by its first version, cascaded',
  providerLaws,
  underTest((line) => voiceLive({ ...line, apiVersion: '2025-10-01', model: 'gpt-4.1' })),
)
describeLaws(
  'voice-live with a phi model',
  providerLaws,
  underTest((line) => voiceLive({ ...line, model: 'phi4-mm-realtime' })),
)
describeLaws(
  'voice-live with azure-realtime',
  providerLaws,
  underTest((line) => voiceLive({ ...line, model: 'azure-realtime' })),
)
describeLaws(
  'voice-live with a reasoning model',
  providerLaws,
  underTest((line) => voiceLive({ ...line, model: 'gpt-5' })),
)
describeLaws(
  'voice-live-agent',
  providerLaws,
  // An agent has its own model: the one asked for is ignored.
  { ...underTest((line) => voiceLiveAgent({ ...line, agent })), undocumented: ['voiceLock', 'models'] },
)
describeLaws(
  'voice-live-byom, chat',
  providerLaws,
  underTest((line) => voiceLiveByom({ ...line, ...chat })),
)
describeLaws(
  'voice-live-byom, realtime',
  providerLaws,
  underTest((line) => voiceLiveByom({ ...line, ...realtime }), 'whisper-1'),
)

describe('voice-live', () => {
  it.each<[string, Make, Record<string, string>]>([
    [
      'the newest version',
      (line) => voiceLive(line),
      { 'api-version': '2026-07-15', model: 'gpt-realtime-2.1' },
    ],
    [
      'an older version and another model',
      (line) => voiceLive({ ...line, apiVersion: '2025-10-01', model: 'gpt-4.1' }),
      { 'api-version': '2025-10-01', model: 'gpt-4.1' },
    ],
    [
      'an agent',
      (line) =>
        voiceLiveAgent({
          ...line,
          agent: { ...agent, version: '2', conversationId: 'conv_1', identityClientId: 'id_1' },
        }),
      {
        'api-version': '2026-07-15',
        'agent-name': 'travel',
        'agent-project-name': 'desk',
        'agent-version': '2',
        'conversation-id': 'conv_1',
        'agent-authentication-identity-client-id': 'id_1',
      },
    ],
    [
      'a classic agent',
      (line) =>
        voiceLiveAgent({
          ...line,
          agent: { classic: { id: 'asst_1', project: 'desk', accessToken: () => Promise.resolve('jwt') } },
        }),
      {
        'api-version': '2026-07-15',
        'agent-id': 'asst_1',
        'agent-project-name': 'desk',
        'agent-access-token': 'jwt',
      },
    ],
    [
      'an own model in another resource',
      (line) => voiceLiveByom({ ...line, ...claude, foundryResource: 'other' }),
      {
        'api-version': '2026-07-15',
        profile: claude.profile,
        model: 'my-claude',
        'foundry-resource-override': 'other',
      },
    ],
  ])('dials %s', async (_, make, query) => {
    await using scripted = await underTest(make).open()
    await using _channel = await scripted.provider.connect({ model: undefined, signal })
    expect(scripted.upstream.connections).toMatchObject([
      { path: '/voice-live/realtime', headers: { 'api-key': key } },
    ])
    expect(scripted.upstream.connections[0]?.query).toEqual(query)
    expect(scripted.upstream.violations).toEqual([])
  })

  it('signs in with a token', async () => {
    const credential = { token: () => Promise.resolve(token) }
    await using scripted = await underTest((line) => voiceLive({ ...line, credential })).open()
    await using _ = await scripted.provider.connect({ model: undefined, signal })
    expect(scripted.upstream.connections[0]?.headers).toMatchObject({ authorization: `Bearer ${token}` })
  })

  it('keeps the access token of a classic agent out of errors', async () => {
    const classic = { id: 'asst_1', project: 'desk', accessToken: 'jwt-secret' }
    await using scripted = await underTest((line) => voiceLiveAgent({ ...line, agent: { classic } })).open({
      errorFirst: { code: 'server_error', message: 'bad token jwt-secret' },
    })
    const error: unknown = await scripted.provider
      .connect({ model: undefined, signal })
      .catch((reason: unknown) => reason)
    expect(String(error)).toContain('server_error')
    expect(String(error)).not.toContain('jwt-secret')
  })
})

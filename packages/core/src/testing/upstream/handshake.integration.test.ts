import { describe, expect, it } from 'vitest'
import { objectOf, textOf } from './json.ts'
import { rawClient } from './raw-client.ts'
import { credentialsOf, doors, openScene, sceneKey } from './raw-scene.ts'
import { realtimeUpstream } from './upstream.ts'
import type { WireName } from './wire.ts'

interface Attempt {
  readonly wire: WireName
  readonly door?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly protocols?: readonly string[]
}

/** How an attempt ends: HTTP status, or code of the first event and of the close. */
async function ending(
  attempt: Attempt,
): Promise<{ readonly end: string; readonly violations: readonly string[] }> {
  const { wire, door = doors[wire], headers = credentialsOf(wire), protocols = [] } = attempt
  await using upstream = await realtimeUpstream(wire, {
    key: sceneKey,
    token: 'entra',
    deployments: ['my-deployment'],
  })
  const { violations } = upstream
  const client = await rawClient(`${upstream.url}${door}`, { headers, protocols }).catch((error: unknown) =>
    String(error).replace('Error: ', ''),
  )
  if (typeof client === 'string') return { end: client, violations }
  const first = await Promise.race([
    client.next('session.created').then(() => 'open'),
    client.closed.then(({ code, reason }) => {
      const error = objectOf(client.events[0]?.['error'])
      return `${textOf(error['code']) || 'no event'}, ${code} ${reason}`
    }),
  ]).catch(() => client.closed.then(({ code, reason }) => `no event, ${code} ${reason}`))
  return { end: first, violations }
}

const bearer = (token: string) => ({ Authorization: `Bearer ${token}` })
const agent = 'agent-name=a&agent-project-name=p'
const voiceLive = (query: string): Attempt => ({
  wire: 'voice-live',
  door: `/voice-live/realtime?api-version=2026-07-15&${query}`,
})

describe('a stand-in lets in', () => {
  it.each<[string, Attempt]>([
    ['a key as bearer', { wire: 'openai' }],
    [
      'a key as subprotocol',
      { wire: 'openai', headers: {}, protocols: ['realtime', `openai-insecure-api-key.${sceneKey}`] },
    ],
    ['a transcription session', { wire: 'openai', door: '/v1/realtime?intent=transcription' }],
    ['an Azure key', { wire: 'azure-openai' }],
    ['an Entra token', { wire: 'azure-openai', headers: bearer('entra') }],
    ['the preview', { wire: 'azure-openai-preview' }],
    ['an Entra token at Voice Live', { wire: 'voice-live', headers: bearer('entra') }],
    ['a managed model', voiceLive('model=gpt-4.1')],
    ['a model of one’s own', voiceLive('profile=byom-azure-openai-realtime&model=my-deployment')],
    [
      'a model on another resource',
      voiceLive(
        'profile=byom-azure-openai-chat-completion&model=my-deployment&foundry-resource-override=other',
      ),
    ],
    ['an agent', voiceLive(`${agent}&agent-version=2&conversation-id=c`)],
    ['a classic agent', voiceLive('agent-id=a&agent-project-name=p&agent-access-token=t')],
  ])('%s', async (_, attempt) => {
    expect(await ending(attempt)).toEqual({ end: 'open', violations: [] })
  })
})

describe('a stand-in refuses', () => {
  it.each<[string, Attempt, string, RegExp | undefined]>([
    ['another path', { wire: 'openai', door: '/realtime?model=gpt-realtime' }, 'HTTP 404', /path/],
    ['nobody', { wire: 'openai', headers: {} }, 'HTTP 401', /no credentials/],
    [
      'a wrong key',
      { wire: 'openai', headers: bearer('wrong') },
      'invalid_api_key, 3000 invalid_request_error.invalid_api_key',
      undefined,
    ],
    [
      'the beta header',
      { wire: 'openai', headers: { ...credentialsOf('openai'), 'OpenAI-Beta': 'realtime=v1' } },
      'no event, 4000 invalid_request_error.beta_api_shape_disabled',
      /beta/,
    ],
    [
      'the beta subprotocol',
      {
        wire: 'openai',
        headers: {},
        protocols: ['realtime', `openai-insecure-api-key.${sceneKey}`, 'openai-beta.realtime-v1'],
      },
      'no event, 4000 invalid_request_error.beta_api_shape_disabled',
      /beta/,
    ],
    [
      'a model that does not exist',
      { wire: 'openai', door: '/v1/realtime?model=parrot' },
      'model_not_found, 4000 invalid_request_error.model_not_found',
      undefined,
    ],
    [
      'no model',
      { wire: 'openai', door: '/v1/realtime' },
      'missing_model, 4000 invalid_request_error.missing_model',
      /no model/,
    ],
    [
      'an api-version on the GA path',
      { wire: 'azure-openai', door: `${doors['azure-openai']}&api-version=2025-04-01-preview` },
      'HTTP 401',
      /api-version/,
    ],
    [
      'the beta header at Azure',
      { wire: 'azure-openai', headers: { 'api-key': sceneKey, 'OpenAI-Beta': 'realtime=v1' } },
      'HTTP 400',
      /OpenAI-Beta/,
    ],
    ['a key as bearer at Azure', { wire: 'azure-openai', headers: bearer(sceneKey) }, 'HTTP 401', /bearer/],
    ['a wrong Azure key', { wire: 'azure-openai', headers: { 'api-key': 'wrong' } }, 'HTTP 401', undefined],
    [
      'a deployment that does not exist',
      { wire: 'azure-openai', door: '/openai/v1/realtime?model=gpt-realtime' },
      'HTTP 404',
      undefined,
    ],
    [
      'the preview without api-version',
      { wire: 'azure-openai-preview', door: '/openai/realtime?deployment=my-deployment' },
      'HTTP 404',
      /api-version missing/,
    ],
    [
      'the preview without deployment',
      { wire: 'azure-openai-preview', door: '/openai/realtime?api-version=2025-04-01-preview' },
      'HTTP 404',
      /no deployment/,
    ],
    [
      'Voice Live without api-version',
      { wire: 'voice-live', door: '/voice-live/realtime?model=gpt-4o' },
      'HTTP 400',
      /api-version missing/,
    ],
    ['an unknown profile', voiceLive('profile=byom&model=my-deployment'), 'HTTP 400', /profile/],
    [
      'an unknown managed model',
      voiceLive('model=gpt-2'),
      'model_not_found, 1008 model_not_found',
      undefined,
    ],
    ['an agent without project', voiceLive('agent-name=a'), 'HTTP 400', /agent-project-name/],
    [
      'a classic agent without token',
      voiceLive('agent-id=a&agent-project-name=p'),
      'HTTP 400',
      /agent-access-token/,
    ],
  ])('%s', async (_, attempt, end, rule) => {
    const seen = await ending(attempt)
    expect(seen.end).toBe(end)
    if (rule === undefined) expect(seen.violations).toEqual([])
    else expect(seen.violations.join('\n')).toMatch(rule)
  })

  it.each<[string, Attempt, RegExp]>([
    [
      'a key in the query',
      { wire: 'openai', door: `${doors.openai}&api-key=${sceneKey}` },
      /query parameter/,
    ],
    ['a key in the query of Azure', voiceLive(`model=gpt-4o&api-key=${sceneKey}`), /belong into a header/],
    ['a model beside an agent', voiceLive(`${agent}&model=gpt-4o`), /ignored beside an agent/],
    [
      'a domain where a name belongs',
      voiceLive('profile=byom-azure-openai-realtime&model=my-deployment&foundry-resource-override=a.b'),
      /not a domain/,
    ],
    ['a parameter nobody knows', voiceLive('model=gpt-4o&voice=ava'), /query parameter voice/],
  ])('not, but notes %s', async (_, attempt, rule) => {
    const seen = await ending(attempt)
    expect(seen.end).toBe('open')
    expect(seen.violations.join('\n')).toMatch(rule)
  })
})

describe('a faulty stand-in', () => {
  it('refuses with the status it is told', async () => {
    await expect(openScene('openai', { refuse: 503 })).rejects.toThrow('HTTP 503')
  })

  it('sends early events before session.created', async () => {
    await using scene = await openScene('openai', { earlyEvents: true })
    const events = await scene.client.upTo('session.created')
    expect(events.map(({ type }) => type)).toEqual([
      'rate_limits.updated',
      'server.greeting',
      'session.created',
    ])
  })

  it('opens and says nothing', async () => {
    await using scene = await openScene('openai', { neverFirstEvent: true })
    scene.client.send({ type: 'response.create' })
    scene.upstream.dropAll()
    expect((await scene.client.closed).code).toBe(1006)
    expect(scene.client.events).toEqual([])
  })

  it('says what is wrong in place of session.created', async () => {
    const errorFirst = { code: 'insufficient_quota', message: 'No credit.' }
    await using scene = await openScene('openai', { errorFirst })
    expect(objectOf((await scene.client.next('error'))['error'])).toMatchObject(errorFirst)
    expect(await scene.client.closed).toEqual({ code: 1008, reason: 'insufficient_quota' })
  })

  it('waits before it opens', async () => {
    const from = performance.now()
    await using scene = await openScene('openai', { openDelayMs: 60 })
    await scene.client.next('session.created')
    expect(performance.now() - from).toBeGreaterThanOrEqual(59)
  })

  it('ends a session at its limit as documented', async () => {
    await using scene = await openScene('openai', { sessionLimitMs: 20 })
    expect(objectOf((await scene.client.next('error'))['error'])['code']).toBe('session_expired')
    expect((await scene.client.closed).code).toBe(1001)
  })

  it('shows how it was dialled', async () => {
    await using scene = await openScene('azure-openai')
    expect(scene.upstream.connections).toMatchObject([
      { path: '/openai/v1/realtime', query: { model: 'my-deployment' }, headers: { 'api-key': sceneKey } },
    ])
  })
})

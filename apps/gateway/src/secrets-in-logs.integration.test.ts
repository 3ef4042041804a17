import { realtimeUpstream } from '@parley/core/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { providerVariableNames } from './provider-variables.ts'
import { dataDir, GatewayProcess } from './testing/gateway-process.ts'
import { connect, userText } from './testing/test-client.ts'

/** Stands in every key, so that one search finds any of them. */
const mark = 's3cret'
const ownKey = `${mark}-own`
const wrongKey = `${mark}-wrong`
const stack = new AsyncDisposableStack()
let gateway: GatewayProcess
let url: string
let settings: Readonly<Record<string, string>>
/** Everything the gateway has told its clients. */
const told: string[] = []

beforeAll(async () => {
  const openai = stack.use(await realtimeUpstream('openai', { key: `${mark}-openai` }))
  const refusing = stack.use(await realtimeUpstream('azure-openai', { key: 'another' }))
  const half = stack.use(await realtimeUpstream('openai', { key: 'x', neverFirstEvent: true }))
  settings = {
    PARLEY_DATA_DIR: dataDir(),
    PARLEY_LOG_LEVEL: 'trace',
    PARLEY_KEY: ownKey,
    PARLEY_OPENAI_KEY: `${mark}-openai`,
    PARLEY_OPENAI_URL: `${openai.url}/v1`,
    PARLEY_AZURE_OPENAI_ENDPOINT: refusing.url,
    PARLEY_AZURE_OPENAI_KEY: `${mark}-azure`,
    PARLEY_VOICE_LIVE_ENDPOINT: refusing.url,
    PARLEY_VOICE_LIVE_KEY: `${mark}-voice-live`,
    PARLEY_VOICE_LIVE_AGENT_ID: 'asst_1',
    PARLEY_VOICE_LIVE_AGENT_PROJECT: 'project',
    PARLEY_VOICE_LIVE_AGENT_TOKEN: `${mark}-agent`,
    PARLEY_GEMINI_KEY: `${mark}-gemini`,
    PARLEY_GEMINI_URL: refusing.url,
    PARLEY_COMPATIBLE_URL: `${half.url}/v1?api-key=${mark}-query`,
    PARLEY_COMPATIBLE_KEY: `${mark}-compatible`,
    PARLEY_STT_URL: refusing.url,
    PARLEY_STT_KEY: `${mark}-stt`,
    PARLEY_TTS_URL: refusing.url,
    PARLEY_TTS_KEY: `${mark}-tts`,
    PARLEY_AZURE_SPEECH_KEY: `${mark}-speech`,
    PARLEY_AZURE_SPEECH_ENDPOINT: refusing.url,
    PARLEY_FIRST_EVENT_TIMEOUT_MS: '300',
    // Nobody is there, which is told with every try.
    PARLEY_REDIS_URL: `redis://${mark}-user:${mark}-redis@127.0.0.1:1`,
    PARLEY_CLUSTER_SECRET: `${mark}-of-the-cluster`,
  }
  gateway = stack.use(new GatewayProcess(settings))
  url = await gateway.url()
})

afterAll(() => stack.disposeAsync())

/** Every place of a request that holds a credential. */
function places(key: string) {
  return [
    { where: 'a bearer header', query: '', headers: { authorization: `Bearer ${key}` }, protocols: [] },
    { where: 'an api-key header', query: '', headers: { 'api-key': key }, protocols: [] },
    { where: 'api-key in the query', query: `api-key=${key}`, headers: {}, protocols: [] },
    {
      where: 'Authorization in the query',
      query: `Authorization=Bearer%20${key}`,
      headers: {},
      protocols: [],
    },
    { where: 'access_token in the query', query: `access_token=${key}`, headers: {}, protocols: [] },
    {
      where: 'a subprotocol',
      query: '',
      headers: {},
      protocols: ['realtime', `openai-insecure-api-key.${key}`],
    },
  ]
}

const paths = [
  '/v1/realtime?model=openai',
  '/realtime?model=azure-openai',
  '/openai/v1/realtime?model=openai-compatible',
  '/openai/realtime?api-version=2025-04-01-preview&deployment=local',
  '/voice-live/realtime?api-version=2026-07-15&model=voice-live',
  '//v1//realtime?model=nobody/here',
  '/v1/realtime?model=voice-live-agent',
  '/v1/realtime?model=gemini-live',
  '/v1/realtime?model=cascade',
  '/v1/realtime?model=local&resume=new',
]

/** Connects, says a word, and keeps what is told, also a refusal. */
async function call(address: string, protocols: string[], headers: Record<string, string>): Promise<string> {
  try {
    using client = await connect(address, protocols, { headers })
    const opened = await Promise.race([client.next('session.created'), client.next('error')])
    if (opened.type === 'session.created') {
      client.send(userText('hello'))
      client.send({ type: 'response.create' })
      client.send('not an event')
      await client.next('response.done')
    }
    told.push(JSON.stringify(client.events))
    return opened.type
  } catch (error) {
    told.push(String(error))
    return 'refused'
  }
}

describe('keys', () => {
  it('are all among those tried here', () => {
    const keys = providerVariableNames.filter((name) => /_(?:KEY|TOKEN)$/.test(name) && !/_\d_/.test(name))
    expect(keys.filter((name) => settings[name]?.startsWith(mark) !== true)).toEqual([])
  })

  it.each(places(ownKey))('open a session from $where on every path, and stay unsaid', async (place) => {
    for (const path of paths) {
      const result = await call(`${url}${path}&${place.query}`, place.protocols, place.headers)
      const missing = path.includes('nobody')
      expect([path, result]).toEqual([path, missing ? 'refused' : expect.not.stringMatching('refused')])
    }
  })

  it.each(places(wrongKey))('are refused from $where on every path, and stay unsaid', async (place) => {
    for (const path of paths) {
      expect(await call(`${url}${path}&${place.query}`, place.protocols, place.headers)).toBe('refused')
    }
  })

  it('stay unsaid over REST, also where a request is wrong', async () => {
    const rest = ['/v1/backends', '/v1/models', '/v1/conversations', '/v1/downloads', '/nowhere', '/healthz']
    const voices = ['openai', 'azure-openai', 'voice-live', 'gemini-live', 'cascade', 'local']
    for (const path of [...rest, ...voices.map((name) => `/v1/voices?backend=${name}`)]) {
      for (const key of [ownKey, wrongKey]) {
        for (const { query, headers } of places(key)) {
          const response = await fetch(`${url}${path}${path.includes('?') ? '&' : '?'}${query}`, {
            headers: Object.fromEntries(Object.entries(headers)),
          })
          told.push(await response.text())
        }
      }
    }
    const sample = await fetch(`${url}/v1/voices/sample?backend=cascade&voice=alloy&api-key=${ownKey}`)
    told.push(await sample.text())
    expect(sample.status).toBeGreaterThanOrEqual(400)
    const odd = await fetch(`${url}/v1/realtime/client_secrets?api-key=${ownKey}`, {
      method: 'POST',
      body: '{',
    })
    told.push(await odd.text())
  })

  it('are in nothing that was told or logged', () => {
    expect(told.length).toBeGreaterThan(100)
    const lines = [...told, ...gateway.stderr.split('\n'), ...gateway.stdout.split('\n')]
    for (const message of ['request answered', 'session started', 'session ended']) {
      expect(lines.some((line) => line.includes(message))).toBe(true)
    }
    expect(lines.filter((line) => line.includes(mark))).toEqual([])
  })
})

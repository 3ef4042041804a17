import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseConfig } from './config.ts'
import type { ProviderSettings } from './provider-settings.ts'
import { providerVariableNames } from './provider-variables.ts'
import type { Environment } from './setting-kinds.ts'

function providersOf(environment: Environment): ProviderSettings {
  const result = parseConfig(environment)
  if ('faults' in result) throw new Error(result.faults.join('\n'))
  return result.config.providers
}

function faultsOf(environment: Environment): readonly string[] {
  const result = parseConfig(environment)
  return 'faults' in result ? result.faults : []
}

const url = 'https://example.com'

describe('settings of the backends in the cloud', () => {
  it('set up nothing by default', () => {
    expect(providersOf({})).toEqual({
      openai: undefined,
      azureOpenai: undefined,
      voiceLive: undefined,
      gemini: undefined,
      compatible: [],
      duet: undefined,
      stt: undefined,
      tts: undefined,
      azureSpeech: undefined,
      openTimeoutMs: 10_000,
      firstEventTimeoutMs: 10_000,
    })
  })

  it('take one variable each for OpenAI, Gemini and a compatible server', () => {
    expect(providersOf({ PARLEY_OPENAI_KEY: ' sk-1\n' }).openai).toMatchObject({
      key: 'sk-1',
      url: undefined,
    })
    expect(providersOf({ PARLEY_GEMINI_KEY: 'g' }).gemini).toMatchObject({ key: 'g', model: undefined })
    expect(providersOf({ PARLEY_COMPATIBLE_URL: 'ws://127.0.0.1:8080/v1' }).compatible).toEqual([
      {
        name: 'openai-compatible',
        url: 'ws://127.0.0.1:8080/v1',
        key: undefined,
        model: undefined,
        dialect: 'openai-ga',
      },
    ])
  })

  it('take an Azure endpoint without a key for a sign-in with Entra ID', () => {
    expect(providersOf({ PARLEY_AZURE_OPENAI_ENDPOINT: url }).azureOpenai).toEqual({
      endpoint: url,
      key: undefined,
      deployment: 'gpt-realtime-2.1',
      apiVersion: undefined,
      transcriptionDeployment: undefined,
    })
    expect(providersOf({ PARLEY_VOICE_LIVE_ENDPOINT: url }).voiceLive).toMatchObject({
      endpoint: url,
      key: undefined,
      agent: undefined,
      byom: undefined,
    })
  })

  it('read a Foundry agent, a classic agent and a model of one’s own', () => {
    const endpoint = { PARLEY_VOICE_LIVE_ENDPOINT: url, PARLEY_VOICE_LIVE_AGENT_PROJECT: 'p' }
    expect(
      providersOf({ ...endpoint, PARLEY_VOICE_LIVE_AGENT: 'a', PARLEY_VOICE_LIVE_AGENT_VERSION: '2' })
        .voiceLive?.agent,
    ).toEqual({
      name: 'a',
      project: 'p',
      version: '2',
      conversationId: undefined,
      identityClientId: undefined,
    })
    expect(
      providersOf({ ...endpoint, PARLEY_VOICE_LIVE_AGENT_ID: 'i', PARLEY_VOICE_LIVE_AGENT_TOKEN: 't' })
        .voiceLive?.agent,
    ).toEqual({ classic: { id: 'i', project: 'p', accessToken: 't' } })
    expect(
      providersOf({
        PARLEY_VOICE_LIVE_ENDPOINT: url,
        PARLEY_VOICE_LIVE_BYOM_PROFILE: 'byom-azure-openai-chat-completion',
        PARLEY_VOICE_LIVE_BYOM_DEPLOYMENT: 'd',
      }).voiceLive?.byom,
    ).toEqual({ profile: 'byom-azure-openai-chat-completion', deployment: 'd', resource: undefined })
  })

  it('read up to nine compatible servers, each with a name of its own', () => {
    const servers = providersOf({
      PARLEY_COMPATIBLE_URL: 'http://a',
      PARLEY_COMPATIBLE_3_URL: 'wss://c',
      PARLEY_COMPATIBLE_3_NAME: 'studio',
      PARLEY_COMPATIBLE_3_DIALECT: 'openai-beta',
      PARLEY_COMPATIBLE_9_URL: 'http://i',
    }).compatible
    expect(servers.map(({ name, dialect }) => [name, dialect])).toEqual([
      ['openai-compatible', 'openai-ga'],
      ['studio', 'openai-beta'],
      ['openai-compatible-9', 'openai-ga'],
    ])
  })

  it.each([
    [{ PARLEY_OPENAI_MODEL: 'm' }, 'PARLEY_OPENAI_KEY is missing: PARLEY_OPENAI_MODEL needs it.'],
    [
      { PARLEY_AZURE_OPENAI_KEY: 'k' },
      'PARLEY_AZURE_OPENAI_ENDPOINT is missing: PARLEY_AZURE_OPENAI_KEY needs it.',
    ],
    [
      { PARLEY_VOICE_LIVE_KEY: 'k' },
      'PARLEY_VOICE_LIVE_ENDPOINT is missing: PARLEY_VOICE_LIVE_KEY needs it.',
    ],
    [{ PARLEY_DUET_MIND: 'openai' }, 'PARLEY_DUET_VOICE is missing: PARLEY_DUET_MIND needs it.'],
    [{ PARLEY_STT_KEY: 'k' }, 'PARLEY_STT_URL is missing: PARLEY_STT_KEY needs it.'],
    [
      { PARLEY_AZURE_SPEECH_KEY: 'k' },
      'PARLEY_AZURE_SPEECH_REGION or PARLEY_AZURE_SPEECH_ENDPOINT is missing: PARLEY_AZURE_SPEECH_KEY needs it.',
    ],
    [
      { PARLEY_COMPATIBLE_2_KEY: 'k' },
      'PARLEY_COMPATIBLE_2_URL is missing: PARLEY_COMPATIBLE_2_KEY needs it.',
    ],
    [
      { PARLEY_COMPATIBLE_URL: 'ws://a', PARLEY_COMPATIBLE_NAME: 'local' },
      'PARLEY_COMPATIBLE_NAME is the name of another backend.',
    ],
    [
      {
        PARLEY_COMPATIBLE_URL: 'ws://a',
        PARLEY_COMPATIBLE_2_URL: 'ws://b',
        PARLEY_COMPATIBLE_2_NAME: 'openai-compatible',
      },
      'PARLEY_COMPATIBLE_2_NAME is the name of another backend.',
    ],
  ])('refuse %j', (environment, fault) => {
    expect(faultsOf(environment)).toEqual([fault])
  })

  it('ask for all of an agent and for one kind only', () => {
    const endpoint = { PARLEY_VOICE_LIVE_ENDPOINT: url }
    expect(faultsOf({ ...endpoint, PARLEY_VOICE_LIVE_AGENT: 'a' })).toEqual([
      'PARLEY_VOICE_LIVE_AGENT_PROJECT is missing: PARLEY_VOICE_LIVE_AGENT needs it.',
    ])
    expect(
      faultsOf({ ...endpoint, PARLEY_VOICE_LIVE_AGENT_ID: 'i', PARLEY_VOICE_LIVE_AGENT_PROJECT: 'p' }),
    ).toEqual(['PARLEY_VOICE_LIVE_AGENT_TOKEN is missing: PARLEY_VOICE_LIVE_AGENT_ID needs it.'])
    expect(
      faultsOf({
        ...endpoint,
        PARLEY_VOICE_LIVE_AGENT: 'a',
        PARLEY_VOICE_LIVE_AGENT_ID: 'i',
        PARLEY_VOICE_LIVE_AGENT_PROJECT: 'p',
        PARLEY_VOICE_LIVE_AGENT_TOKEN: 't',
      }),
    ).toEqual([expect.stringContaining('not both')])
  })

  it('name every variable with a value that cannot be, and never the value', () => {
    // A space is in no key, name, URL, number or list of words.
    const environment = Object.fromEntries(providerVariableNames.map((name) => [name, 's3cret value']))
    const faults = faultsOf(environment)
    const named = new Set(faults.map((fault) => fault.split(' ')[0]))
    for (const name of providerVariableNames) expect(named).toContain(name)
    expect(faults.join('\n')).not.toContain('s3cret')
  })

  it('are all in the README', () => {
    const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8')
    const numbered = /_COMPATIBLE_\d_/
    const missing = providerVariableNames.filter(
      (name) => !numbered.test(name) && !readme.includes(`\`${name}\``),
    )
    expect(missing).toEqual([])
  })

  it('never repeat a secret beside a fault of another variable', () => {
    const keys = providerVariableNames.filter((name) => /(KEY|TOKEN)$/.test(name))
    const environment = Object.fromEntries(keys.map((name) => [name, 's3cret']))
    const result = parseConfig({
      ...environment,
      PARLEY_CONNECT_TIMEOUT_MS: '5',
      PARLEY_OPENAI_KEYS: 's3cret',
    })
    expect(JSON.stringify(result)).not.toContain('s3cret')
  })
})

import type { Provider } from '@parley/core'
import { describe, expect, it } from 'vitest'
import { backendRequest, chooseBackend, chooseBackends } from './backend-choice.ts'
import { scriptedProvider } from './testing/scripted-provider.ts'

const local = scriptedProvider({ name: 'local' })
const cloud = scriptedProvider({ name: 'cloud', models: ['gpt-realtime'] })
const both = new Map<string, Provider>([
  ['local', local],
  ['cloud', cloud],
])
const strict = { backends: both, defaultBackend: 'local', unknownMeansDefault: false }
const lenient = { ...strict, unknownMeansDefault: true }

function byModel(model: string | undefined, choices = strict) {
  return chooseBackend({ backend: undefined, model }, choices)
}

describe('chooseBackend', () => {
  it.each([
    [undefined, local, undefined],
    ['', local, undefined],
    ['cloud', cloud, undefined],
    ['cloud/', cloud, undefined],
    ['local/llama3.2:3b', local, 'llama3.2:3b'],
    ['local/org/model', local, 'org/model'],
    ['gpt-realtime', cloud, 'gpt-realtime'],
  ])('reads %j', (name, provider, model) => {
    expect(byModel(name)).toEqual({ provider, model })
  })

  it.each([
    { backend: undefined, model: 'openai' },
    { backend: undefined, model: 'openai/gpt-realtime' },
    { backend: 'openai', model: undefined },
  ])('says what turns on a backend that is known and not set up: %j', (asked) => {
    expect(() => chooseBackend(asked, lenient)).toThrow(/not set up here. Set PARLEY_OPENAI_KEY/)
  })

  it.each([
    [undefined, undefined],
    ['gpt-realtime', 'gpt-realtime'],
    ['cloud', 'cloud'],
    ['cloud/gpt', 'cloud/gpt'],
    ['local/llama3.2:3b', 'llama3.2:3b'],
  ])('leaves the model %j to a backend that is named apart', (model, expected) => {
    expect(chooseBackend({ backend: 'local', model }, strict)).toEqual({ provider: local, model: expected })
  })

  it('refuses a backend nobody has, whatever the model', () => {
    expect(() => chooseBackend({ backend: 'clod', model: 'gpt-realtime' }, lenient)).toThrow(
      expect.objectContaining({ code: 'model_not_found', param: 'backend' }),
    )
  })

  it('prefers the backend of the client’s own dialect among those that list the model', () => {
    const azure = scriptedProvider({ name: 'azure', models: ['gpt-realtime'] })
    const own = { ...azure, capabilities: { ...azure.capabilities, dialect: 'voice-live' as const } }
    const choices = { ...strict, backends: new Map<string, Provider>([...both, ['azure', own]]) }
    const asked = { backend: undefined, model: 'gpt-realtime' }
    expect(chooseBackend({ ...asked, dialect: 'voice-live' }, choices).provider).toBe(own)
    expect(chooseBackend({ ...asked, dialect: 'openai-ga' }, choices).provider).toBe(cloud)
    expect(chooseBackend(asked, choices).provider).toBe(cloud)
  })

  it('gives the default backend for a name nobody knows, where that is allowed', () => {
    expect(byModel('gpt-realtime-2.1', lenient)).toEqual({ provider: local, model: undefined })
  })

  it('lists the backends when a name is unknown', () => {
    expect(() => byModel('gpt-realtime-2.1')).toThrow(
      expect.objectContaining({ code: 'model_not_found', message: expect.stringContaining('local, cloud') }),
    )
  })

  it('never takes one backend for another that was named', () => {
    expect(() => byModel('clod/gpt-realtime', lenient)).toThrow(
      expect.objectContaining({ code: 'model_not_found' }),
    )
  })
})

describe('backendRequest', () => {
  const modes = { profile: 'byom-azure-openai-realtime', agentName: 'helper', agentId: 'asst_1' }
  const noModes = { profile: undefined, agentName: undefined, agentId: undefined }

  function read(query: string, known?: typeof modes | typeof noModes) {
    return backendRequest(new URLSearchParams(query), known)
  }

  it.each([
    ['', undefined, undefined],
    ['model=m', undefined, 'm'],
    ['api-version=v&deployment=d', undefined, 'd'],
    ['deployment=d&model=m', undefined, 'm'],
    ['backend=b&model=m', 'b', 'm'],
    ['backend=&model=', undefined, undefined],
    ['profile=byom-azure-openai-realtime&model=d', 'voice-live-byom', 'd'],
    ['agent-name=helper&agent-project-name=p&model=m', 'voice-live-agent', 'm'],
    ['agent-id=asst_1&agent-project-name=p', 'voice-live-agent', undefined],
    ['backend=voice-live-agent&agent-name=helper', 'voice-live-agent', undefined],
  ])('reads ?%s', (query, backend, model) => {
    expect(read(query, modes)).toEqual({ backend, model })
  })

  it('reads no profile or agent of a client of another dialect', () => {
    expect(read('profile=p&agent-name=a&model=m')).toEqual({ backend: undefined, model: 'm' })
  })

  it.each([
    ['profile', 'PARLEY_VOICE_LIVE_BYOM_PROFILE'],
    ['agent-name', 'PARLEY_VOICE_LIVE_AGENT'],
    ['agent-id', 'PARLEY_VOICE_LIVE_AGENT_ID'],
  ])('says which setting a %s needs', (param, setting) => {
    expect(() => read(`${param}=x`, noModes)).toThrow(
      expect.objectContaining({ code: 'model_not_found', param, message: expect.stringContaining(setting) }),
    )
  })

  it('refuses a profile that is not the one of the backend, and names that one', () => {
    expect(() => read('profile=byom-foundry-anthropic-messages', modes)).toThrow(
      expect.objectContaining({
        code: 'model_not_found',
        param: 'profile',
        message: expect.stringContaining('byom-azure-openai-realtime'),
      }),
    )
  })

  it('refuses a profile together with a backend of another kind', () => {
    expect(() => read('backend=local&profile=byom-azure-openai-realtime', modes)).toThrow(
      expect.objectContaining({ code: 'invalid_value', param: 'profile' }),
    )
  })
})

describe('chooseBackends', () => {
  const choose = (backend: string | undefined, model: string | undefined, choices = lenient) =>
    chooseBackends({ backend, model }, choices).map(({ provider, model: name }) => [provider.name, name])

  it.each([
    ['local', undefined, [['local', undefined]]],
    [
      'cloud,local',
      undefined,
      [
        ['cloud', undefined],
        ['local', undefined],
      ],
    ],
    [
      'cloud, local',
      'gpt-realtime',
      [
        ['cloud', 'gpt-realtime'],
        ['local', undefined],
      ],
    ],
    [
      'cloud,local',
      ',llama',
      [
        ['cloud', undefined],
        ['local', 'llama'],
      ],
    ],
    [
      undefined,
      'gpt-realtime,local/llama',
      [
        ['cloud', 'gpt-realtime'],
        ['local', 'llama'],
      ],
    ],
  ])('reads backend %j and model %j in order', (backend, model, expected) => {
    expect(choose(backend, model)).toEqual(expected)
  })

  it('names the one of a list that nobody has', () => {
    expect(() => choose('local,claud', undefined)).toThrow(/"claud"/)
    expect(() => choose(undefined, 'local,no-such-model')).toThrow(/"no-such-model"/)
  })

  it('refuses more models than backends, and an empty name', () => {
    expect(() => choose('local,cloud', 'a,b,c')).toThrow(expect.objectContaining({ param: 'model' }))
    expect(() => choose('local,,cloud', undefined)).toThrow(expect.objectContaining({ param: 'backend' }))
  })

  it('lets the backends of the default list take over from the default only', () => {
    const choices = { ...lenient, defaultFailover: ['cloud'] }
    expect(choose(undefined, undefined, choices)).toEqual([
      ['local', undefined],
      ['cloud', undefined],
    ])
    expect(choose(undefined, 'whatever', choices)).toHaveLength(2)
    expect(choose(undefined, 'cloud', choices)).toEqual([['cloud', undefined]])
    expect(choose('local', undefined, choices)).toEqual([['local', undefined]])
  })
})

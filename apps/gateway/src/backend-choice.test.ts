import type { Provider } from '@parley/core'
import { describe, expect, it } from 'vitest'
import { chooseBackend } from './backend-choice.ts'
import { scriptedProvider } from './testing/scripted-provider.ts'

const local = scriptedProvider({ name: 'local' })
const cloud = scriptedProvider({ name: 'cloud', models: ['gpt-realtime'] })
const both = new Map<string, Provider>([
  ['local', local],
  ['cloud', cloud],
])
const strict = { backends: both, defaultBackend: 'local', unknownMeansDefault: false }
const lenient = { ...strict, unknownMeansDefault: true }

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
    expect(chooseBackend(name, strict)).toEqual({ provider, model })
  })

  it('gives the default backend for a name nobody knows, where that is allowed', () => {
    expect(chooseBackend('gpt-realtime-2.1', lenient)).toEqual({ provider: local, model: undefined })
  })

  it('lists the backends when a name is unknown', () => {
    expect(() => chooseBackend('gpt-realtime-2.1', strict)).toThrow(
      expect.objectContaining({ code: 'model_not_found', message: expect.stringContaining('local, cloud') }),
    )
  })

  it('never takes one backend for another that was named', () => {
    expect(() => chooseBackend('clod/gpt-realtime', lenient)).toThrow(
      expect.objectContaining({ code: 'model_not_found' }),
    )
  })
})

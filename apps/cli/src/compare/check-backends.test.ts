import { parseLane } from '@parley/compare'
import { describe, expect, it } from 'vitest'
import type { Backend } from '../gateway/gateway-client.ts'
import { checkBackends } from './check-backends.ts'

const local: Backend = {
  name: 'local',
  isDefault: true,
  title: 'Local',
  models: ['small'],
  local: true,
  price: { kind: 'free' },
}

const gateway = {
  backends: async () => ({
    backends: [local],
    unavailable: [
      { name: 'openai', title: 'OpenAI', setting: 'PARLEY_OPENAI_KEY', help: 'Set its key.' },
      { name: 'replay', title: 'Replay', setting: 'PARLEY_RECORD', help: 'Record a session.' },
    ],
  }),
  backend: async () => local,
}

async function check(...lanes: readonly string[]): Promise<readonly string[]> {
  const warnings: string[] = []
  await checkBackends(gateway, lanes.map(parseLane), (text) => warnings.push(text))
  return warnings
}

describe('checkBackends', () => {
  it.each([
    ['lokal', 'There is no backend "lokal"; did you mean "local"?'],
    ['opnai', 'There is no backend "opnai"; did you mean "openai"?'],
    ['xyz', 'There is no backend "xyz".\nThere are: local.'],
    ['openai', 'The backend "openai" is not set up. Set its key.'],
    ['replay', 'There is no recording to replay. "parley compare --record cassettes"'],
  ])('says of %s what to do', async (lane, words) => {
    await expect(check(lane)).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining(words) })
  })

  it('warns of a model that is not listed, and goes on', async () => {
    expect(await check('local/xyz', 'b=local/small', 'c=local')).toEqual([
      expect.stringContaining('does not list a model "xyz" (it lists small)'),
    ])
  })
})

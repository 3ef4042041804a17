import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { backendSetups } from '../../gateway/src/backend-setups.ts'
import { parseConfig } from '../../gateway/src/config.ts'
import { everything, referenceBackends } from './reference-backends.ts'
import { readSettingNames } from './setting-names.ts'
import { referenceText, snippetFiles } from './reference-text.ts'
import { settingGroups } from '../src/facts/settings.ts'
import parity from '../src/generated/parity.json' with { type: 'json' }

const root = resolve(import.meta.dirname, '..')

describe('the documentation', () => {
  it('says of backends and dialects what the code says; node scripts/generate-reference.ts writes it again', async () => {
    const written = readFileSync(resolve(root, 'src/generated/reference.json'), 'utf8')
    expect(JSON.parse(written)).toEqual(JSON.parse(await referenceText()))
  })

  it.for(['en', 'de'])('shows every piece of code that is run, in the %s guide of connecting', (language) => {
    const guide = readFileSync(resolve(root, `content/${language}/guides/connect.mdx`), 'utf8')
    const shown = [...guide.matchAll(/<Snippet name="([\w-]+)" \/>/g)].map(([, name]) => `${name}.ts`)
    expect(shown.toSorted()).toEqual(snippetFiles)
  })

  it('has every backend there is, how it is turned on, and its row of the parity table', async () => {
    const result = parseConfig(everything)
    const { providers } = 'config' in result ? result.config : expect.fail(result.faults.join(' '))
    const off = Object.entries(providers).filter(([, settings]) => settings === undefined)
    // Azure Speech stands in for both.
    expect(off.map(([name]) => name)).toEqual(['stt', 'tts'])
    const names = (await referenceBackends()).map(({ name }) => name).filter((name) => name !== 'local')
    expect(names.toSorted()).toEqual(backendSetups.map(({ name }) => name).toSorted())
    expect(parity.providers).toEqual(expect.arrayContaining(names))
    expect(settingGroups.map(({ id }) => id)).toEqual(expect.arrayContaining(names))
  })

  it('describes every setting of the gateway, and none that is not there', () => {
    const described = settingGroups.flatMap(({ settings }) => settings.flatMap(({ names }) => names))
    expect(described.toSorted()).toEqual(readSettingNames().toSorted())
  })
})

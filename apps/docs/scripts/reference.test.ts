import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readSettingNames } from './setting-names.ts'
import { referenceText, snippetFiles } from './reference-text.ts'
import { settingGroups } from '../src/facts/settings.ts'

const root = resolve(import.meta.dirname, '..')

describe('the documentation', () => {
  it('says of backends and dialects what the code says; node scripts/generate-reference.ts writes it again', async () => {
    const written = readFileSync(resolve(root, 'src/generated/reference.json'), 'utf8')
    expect(JSON.parse(written)).toEqual(JSON.parse(await referenceText()))
  })

  it('shows every piece of code that is run, on the connection page', () => {
    const page = readFileSync(resolve(root, 'src/app/connect/page.tsx'), 'utf8')
    const shown = [...page.matchAll(/id: '([\w-]+)',?\s+title/g)].map(([, id]) => `${id}.ts`)
    expect(shown.toSorted()).toEqual(snippetFiles)
  })

  it('describes every setting of the gateway, and none that is not there', () => {
    const described = settingGroups.flatMap(({ settings }) => settings.flatMap(({ names }) => names))
    expect(described.toSorted()).toEqual(readSettingNames().toSorted())
  })
})

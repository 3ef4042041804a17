import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readSettingNames } from './setting-names.ts'
import { referenceText } from './reference-text.ts'
import { settingGroups } from '../src/facts/settings.ts'

const root = resolve(import.meta.dirname, '..')

describe('the documentation', () => {
  it('says of backends and dialects what the code says; node scripts/generate-reference.ts writes it again', async () => {
    const written = readFileSync(resolve(root, 'src/generated/reference.json'), 'utf8')
    expect(JSON.parse(written)).toEqual(JSON.parse(await referenceText()))
  })

  it('describes every setting of the gateway, and none that is not there', () => {
    const described = settingGroups.flatMap(({ settings }) => settings.flatMap(({ names }) => names))
    expect(described.toSorted()).toEqual(readSettingNames().toSorted())
  })
})

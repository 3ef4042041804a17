import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { errorTable } from '@parley/core'
import { describe, expect, it } from 'vitest'
import { backendSetups } from '../../gateway/src/backend-setups.ts'
import { parseConfig } from '../../gateway/src/config.ts'
import { everything, referenceGateway } from './reference-backends.ts'
import { referenceCompare } from './reference-compare.ts'
import { readSettingNames } from './setting-names.ts'
import { referenceOwnEvents } from './reference-own-events.ts'
import { referenceText, snippetFiles } from './reference-text.ts'
import { articleKinds, listArticles } from '../src/content/articles.ts'
import { errorMeanings } from '../src/facts/errors.ts'
import { contextReportFacts, ownEventFacts } from '../src/facts/own-events.ts'
import { routeFacts } from '../src/facts/routes.ts'
import { scenarioKeys, scenarioSteps } from '../src/facts/scenario-steps.ts'
import { settingGroups } from '../src/facts/settings.ts'
import { languages } from '../src/site/language.ts'
import parity from '../src/generated/parity.json' with { type: 'json' }

const root = resolve(import.meta.dirname, '..')

describe('the documentation', () => {
  it('says of backends and dialects what the code says; node scripts/generate-reference.ts writes it again', async () => {
    const written = readFileSync(resolve(root, 'src/generated/reference.json'), 'utf8')
    expect(JSON.parse(written)).toEqual(JSON.parse(await referenceText()))
  })

  it('holds nothing that was recorded on the machine it was written on', async () => {
    const text = await referenceText()
    expect(text).toContain('"name": "replay"')
    expect(text).not.toMatch(/cassette_\w/)
    const { backends } = await referenceGateway()
    expect(backends.find(({ name }) => name === 'replay')?.capabilities.models).toEqual([])
  })

  it.for(languages)('shows every piece of code that is run, in an article in %s', (language) => {
    const own = articleKinds.flatMap((kind) => listArticles(kind, language))
    const shown = own.flatMap(({ body }) => [...body.matchAll(/<Snippet name="([\w-]+)" \/>/g)])
    expect([...new Set(shown.map(([, name]) => `${name}.ts`))].toSorted()).toEqual(snippetFiles)
  })

  it('has every backend there is, how it is turned on, and its row of the parity table', async () => {
    const result = parseConfig(everything)
    const { providers } = 'config' in result ? result.config : expect.fail(result.faults.join(' '))
    const off = Object.entries(providers).filter(([, settings]) => settings === undefined)
    // Azure Speech stands in for both.
    expect(off.map(([name]) => name)).toEqual(['stt', 'tts'])
    const { backends } = await referenceGateway()
    const names = backends.map(({ name }) => name).filter((name) => name !== 'local')
    expect(names.toSorted()).toEqual(backendSetups.map(({ name }) => name).toSorted())
    // A replay says what was recorded: nothing is asked of it.
    expect(parity.providers).toEqual(expect.arrayContaining(names.filter((name) => name !== 'replay')))
    expect(settingGroups.map(({ id }) => id)).toEqual(expect.arrayContaining(names))
  })

  it('describes every route of the gateway, and none that is not there', async () => {
    const { routes } = await referenceGateway()
    const served = routes.map(({ method, path }) => `${method} ${path}`)
    expect(routeFacts.map(({ route }) => route).toSorted()).toEqual(served.toSorted())
  })

  it('says what each event of Parley’s own, and each field of it, means', () => {
    const { ownEvents, contextReport } = referenceOwnEvents()
    const fieldsOf = (fields: readonly { readonly name: string }[]) =>
      fields.map(({ name }) => name).toSorted()
    const described = Object.entries(ownEventFacts).map(([type, { fields }]) => [
      type,
      Object.keys(fields).toSorted(),
    ])
    expect(Object.fromEntries(described)).toEqual(
      Object.fromEntries(ownEvents.map(({ type, fields }) => [type, fieldsOf(fields)])),
    )
    expect(Object.keys(contextReportFacts).toSorted()).toEqual(fieldsOf(contextReport))
  })

  it('says when each error code appears', () => {
    expect(Object.keys(errorMeanings).toSorted()).toEqual(Object.keys(errorTable).toSorted())
  })

  it('says what each key of a scenario and each step of one is', () => {
    const { scenarioSchema } = referenceCompare()
    expect(Object.keys(scenarioKeys).toSorted()).toEqual([...scenarioSchema.keys].toSorted())
    expect(scenarioSteps.map(({ name }) => name)).toEqual(scenarioSchema.steps.map(({ name }) => name))
  })

  it('describes every setting of the gateway, and none that is not there', () => {
    const described = settingGroups.flatMap(({ settings }) => settings.flatMap(({ names }) => names))
    expect(described.toSorted()).toEqual(readSettingNames().toSorted())
  })
})

import { parseScenario } from '@parley/compare'
import {
  ContextReport,
  ParleyClientEvent,
  ParleyServerEvent,
  parseClientEvent,
  parseServerEvent,
  parleyPrefix,
} from '@parley/core'
import { parse } from 'yaml'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { allArticles } from '../src/content/articles.ts'
import { factsOf } from '../src/facts/backends/index.ts'
import { reference } from '../src/reference/read-reference.ts'
import { fencesOf } from './fences.ts'
import { shellFaults } from './shell-faults.ts'

const fences = allArticles().flatMap(({ language: words, kind, slug, body }) =>
  fencesOf(body).map((fence) => ({ ...fence, where: `${words}/${kind}/${slug}` })),
)
const of = (...languages: readonly string[]) => fences.filter(({ language }) => languages.includes(language))

describe('the code of the articles', () => {
  it('is in a language that is checked, or plain text', () => {
    const known = ['sh', 'json', 'yaml', 'ts', 'text']
    expect(fences.filter(({ language }) => !known.includes(language))).toEqual([])
  })

  it.for(of('sh'))('can be typed: $where, $code', ({ code }) => {
    expect(shellFaults(code)).toEqual([])
  })

  it.for(of('json'))('is JSON, and an event that exists where it is one: $where, line $line', ({ code }) => {
    const value: unknown = JSON.parse(code)
    const type: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'type') : undefined
    const isReport = typeof value === 'object' && value !== null && 'strategy' in value
    if (isReport) expect(ContextReport.strict().parse(value)).toEqual(value)
    if (typeof type !== 'string' || !type.includes('.')) return
    if (type.startsWith(parleyPrefix)) {
      expect(z.union([ParleyServerEvent, ParleyClientEvent]).parse(value)).toEqual(value)
      return
    }
    const isOfClient = reference.clientEvents.some((event) => event.type === type)
    const event = isOfClient ? parseClientEvent(value) : parseServerEvent(value)
    expect(event.type).toBe(type)
  })

  it.for(of('yaml'))('is YAML, and a scenario that can be run where it is one: $where, $line', ({ code }) => {
    const value: unknown = parse(code)
    if (typeof value === 'object' && value !== null && 'steps' in value && 'title' in value) {
      expect(parseScenario(code, 'example').steps.length).toBeGreaterThan(0)
    }
  })

  it.for(reference.backends.map(({ name }) => name))('turns on %s by commands that can be typed', (name) => {
    expect(shellFaults(factsOf(name).commands)).toEqual([])
  })
})

describe('the checks of commands', () => {
  it.each([
    ['PARLEY_NO_SUCH=1 npm start', 'There is no setting PARLEY_NO_SUCH.'],
    ['npm run nonsense', 'package.json has no script nonsense.'],
    ['pnpm --filter @parley/docs nonsense', '@parley/docs has no script nonsense.'],
    ['npx parley compare --nonsense', "parley: error: unknown option '--nonsense'"],
    ['npx parley nonsense', "parley: error: unknown command 'nonsense'"],
    ['curl http://127.0.0.1:8787/v1/nonsense', 'The gateway does not answer /v1/nonsense.'],
  ])('see what is wrong in %s', (code, fault) => {
    expect(shellFaults(code)).toEqual([fault])
  })

  it('see what bash does not read', () => {
    expect(shellFaults('if true; then')).toHaveLength(1)
  })

  it('let good ones through', () => {
    const code = `# a comment
PARLEY_COMPATIBLE_2_URL=ws://127.0.0.1:9/v1 \\
npm start
npx parley conformance ws://127.0.0.1:8787/v1/realtime --json > card.json
curl 'http://127.0.0.1:8787/v1/models/local/x?a=1' | head`
    expect(shellFaults(code)).toEqual([])
  })
})

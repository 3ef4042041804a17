import { expect, it } from 'vitest'
import type { Evidence } from './capabilities.ts'
import { gaServerCapabilities } from './ga-behaviour.ts'

const told: Evidence = {
  fields: ['models', 'voices'],
  source: 'A page',
  date: '2026-11-23',
  confidence: 'documented',
}
const server = { title: 'Ours', description: 'A server.', models: ['one'], evidence: [told] }

it('assumes what a server does not say, and says that it does', () => {
  const { evidence, manualTurns, sessionLimitMinutes } = gaServerCapabilities({ ...server, voices: [] })
  expect({ manualTurns, sessionLimitMinutes }).toEqual({ manualTurns: true, sessionLimitMinutes: 'unknown' })
  const assumed = evidence
    .filter(({ confidence }) => confidence === 'assumed')
    .flatMap(({ fields }) => fields)
  expect(assumed).toContain('manualTurns')
  expect(assumed).not.toContain('voices')
})

it('leaves what a server declares without evidence to the law that wants it', () => {
  const { evidence, manualTurns } = gaServerCapabilities({ ...server, manualTurns: false })
  expect(manualTurns).toBe(false)
  expect(evidence.flatMap(({ fields }) => fields)).not.toContain('manualTurns')
})

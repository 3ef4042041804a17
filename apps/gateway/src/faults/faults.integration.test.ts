import { describe, expect, it } from 'vitest'
import { servedDialects } from '../dialect-choice.ts'
import { converse } from './conversation.ts'
import type { Case, Report } from './conversation.ts'
import type { Service } from './fault-world.ts'

const services: readonly Service[] = ['openai', 'azure-openai', 'voice-live', 'gemini-live']

/** Conversations at once, and the longest time of all of one kind (ms). */
const atOnce = 12
const timeoutMs = 180_000

const kinds: readonly (Pick<Case, 'where' | 'client'> & { readonly count: number })[] = [
  { where: 'upstream', client: 'plain', count: 200 },
  { where: 'client', client: 'plain', count: 110 },
  { where: 'client', client: 'resuming', count: 110 },
  { where: 'both', client: 'plain', count: 60 },
  { where: 'both', client: 'resuming', count: 60 },
]

// oxlint-disable-next-line node/no-process-env -- A failed run names the seeds to run again: `17` or `1-40`.
const { PARLEY_FAULT_SEEDS: asked } = process.env

/** Each seed has its backend and its dialect. */
function caseOf(seed: number, kind: Pick<Case, 'where' | 'client'>): Case {
  const service = services[seed % services.length] ?? 'openai'
  const dialect = servedDialects[Math.floor(seed / services.length) % servedDialects.length] ?? 'openai-ga'
  return { seed, service, dialect, where: kind.where, client: kind.client }
}

function seedsOf(count: number): readonly number[] {
  const [first = 1, last = asked === undefined ? count : first] = (asked ?? '')
    .split('-')
    .filter(Boolean)
    .map(Number)
  return Array.from({ length: last - first + 1 }, (_, index) => first + index)
}

describe('conversations go on, and nothing of them is lost, doubled or left unanswered', () => {
  for (const kind of kinds) {
    it(
      `when the connections break: ${kind.where}, ${kind.client} client`,
      { timeout: timeoutMs },
      async () => {
        const waiting = seedsOf(kind.count).map((seed) => caseOf(seed, kind))
        const reports: { readonly tried: Case; readonly report: Report }[] = []
        const startedAt = performance.now()
        const work = async (): Promise<void> => {
          for (let tried = waiting.shift(); tried !== undefined; tried = waiting.shift()) {
            reports.push({ tried, report: await converse(tried) })
          }
        }
        await Promise.all(Array.from({ length: atOnce }, work))
        const total = (count: (report: Report) => number): number =>
          reports.reduce((sum, { report }) => sum + count(report), 0)
        const summary = {
          seeds: seedsOf(kind.count).length,
          faults: total(({ faults }) => faults.length),
          turns: total(({ turns }) => turns),
          upstreams: total(({ upstreams }) => upstreams),
          sockets: total(({ sockets }) => sockets),
          seconds: Math.round((performance.now() - startedAt) / 1000),
        }
        process.stdout.write(`faults ${kind.where} ${kind.client}: ${JSON.stringify(summary)}\n`)
        const failed = reports.flatMap(({ tried, report: { problems, faults } }) =>
          problems.length === 0
            ? []
            : [{ run: `PARLEY_FAULT_SEEDS=${tried.seed}`, ...tried, problems, faults }],
        )
        expect(failed).toEqual([])
        if (asked === undefined) expect(summary.faults).toBeGreaterThan(kind.count / 2)
      },
    )
  }
})

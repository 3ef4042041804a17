import { show, withoutSound } from './outcome.ts'
import type { Dialect } from './wire.ts'
import type { Frame } from './client.ts'
import { parseEvent } from './reader.ts'
import type { Status, Verdict } from './run.ts'

/** All verdicts of a run, and what they are about. */
export interface ScoreCard {
  readonly url: string
  readonly dialect: Dialect
  readonly ms: number
  readonly verdicts: readonly Verdict[]
}

/** How a score card is written. */
export interface ScoreCardStyle {
  /** The frames of each failed clause too. */
  readonly verbose: boolean
  /** ANSI colours. */
  readonly colour: boolean
  /** Never to be shown, wherever the server may have put them. */
  readonly secrets: readonly string[]
}

const statuses = [
  'passed',
  'failed',
  'not supported',
  'not tried',
  'not applicable',
] as const satisfies readonly Status[]

/** Whether a `must` failed. */
export function fails({ verdicts }: ScoreCard): boolean {
  return verdicts.some(({ status, clause }) => status === 'failed' && clause.level === 'must')
}

/** The score card as text. */
export function writeScoreCard(card: ScoreCard, style: ScoreCardStyle): string {
  const { verdicts } = card
  const lines = [
    `${card.url} (${card.dialect})`,
    '',
    ...table(verdicts),
    ...failures(verdicts, card, style),
    ...reasons(verdicts, 'not supported'),
    ...reasons(verdicts, 'not tried'),
    ...reasons(verdicts, 'not applicable'),
    '',
    summary(card),
  ]
  return hide(lines.join('\n'), style.secrets)
}

/** The score card as JSON, frames of failed clauses with it. */
export function scoreCardJson(card: ScoreCard, secrets: readonly string[]): string {
  const verdicts = card.verdicts.map(({ clause, connections, ms, ...rest }) => ({
    id: clause.id,
    level: clause.level,
    title: clause.title,
    source: clause.source.url,
    ...rest,
    ms: Math.round(ms),
    ...(connections.length > 0 && { connections: connections.map((frames) => frames.map(readable)) }),
  }))
  const { url, dialect, ms } = card
  const whole = {
    url,
    dialect,
    ms: Math.round(ms),
    passed: !fails(card),
    totals: totals(card.verdicts),
    verdicts,
  }
  return hide(JSON.stringify(whole, withoutSound, 2), secrets)
}

/** A line for one verdict while the others still run. */
export function progressLine({ clause, status, ms }: Verdict): string {
  return `${status.padEnd(14)} ${clause.id} (${(ms / 1000).toFixed(1)} s)`
}

function table(verdicts: readonly Verdict[]): readonly string[] {
  const groups = [...new Set(verdicts.map(groupOf))]
  const rows = groups.map((group) => [
    group,
    ...counts(verdicts.filter((verdict) => groupOf(verdict) === group)),
  ])
  const all = [['', ...statuses], ...rows, ['total', ...counts(verdicts)]]
  return all.map(([name = '', ...cells]) =>
    [name.padEnd(12), ...cells.map((cell, index) => cell.padStart((statuses[index]?.length ?? 0) + 2))].join(
      '',
    ),
  )
}

function counts(verdicts: readonly Verdict[]): readonly string[] {
  return statuses.map((status) => String(totals(verdicts)[status]))
}

function totals(verdicts: readonly Verdict[]): Readonly<Record<Status, number>> {
  const count = (wanted: Status) => verdicts.filter(({ status }) => status === wanted).length
  return {
    passed: count('passed'),
    failed: count('failed'),
    'not supported': count('not supported'),
    'not tried': count('not tried'),
    'not applicable': count('not applicable'),
  }
}

/** Failures of a group that found the same are told once. */
function failures(verdicts: readonly Verdict[], card: ScoreCard, style: ScoreCardStyle): readonly string[] {
  const failed = verdicts.filter(({ status }) => status === 'failed')
  const alike = Map.groupBy(failed, (verdict) =>
    JSON.stringify([groupOf(verdict), verdict.expected, verdict.found]),
  )
  return [...alike.values()].flatMap((some) => ['', ...failure(some, card, style)])
}

function failure(some: readonly Verdict[], card: ScoreCard, style: ScoreCardStyle): readonly string[] {
  const red = style.colour ? (text: string) => `\u001B[31m${text}\u001B[0m` : (text: string) => text
  const documents = new Map(some.map(({ clause }) => [clause.source.url, clause.source.title]))
  const ids = some.map(({ clause }) => clause.id).join(',')
  return [
    ...some.map(({ clause }) => `${red('FAILED')} ${clause.id} (${clause.level}): ${clause.title}`),
    `  expected  ${some[0]?.expected ?? ''}`,
    `  found     ${some[0]?.found ?? ''}`,
    ...[...documents].map(([url, title]) => `  see       ${title}, ${url}`),
    `  again     parley conformance '${card.url}' --dialect ${card.dialect} --only ${ids} --verbose`,
    ...(style.verbose ? some.slice(0, 1).flatMap(({ connections }) => connections.flatMap(exchange)) : []),
  ]
}

function exchange(frames: readonly Frame[], index: number): readonly string[] {
  return [
    `  connection ${index + 1}`,
    ...frames.map(({ atMs, from, data }) => {
      const arrow = from === 'client' ? '->' : '<-'
      return `    ${(atMs / 1000).toFixed(3).padStart(8)} ${arrow} ${show(text(data))}`
    }),
  ]
}

function readable({ atMs, from, data }: Frame): Readonly<Record<string, unknown>> {
  return { atMs: Math.round(atMs), from, data: text(data) }
}

function text(data: string | Uint8Array): string {
  if (typeof data !== 'string') return `<binary, ${data.length} bytes>`
  const event = data.length > 100 ? parseEvent(data) : undefined
  return event ? JSON.stringify(event, withoutSound) : data.slice(0, 2000)
}

/** What could not be tried, told once for each reason. */
function reasons(verdicts: readonly Verdict[], wanted: Status): readonly string[] {
  const some = verdicts.filter(({ status }) => status === wanted)
  if (some.length === 0) return []
  const alike = Map.groupBy(some, ({ reason = '' }) => reason)
  return [
    '',
    `${wanted}:`,
    ...[...alike].map(
      ([reason, them]) => `  ${show(reason)}: ${them.map(({ clause }) => clause.id).join(', ')}`,
    ),
  ]
}

function summary(card: ScoreCard): string {
  const failed = card.verdicts.filter(({ status }) => status === 'failed')
  const musts = failed.filter(({ clause }) => clause.level === 'must').length
  const count = totals(card.verdicts)
  const seconds = (card.ms / 1000).toFixed(1)
  const shoulds = failed.length - musts
  const result = musts > 0 ? `${musts} must failed` : 'no must failed'
  const all = statuses.filter((status) => status === 'passed' || status === 'failed' || count[status] > 0)
  const each = all.map((status) => `${count[status]} ${status}`).join(', ')
  return `${result}, ${shoulds} should failed. ${card.verdicts.length} clauses in ${seconds} s: ${each}`
}

function groupOf({ clause }: Verdict): string {
  return clause.id.split('.')[0] ?? ''
}

/** Shorter values are no keys, and would be found in every other word. */
const shortestSecret = 6

function hide(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret.length >= shortestSecret)
    .reduce((shown, secret) => shown.replaceAll(secret, '***'), text)
}

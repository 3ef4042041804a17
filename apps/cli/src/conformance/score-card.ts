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

const statuses = ['passed', 'failed', 'not supported', 'not applicable'] as const satisfies readonly Status[]

/** Whether a `must` failed. */
export function fails({ verdicts }: ScoreCard): boolean {
  return verdicts.some(({ status, clause }) => status === 'failed' && clause.level === 'must')
}

/** The score card as text. */
export function writeScoreCard(card: ScoreCard, style: ScoreCardStyle): string {
  const { verdicts } = card
  const failed = verdicts.filter(({ status }) => status === 'failed')
  const lines = [
    `${card.url} (${card.dialect})`,
    '',
    ...table(verdicts),
    ...failed.flatMap((verdict) => ['', ...failure(verdict, card, style)]),
    ...reasons(verdicts, 'not supported'),
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
    'not applicable': count('not applicable'),
  }
}

function failure(verdict: Verdict, card: ScoreCard, style: ScoreCardStyle): readonly string[] {
  const { clause, expected = '', found = '', connections } = verdict
  const red = style.colour ? (text: string) => `\u001B[31m${text}\u001B[0m` : (text: string) => text
  return [
    `${red('FAILED')} ${clause.id} (${clause.level}): ${clause.title}`,
    `  expected  ${expected}`,
    `  found     ${found}`,
    `  see       ${clause.source.title}, ${clause.source.url}`,
    `  again     parley conformance '${card.url}' --dialect ${card.dialect} --only ${clause.id} --verbose`,
    ...(style.verbose ? connections.flatMap((frames, index) => exchange(frames, index)) : []),
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

function reasons(verdicts: readonly Verdict[], wanted: Status): readonly string[] {
  const some = verdicts.filter(({ status }) => status === wanted)
  if (some.length === 0) return []
  return ['', `${wanted}:`, ...some.map(({ clause, reason = '' }) => `  ${clause.id}: ${show(reason)}`)]
}

function summary(card: ScoreCard): string {
  const failed = card.verdicts.filter(({ status }) => status === 'failed')
  const musts = failed.filter(({ clause }) => clause.level === 'must').length
  const count = totals(card.verdicts)
  const seconds = (card.ms / 1000).toFixed(1)
  const shoulds = failed.length - musts
  const result = musts > 0 ? `${musts} must failed` : 'no must failed'
  return `${result}, ${shoulds} should failed, ${count.passed} of ${card.verdicts.length} clauses passed in ${seconds} s`
}

function groupOf({ clause }: Verdict): string {
  return clause.id.split('.')[0] ?? ''
}

function hide(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret !== '')
    .reduce((shown, secret) => shown.replaceAll(secret, '***'), text)
}

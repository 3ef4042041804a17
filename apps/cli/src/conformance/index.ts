import { InvalidArgumentError, Option } from 'commander'
import type { Command } from 'commander'
import { CommandFailure, exitCodes, messageOf, usageError } from '../command-failure.ts'
import type { ExitCode } from '../command-failure.ts'
import { print, tell } from '../terminal/terminal.ts'
import { createBench } from './bench.ts'
import type { Target } from './bench.ts'
import { needs } from './clause.ts'
import { ClauseFailure } from './outcome.ts'
import { dialects } from './wire.ts'
import type { Clause, Need } from './clause.ts'
import type { Dialect } from './wire.ts'
import { clauses } from './clauses/index.ts'
import { runClauses } from './run.ts'
import { fails, progressLine, scoreCardJson, writeScoreCard } from './score-card.ts'
import { targetOf } from './target.ts'

const examples = `
Examples:
  PARLEY_CONFORMANCE_KEY=... parley conformance wss://api.openai.com/v1/realtime --model gpt-realtime
  parley conformance wss://me.services.ai.azure.com --dialect voice-live --model gpt-realtime
  parley conformance ws://127.0.0.1:8787 --only barge-in,turns.* --verbose
  parley conformance --list`

interface ConformanceOptions {
  readonly dialect: Dialect
  readonly model?: string
  readonly key?: string
  readonly header: readonly string[]
  readonly badKey?: string
  readonly transcriptionModel?: string
  readonly only: readonly string[]
  readonly skip: readonly string[]
  readonly without: readonly Need[]
  readonly timeout: number
  readonly perMinute?: number
  readonly concurrency: number
  readonly json?: true
  readonly list?: true
  readonly verbose?: true
}

/** Adds `parley conformance <url>`, which fails when the server breaks a clause that says `must`. */
export function registerConformance(program: Command): void {
  program
    .command('conformance')
    .description('Check a server that speaks OpenAI Realtime or Voice Live, and print a score card')
    .argument('[url]', 'its address: wss://host/v1/realtime')
    .addOption(new Option('--dialect <name>', 'what it speaks').choices(dialects).default('openai-ga'))
    .option('--model <name>', 'model or deployment to ask for')
    .addOption(new Option('--key <key>', 'its key, never printed').env('PARLEY_CONFORMANCE_KEY'))
    .addOption(
      new Option('--header <header>', '"Name: value" to send; may be given several times')
        .argParser(collect)
        .default([], 'none'),
    )
    .option('--bad-key <key>', 'a key that it has to refuse; checks that it does')
    .option('--transcription-model <name>', 'model that transcribes what the user says')
    .addOption(
      new Option('--only <patterns>', 'clauses to run: groups or ids, * for any characters, commas between')
        .argParser(list)
        .default([], 'all'),
    )
    .addOption(new Option('--skip <patterns>', 'clauses to leave out').argParser(list).default([], 'none'))
    .addOption(
      new Option('--without <features>', `what it does not have, of: ${needs.join(', ')}`)
        .argParser(parseNeeds)
        .default([], 'none'),
    )
    .option('--timeout <seconds>', 'longest wait for an event that has to come', positive, 15)
    .option('--concurrency <number>', 'clauses at the same time', positive, 4)
    .option(
      '--per-minute <number>',
      'connections to open in a minute, where the server limits them',
      positive,
    )
    .option('--json', 'print the score card as JSON')
    .option('--list', 'print the clauses and run none')
    .option('--verbose', 'print the frames of failed clauses')
    .addHelpText('after', examples)
    .action(async (url: string | undefined, options: ConformanceOptions) => {
      const chosen = clauses.filter((clause) => isChosen(clause, options))
      if (chosen.length === 0) throw usageError('No clause has such an id; --list shows them all.')
      if (options.list) return print(listing(chosen, options.dialect))
      if (url === undefined) throw usageError('The address of a server is missing: wss://host/v1/realtime.')
      process.exitCode = await conformance(url, chosen, options)
    })
}

async function conformance(
  url: string,
  chosen: readonly Clause[],
  options: ConformanceOptions,
): Promise<ExitCode> {
  const target = targetFrom(url, options)
  await reach(target)
  const from = performance.now()
  const shows = process.stderr.isTTY
  const verdicts = await runClauses(target, {
    clauses: chosen,
    concurrency: options.concurrency,
    without: options.without,
    onVerdict: (verdict) => void (shows && tell(progressLine(verdict))),
  })
  const card = { url: shownUrl(target.url), dialect: target.dialect, ms: performance.now() - from, verdicts }
  const secrets = [options.key ?? '', ...options.header.map(secretOf)]
  const style = { verbose: options.verbose === true, colour: process.stdout.isTTY, secrets }
  print(options.json ? scoreCardJson(card, secrets) : writeScoreCard(card, style))
  return fails(card) ? exitCodes.failed : exitCodes.good
}

function targetFrom(url: string, options: ConformanceOptions): Target {
  try {
    return targetOf(url, {
      dialect: options.dialect,
      model: options.model,
      key: options.key,
      headers: options.header,
      badKey: options.badKey,
      timeoutMs: options.timeout * 1000,
      perMinute: options.perMinute,
      transcriptionModel: options.transcriptionModel,
    })
  } catch (error) {
    throw error instanceof SyntaxError ? usageError(error.message) : error
  }
}

/** Opens one connection first: a server that cannot be reached, or hangs up at once, has no score. */
async function reach(target: Target): Promise<void> {
  const client = await createBench(target, {})
    .open()
    .catch((error: unknown) => {
      throw unreachable(target, error instanceof ClauseFailure ? error.found : messageOf(error))
    })
  if (client.closed !== undefined) throw unreachable(target, client.summary())
  await client.close()
}

function unreachable(target: Target, reason: string): CommandFailure {
  return new CommandFailure(`No session at ${shownUrl(target.url)}: ${reason}.`, exitCodes.couldNotRun)
}

function isChosen({ id }: Clause, { only, skip }: ConformanceOptions): boolean {
  const fits = (pattern: string) => patternOf(pattern).test(id)
  return (only.length === 0 || only.some(fits)) && !skip.some(fits)
}

/** `audio.*`, `*.order`, `audio` (the group) or a whole id. */
function patternOf(pattern: string): RegExp {
  const escaped = pattern.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll('*', '.*')
  return new RegExp(`^${escaped}(\\..*)?$`)
}

function listing(chosen: readonly Clause[], dialect: Dialect): string {
  const served = chosen.filter((clause) => clause.dialects?.includes(dialect) ?? true)
  const lines = served.map(({ id, level, title }) => `${id.padEnd(28)} ${level.padEnd(7)} ${title}`)
  return [...lines, '', `${served.length} clauses for ${dialect}`].join('\n')
}

/** The value of a header that holds a key or token, else nothing. */
function secretOf(header: string): string {
  return (
    /^(?:authorization|(?:.*[-_])?(?:key|token|secret))\s*:\s*(?:bearer\s+)?(.+)$/i.exec(header)?.[1] ?? ''
  )
}

/** An address without the secrets that its query may hold. */
function shownUrl(address: string): string {
  const url = new URL(address)
  for (const name of ['api-key', 'key', 'access_token', 'Authorization']) {
    if (url.searchParams.has(name)) url.searchParams.set(name, '***')
  }
  return url.href
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value]
}

function list(value: string): readonly string[] {
  return value.split(',').map((part) => part.trim())
}

function parseNeeds(value: string): readonly Need[] {
  return list(value).map((name) => {
    const need = needs.find((candidate) => candidate === name)
    if (need === undefined) throw new InvalidArgumentError(`It is one of ${needs.join(', ')}.`)
    return need
  })
}

function positive(value: string): number {
  const number = Number(value)
  if (Number.isFinite(number) && number > 0) return number
  throw new InvalidArgumentError('It is a number above 0.')
}

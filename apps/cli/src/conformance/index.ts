import { InvalidArgumentError, Option } from 'commander'
import type { Command } from 'commander'
import { createBench } from './bench.ts'
import type { Target } from './bench.ts'
import { ClauseFailure, dialects, needs } from './clause.ts'
import type { Clause, Dialect, Need } from './clause.ts'
import { clauses } from './clauses/index.ts'
import { runClauses } from './run.ts'
import { fails, progressLine, scoreCardJson, writeScoreCard } from './score-card.ts'
import { targetOf } from './target.ts'

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
  readonly concurrency: number
  readonly json?: true
  readonly list?: true
  readonly verbose?: true
}

/**
 * Adds `parley conformance <url>`, the checks of a server that speaks OpenAI Realtime or Voice Live. The exit code
 * is 1 when a `must` fails, 2 when the server cannot be reached.
 */
export function registerConformance(program: Command): void {
  program
    .command('conformance')
    .description('Check a server that speaks OpenAI Realtime or Voice Live, and print a score card')
    .argument('[url]', 'its address: wss://host/v1/realtime')
    .addOption(new Option('--dialect <name>', 'what it speaks').choices(dialects).default('openai-ga'))
    .option('--model <name>', 'model or deployment to ask for')
    .addOption(new Option('--key <key>', 'its key, never printed').env('PARLEY_CONFORMANCE_KEY'))
    .option('--header <header>', '"Name: value", as often as needed', collect, [])
    .option('--bad-key <key>', 'a key that it has to refuse; checks that it does')
    .option('--transcription-model <name>', 'model that transcribes what the user says')
    .option('--only <patterns>', 'clauses to run: ids, or * for any characters, separated by commas', list, [])
    .option('--skip <patterns>', 'clauses to leave out', list, [])
    .option('--without <features>', `what it does not have: ${needs.join(', ')}`, parseNeeds, [])
    .option('--timeout <seconds>', 'longest wait for an event that has to come', positive, 15)
    .option('--concurrency <number>', 'clauses at the same time', positive, 4)
    .option('--json', 'print the score card as JSON')
    .option('--list', 'print the clauses and run none')
    .option('--verbose', 'print the frames of failed clauses')
    .action(async (url: string | undefined, options: ConformanceOptions, command: Command) => {
      const chosen = clauses.filter((clause) => isChosen(clause, options))
      if (options.list) return print(listing(chosen, options.dialect))
      if (url === undefined) return command.error('error: the address of a server is missing')
      if (chosen.length === 0) return command.error('error: no clause has such an id; see --list')
      process.exitCode = await conformance(url, chosen, options).catch((error: unknown) => {
        if (error instanceof SyntaxError) return command.error(`error: ${error.message}`)
        throw error
      })
    })
}

async function conformance(
  url: string,
  chosen: readonly Clause[],
  options: ConformanceOptions,
): Promise<number> {
  const target = targetOf(url, {
    dialect: options.dialect,
    model: options.model,
    key: options.key,
    headers: options.header,
    badKey: options.badKey,
    timeoutMs: options.timeout * 1000,
    transcriptionModel: options.transcriptionModel,
  })
  const refusal = await unreachable(target)
  if (refusal !== undefined) {
    process.stderr.write(`${target.url} cannot be reached: ${refusal}\n`)
    return 2
  }
  const from = performance.now()
  const shows = process.stderr.isTTY
  const verdicts = await runClauses(target, {
    clauses: chosen,
    concurrency: options.concurrency,
    without: options.without,
    onVerdict: (verdict) => void (shows && process.stderr.write(`${progressLine(verdict)}\n`)),
  })
  const card = { url: shownUrl(target.url), dialect: target.dialect, ms: performance.now() - from, verdicts }
  const style = { verbose: options.verbose === true, colour: process.stdout.isTTY, secret: options.key }
  print(options.json ? scoreCardJson(card, options.key) : writeScoreCard(card, style))
  return fails(card) ? 1 : 0
}

/** Why no connection can be opened, or `undefined`; a server that cannot be reached has no score. */
async function unreachable(target: Target): Promise<string | undefined> {
  try {
    const client = await createBench(target, {}).connect()
    await client.close()
    return undefined
  } catch (error) {
    if (error instanceof ClauseFailure) return error.found
    throw error
  }
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

/** An address without the secrets that its query may hold. */
function shownUrl(address: string): string {
  const url = new URL(address)
  for (const name of ['api-key', 'key', 'access_token', 'Authorization']) {
    if (url.searchParams.has(name)) url.searchParams.set(name, '***')
  }
  return url.href
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
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

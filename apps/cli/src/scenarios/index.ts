import type { Command } from 'commander'
import * as z from 'zod'
import { exitCodes, messageOf } from '../command-failure.ts'
import { tableLines } from '../terminal/table.ts'
import { print, styled, styledError, tell } from '../terminal/terminal.ts'
import { faultsOfFile, readScenario, readScenarioFile, shippedNames } from './scenario-files.ts'

const Json = z.object({ json: z.boolean().optional() })

/** Adds `parley scenarios` and `parley scenarios check`. */
export function registerScenarios(program: Command): void {
  const scenarios = program
    .command('scenarios')
    .description('List the scenarios that come with Parley.')
    .option('--json', 'as JSON on standard output')
    .addHelpText(
      'after',
      `
Examples:
  parley scenarios
  parley scenarios check qa.yaml calls/*.yaml`,
    )
    .action(async (given: unknown) => list(Json.parse(given).json === true))
  scenarios
    .command('check')
    .description('Check scenario files: what is wrong is told with its line and field.')
    .argument('<files...>', 'YAML files')
    .addHelpText(
      'after',
      `
Example:
  parley scenarios check qa.yaml

Ends with 0 when all files are good, with 1 otherwise.`,
    )
    .action(async (files: unknown) => check(z.array(z.string()).parse(files)))
}

async function list(asJson: boolean): Promise<void> {
  const found = await Promise.all((await shippedNames()).map((name) => readScenario(name)))
  const rows = found.map(({ scenario: { name, title, language, description, steps } }) => ({
    name,
    title,
    language,
    steps: steps.length,
    description,
  }))
  if (asJson) return print(JSON.stringify(rows, null, 2))
  const lines = tableLines({
    head: ['Name', 'Language', 'Steps', 'What it is for'],
    rows: rows.map(({ name, language, steps, title, description }) => [
      name,
      language,
      String(steps),
      firstSentence(description ?? title),
    ]),
    rightAligned: new Set([2]),
  })
  for (const [index, line] of lines.entries()) print(index === 0 ? styled('bold', line) : line)
}

/** All of it where no sentence ends. */
function firstSentence(text: string): string {
  const [first] = new Intl.Segmenter('en', { granularity: 'sentence' }).segment(text.replaceAll(/\s+/g, ' '))
  return first?.segment.trim() ?? text
}

async function check(files: readonly string[]): Promise<void> {
  let isGood = true
  const problem = (text: string): void => {
    isGood = false
    tell(`${styledError('red', 'problem')}  ${text}`)
  }
  for (const file of files) {
    try {
      const faults = await faultsOfFile(file)
      for (const fault of faults) problem(`${file}: ${fault}`)
      if (faults.length > 0) continue
      const { scenario } = await readScenarioFile(file)
      const { length } = scenario.steps
      print(
        `${styled('green', 'ok')}  ${file}: ${scenario.title} (${length === 1 ? '1 step' : `${length} steps`})`,
      )
    } catch (error) {
      problem(messageOf(error))
    }
  }
  if (!isGood) process.exitCode = exitCodes.failed
}

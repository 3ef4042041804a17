import { readFile } from 'node:fs/promises'
import { compareRuns, onlyIn, parseComparison, reportHtml } from '@parley/compare'
import type { Comparison } from '@parley/compare'
import type { Command } from 'commander'
import * as z from 'zod'
import { messageOf, usageError } from '../command-failure.ts'
import { measureTable } from '../compare/measure-table.ts'
import { comparisonResult, differenceResult } from '../compare/result-json.ts'
import { legendLines, warningLines } from '../compare/result-table.ts'
import { checkOutputPaths, writeOutput } from '../output-files.ts'
import { columnsOf, print, styled, tell } from '../terminal/terminal.ts'

const Paths = z.array(z.string())

const ReportOptions = z.object({
  out: z.string(),
  language: z.enum(['en', 'de'], { error: '--language is en or de.' }),
  audio: z.boolean(),
})

const DiffOptions = z.object({ json: z.boolean().optional() })

/** Adds `parley report` and `parley diff`. */
export function registerReport(program: Command): void {
  program
    .command('report')
    .description(
      'Make a report that opens in any browser from exports of the command line or the playground.',
    )
    .argument('<exports...>', 'JSON files')
    .option('--out <file>', 'where to write it', 'report.html')
    .option('--language <en|de>', 'language of the report', 'en')
    .option('--no-audio', 'leave sound out')
    .addHelpText(
      'after',
      `
Examples:
  parley report results.json --out results.html
  parley report monday.json tuesday.json --out week.html --language de`,
    )
    .action(async (paths: unknown, given: unknown) => {
      const options = ReportOptions.safeParse(given)
      if (!options.success) throw usageError(options.error.issues.map(({ message }) => message).join(' '))
      const { out, language, audio } = options.data
      await checkOutputPaths([{ option: '--out', path: out, kind: 'file' }])
      const comparisons = (await Promise.all(Paths.parse(paths).map(readExport))).flat()
      await writeOutput(out, reportHtml(comparisons, { language, audio }))
    })
  program
    .command('diff')
    .description('Show what changed between two exports, lane by lane.')
    .argument('<before>', 'JSON file')
    .argument('<after>', 'JSON file')
    .option('--json', 'as JSON on standard output')
    .addHelpText('after', '\nExample:\n  parley diff monday.json tuesday.json')
    .action(async (before: unknown, after: unknown, given: unknown) => {
      const files = await Promise.all(Paths.parse([before, after]).map(readExport))
      const [earlier = [], later = []] = files
      if (DiffOptions.parse(given).json === true) return printJson(earlier, later)
      const table = { width: columnsOf(process.stdout), reference: 'before' }
      for (const [was, is] of pairs(earlier, later)) {
        const labels = is.lanes.map(({ label }) => label).filter((label) => has(was, label))
        print(styled('bold', is.title))
        for (const line of legendLines(is)) print(line)
        if (labels.length === 0) print('The two have no lane of the same name.')
        else for (const line of measureTable(labels, compareRuns(was, is), table)) print(line)
        for (const line of sideLines(was, is)) print(line)
      }
    })
}

/** Reads what `parley compare --json` or the playground wrote. Rejects with a usage error. */
export async function readExport(path: string): Promise<readonly Comparison[]> {
  try {
    const content: unknown = JSON.parse(await readFile(path, 'utf8'))
    const several = z.object({ comparisons: z.array(z.unknown()) }).safeParse(content)
    return (several.success ? several.data.comparisons : [content]).map((one) =>
      parseComparison(JSON.stringify(one)),
    )
  } catch (error) {
    throw usageError(`${path} is no export that can be read: ${messageOf(error)}`)
  }
}

/** Comparisons of the same scenario in both; where none are, the first of each. */
function pairs(
  before: readonly Comparison[],
  after: readonly Comparison[],
): readonly (readonly [Comparison, Comparison])[] {
  const same = after.flatMap((is) => {
    const was = before.find((other) => other.scenario?.name === is.scenario?.name)
    return was === undefined ? [] : [[was, is] as const]
  })
  const [was, is] = [before[0], after[0]]
  if (same.length > 0 || was === undefined || is === undefined) return same
  tell('The two are of different scenarios: differences may come from the words.')
  return [[was, is]]
}

/** What is only on one side, and what to know of each before one believes its numbers. */
function sideLines(before: Comparison, after: Comparison): readonly string[] {
  const only = onlyIn(before, after)
  const sides = [
    { name: 'before', comparison: before, lanes: only.before },
    { name: 'after', comparison: after, lanes: only.after },
  ]
  return [
    ...sides.flatMap(({ name, lanes }) => (lanes.length === 0 ? [] : [`Only ${name}: ${lanes.join(', ')}`])),
    ...sides.flatMap(({ name, comparison }) => warningLines(comparison).map((line) => `${name}: ${line}`)),
  ]
}

function has({ lanes }: Comparison, label: string): boolean {
  return lanes.some((lane) => lane.label === label)
}

function printJson(before: readonly Comparison[], after: readonly Comparison[]): void {
  const changes = pairs(before, after).map(([was, is]) => ({
    before: comparisonResult(was),
    after: comparisonResult(is),
    onlyIn: onlyIn(was, is),
    measures: compareRuns(was, is).map(({ measure, cells }) => ({
      measure: measure.name,
      unit: measure.unit,
      lanes: cells.map(({ label, difference }) => ({
        label,
        ...(difference && { difference: differenceResult(difference, measure.unit) }),
      })),
    })),
  }))
  print(JSON.stringify({ changes }, null, 2))
}

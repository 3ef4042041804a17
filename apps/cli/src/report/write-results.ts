import { writeFile } from 'node:fs/promises'
import { reportHtml, toCsv, toJson } from '@parley/compare'
import type { Comparison, ThresholdResult } from '@parley/compare'
import { CommandFailure, messageOf } from '../command-failure.ts'
import { comparisonResult, thresholdResult } from '../compare/result-json.ts'
import { tell } from '../terminal/terminal.ts'

/** What is written, and where; `json: '-'` is standard output. */
export interface WriteResultsOptions {
  readonly comparisons: readonly Comparison[]
  readonly judged: readonly ThresholdResult[]
  readonly report: string | undefined
  readonly json: string | undefined
  readonly csv: string | undefined
  readonly language: 'en' | 'de'
  readonly audio: boolean
}

/** Writes the files that were asked for, and JSON to standard output. Rejects when a file cannot be written. */
export async function writeResults(options: WriteResultsOptions): Promise<void> {
  const { comparisons, judged, report, json, csv, language, audio } = options
  if (json !== undefined) {
    const content = {
      results: comparisons.map(comparisonResult),
      thresholds: judged.map(thresholdResult),
      // Sound has no place on a terminal; a file can make a report again.
      comparisons: comparisons.map((comparison): unknown =>
        JSON.parse(toJson(comparison, { audio: audio && json !== '-' })),
      ),
    }
    if (json === '-') await written(JSON.stringify(content, null, 2))
    else await writeText(json, JSON.stringify(content))
  }
  if (csv !== undefined) {
    const [head = '', ...rest] = comparisons.map((comparison) => toCsv(comparison))
    // One head for all.
    await writeText(csv, head + rest.map((text) => text.slice(text.indexOf('\n') + 1)).join(''))
  }
  if (report !== undefined) await writeText(report, reportHtml(comparisons, { language, audio }))
}

/** Writes a text file and says so. */
export async function writeText(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text)
  } catch (cause) {
    throw new CommandFailure(`${path} cannot be written: ${messageOf(cause)}`, undefined, { cause })
  }
  tell(`wrote ${path}`)
}

/** Resolves when standard output has taken a text. */
function written(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(`${text}\n`, (error) => (error ? reject(error) : resolve()))
  })
}

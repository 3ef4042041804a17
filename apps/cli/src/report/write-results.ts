import { reportHtml, toCsv, toJson } from '@parley/compare'
import type { Comparison, ThresholdResult } from '@parley/compare'
import { comparisonResult, thresholdResult } from '../compare/result-json.ts'
import { writeOutput } from '../output-files.ts'

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

/**
 * Writes the files that were asked for, and JSON to standard output. One that fails does not keep the others from
 * being written: resolves with what could not be.
 */
export async function writeResults(options: WriteResultsOptions): Promise<readonly Error[]> {
  const { comparisons, report, json, csv, language, audio } = options
  const writings: readonly (() => Promise<void>)[] = [
    async () => {
      if (json !== undefined) await writeJson(json, options)
    },
    async () => {
      if (csv === undefined) return
      const [head = '', ...rest] = comparisons.map((comparison) => toCsv(comparison))
      // One head for all.
      await writeOutput(csv, head + rest.map((text) => text.slice(text.indexOf('\n') + 1)).join(''))
    },
    async () => {
      if (report !== undefined) await writeOutput(report, reportHtml(comparisons, { language, audio }))
    },
  ]
  const failures: Error[] = []
  for (const write of writings) {
    await write().catch((error: unknown) => failures.push(toError(error)))
  }
  return failures
}

async function writeJson(
  path: string,
  { comparisons, judged, audio }: Pick<WriteResultsOptions, 'comparisons' | 'judged' | 'audio'>,
): Promise<void> {
  const content = {
    results: comparisons.map(comparisonResult),
    thresholds: judged.map(thresholdResult),
    // Sound has no place on a terminal; a file can make a report again.
    comparisons: comparisons.map((comparison): unknown =>
      JSON.parse(toJson(comparison, { audio: audio && path !== '-' })),
    ),
  }
  if (path === '-') await written(JSON.stringify(content, null, 2))
  else await writeOutput(path, JSON.stringify(content))
}

function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown))
}

/** Resolves when standard output has taken a text. */
function written(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(`${text}\n`, (error) => (error ? reject(error) : resolve()))
  })
}

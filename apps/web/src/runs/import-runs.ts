import { ComparisonFormatError, comparisonFormat, parseComparison } from '@parley/compare'
import { RunStoreError, type RunStore, type StorageProblem } from './run-store.ts'

/** Why a file, or a line of it, could not be imported. */
export type ImportProblem =
  | { readonly kind: 'json' | 'format' | 'empty' | 'unreadable' }
  | { readonly kind: 'field'; readonly field: string; readonly message: string }
  | { readonly kind: 'storage'; readonly problem: StorageProblem }

/** One thing that was not imported. */
export interface ImportFailure {
  readonly name: string
  /** From 1; `undefined` for a file of one comparison. */
  readonly line: number | undefined
  readonly problem: ImportProblem
}

/** What came of files. */
export interface ImportOutcome {
  readonly imported: number
  /** How many of them took the place of a run of the same id. */
  readonly replaced: number
  readonly failures: readonly ImportFailure[]
}

/** Keeps every comparison in files: one JSON document each, or one a line. What is good is kept whatever else is wrong. */
export async function importRuns(
  files: readonly File[],
  store: RunStore,
  onFile: (name: string) => void,
): Promise<ImportOutcome> {
  const known = new Set((await store.list()).map(({ id }) => id))
  let [imported, replaced] = [0, 0]
  const failures: ImportFailure[] = []
  for (const file of files) {
    onFile(file.name)
    const text = await file.text().catch(() => undefined)
    if (text === undefined) {
      failures.push({ name: file.name, line: undefined, problem: { kind: 'unreadable' } })
      continue
    }
    for (const { line, json } of documentsIn(file.name, text)) {
      try {
        const comparison = parseComparison(json)
        await store.save(comparison, 'imported')
        imported += 1
        if (known.has(comparison.id)) replaced += 1
        known.add(comparison.id)
      } catch (error) {
        failures.push({ name: file.name, line, problem: problemOf(error, json) })
      }
    }
  }
  return { imported, replaced, failures }
}

function documentsIn(
  name: string,
  text: string,
): readonly { readonly line: number | undefined; readonly json: string }[] {
  if (!/\.(jsonl|ndjson)$/i.test(name)) return [{ line: undefined, json: text }]
  const lines = text.split('\n').map((json, place) => ({ line: place + 1, json }))
  return lines.filter(({ json }) => json.trim() !== '')
}

/** What is wrong in parts, so that it can be said in the language of the page. */
export function problemOf(error: unknown, json: string): ImportProblem {
  if (error instanceof RunStoreError) return { kind: 'storage', problem: error.problem }
  if (json.trim() === '') return { kind: 'empty' }
  if (!(error instanceof ComparisonFormatError)) return { kind: 'unreadable' }
  if (error.cause instanceof SyntaxError) return { kind: 'json' }
  const issues = error.cause instanceof Error && 'issues' in error.cause ? error.cause.issues : undefined
  const issue: unknown = Array.isArray(issues) ? issues[0] : undefined
  if (typeof issue !== 'object' || issue === null || !('path' in issue) || !('message' in issue)) {
    return { kind: 'format' }
  }
  const field = Array.isArray(issue.path) ? issue.path.join('.') : ''
  return { kind: 'field', field: field === '' ? comparisonFormat : field, message: String(issue.message) }
}

import { toCsv, toJson, type Comparison } from '@parley/compare'
import { saveExport, type ExportKind } from '../compare/save-export.ts'
import { saveFile } from '../components/save-file.ts'
import type { PageLanguage } from '../i18n/messages.ts'
import type { RunStore } from './run-store.ts'

/** Saves runs as one file: a report of all, JSON with one comparison a line, or CSV under one header. */
export async function exportRuns(
  ids: readonly string[],
  kind: ExportKind,
  options: { readonly store: RunStore; readonly language: PageLanguage; readonly name: string },
): Promise<void> {
  const { store, language, name } = options
  const loaded = await Promise.all(ids.map((id) => store.load(id)))
  const comparisons = loaded.flatMap((run) => run?.comparison ?? [])
  const [first] = comparisons
  if (first !== undefined && comparisons.length === 1) return saveExport(first, kind, language)
  const day = new Date().toISOString().slice(0, 10)
  const { parts, type, ending } = await written(comparisons, kind, language)
  saveFile(new Blob([...parts], { type }), `parley-${comparisons.length}-${name}-${day}.${ending}`)
}

async function written(
  comparisons: readonly Comparison[],
  kind: ExportKind,
  language: PageLanguage,
): Promise<{ readonly parts: readonly string[]; readonly type: string; readonly ending: string }> {
  switch (kind) {
    case 'report': {
      const { reportHtml } = await import('../compare/report.ts')
      return {
        parts: [reportHtml(comparisons, { language, audio: true })],
        type: 'text/html',
        ending: 'html',
      }
    }
    case 'json': {
      const lines = comparisons.map((comparison) => `${toJson(comparison, { audio: true })}\n`)
      return { parts: lines, type: 'application/x-ndjson', ending: 'jsonl' }
    }
    case 'csv': {
      const tables = comparisons.map(toCsv)
      // The header of the first stands for all.
      const rows = tables.map((table, place) =>
        place === 0 ? table : table.slice(table.indexOf('\r\n') + 2),
      )
      return { parts: rows, type: 'text/csv', ending: 'csv' }
    }
  }
}

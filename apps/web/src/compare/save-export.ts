import { toCsv, toJson, type Comparison } from '@parley/compare'
import { saveFile } from '../components/save-file.ts'
import type { PageLanguage } from '../i18n/messages.ts'

/** Files a comparison can be saved as. */
export const exportKinds = ['report', 'json', 'csv'] as const

/** A kind of file. */
export type ExportKind = (typeof exportKinds)[number]

/** Saves a comparison as a file of the person's own. */
export async function saveExport(
  comparison: Comparison,
  kind: ExportKind,
  language: PageLanguage,
): Promise<void> {
  const { content, type, ending } = await written(comparison, kind, language)
  saveFile(new Blob([content], { type }), `${fileName(comparison)}.${ending}`)
}

async function written(
  comparison: Comparison,
  kind: ExportKind,
  language: PageLanguage,
): Promise<{ readonly content: string; readonly type: string; readonly ending: string }> {
  switch (kind) {
    case 'report': {
      const { reportHtml } = await import('./report.ts')
      return {
        content: reportHtml([comparison], { language, audio: true }),
        type: 'text/html',
        ending: 'html',
      }
    }
    case 'json':
      return { content: toJson(comparison, { audio: true }), type: 'application/json', ending: 'json' }
    case 'csv':
      return { content: toCsv(comparison), type: 'text/csv', ending: 'csv' }
  }
}

/** Title and day, as every file system takes them. */
export function fileName({ title, createdAt }: Comparison): string {
  const words = title
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 50)
  return `parley-${words === '' ? 'comparison' : words}-${new Date(createdAt).toISOString().slice(0, 10)}`
}

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'

const root = join(import.meta.dirname, '..')

/** The module that holds a report's script and style as text, with the digests its policy allows. */
export async function reportModule(): Promise<string> {
  const script = await bundledScript()
  const style = readFileSync(join(root, 'src/report/page/report.css'), 'utf8')
  return [
    '// Written by scripts/generate-report.ts from src/report/page. Do not edit.',
    '',
    '/** Script of a report, bundled from `src/report/page`. */',
    `export const reportScript =\n  ${JSON.stringify(script)}`,
    '',
    '/** Style of a report. */',
    `export const reportStyle =\n  ${JSON.stringify(style)}`,
    '',
    '/** What a content security policy calls the script and the style. */',
    `export const reportScriptHash = '${digest(script)}'`,
    `export const reportStyleHash = '${digest(style)}'`,
    '',
  ].join('\n')
}

async function bundledScript(): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ['src/report/page/main.ts'],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
  })
  return outputFiles[0]?.text ?? ''
}

function digest(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}

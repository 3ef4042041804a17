import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

const run = promisify(execFile)
const packageRoot = fileURLToPath(new URL('..', import.meta.url))

function guideIn(language: string): string {
  const guide = new URL(`../../../apps/docs/content/${language}/guides/audio.mdx`, import.meta.url)
  return readFileSync(guide, 'utf8')
}

function examplesOf(guide: string): readonly string[] {
  return [...guide.matchAll(/```ts\n(.*?)```/gs)].map(([, code = '']) => code)
}

/** What the comments behind `console.log` promise. */
function promisedBy(code: string): readonly string[] {
  return [...code.matchAll(/console\.log\(.*\) \/\/ (.*)/g)].flatMap(([, lines = '']) => lines.split(', '))
}

describe('the guide to this package', () => {
  const examples = examplesOf(guideIn('en'))

  it('has the same examples in both languages', () => {
    expect(examples.length).toBeGreaterThan(5)
    expect(examplesOf(guideIn('de'))).toEqual(examples)
  })

  it.for(examples.entries().toArray())('prints in example %i what it says', async ([, code]) => {
    const asModule = ['--input-type=module-typescript', '--eval', code]
    const { stdout } = await run(process.execPath, asModule, { cwd: packageRoot })
    expect(stdout.trim().split('\n')).toEqual(promisedBy(code))
  })
})

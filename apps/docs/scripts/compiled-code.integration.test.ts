import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { allArticles } from '../src/content/articles.ts'
import { fencesOf } from './fences.ts'

const root = resolve(import.meta.dirname, '..')

it('compiles every piece of TypeScript in the articles, each as a file of its own', async () => {
  const fences = allArticles().flatMap(({ language: words, kind, slug, body }) =>
    fencesOf(body)
      .filter(({ language }) => language === 'ts')
      .map(({ code, line }) => ({ code, name: `${words}-${kind}-${slug}-${line}.ts` })),
  )
  // Beside the packages, so that they are found.
  const folder = await mkdtemp(join(root, 'node_modules', '.articles-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  for (const { code, name } of fences) await writeFile(join(folder, name), `${code}\nexport {}\n`)
  await writeFile(join(folder, 'none.ts'), 'export const wrong: string = 1\n')
  const options = { noUnusedLocals: false, noUnusedParameters: false, noEmit: true, plugins: [] }
  const config = { extends: '../../tsconfig.json', compilerOptions: options, include: ['*.ts'], exclude: [] }
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config))

  const compiler = resolve(root, 'node_modules', '.bin', 'tsc')
  const { stdout } = spawnSync(compiler, ['-p', folder, '--pretty', 'false'], { encoding: 'utf8' })

  // The one that is wrong shows that they are compiled at all.
  const faults = stdout.split('\n').filter((line) => line !== '')
  expect(faults).toEqual([expect.stringContaining('none.ts(1,14)')])
})

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { deadLinks } from './site-pages.ts'

it('finds pages, anchors and files that are not there, and nothing else', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'parley-site-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await mkdir(join(folder, 'a'))
  await writeFile(join(folder, 'style.css'), '')
  await writeFile(join(folder, 'a', 'index.html'), '<h2 id="here">A</h2><a href="../">up</a>')
  const links = [
    'a/',
    '/docs/a/#here',
    '/docs/a/#gone',
    '/docs/gone/',
    '/other',
    '/',
    '#top',
    'https://example.com/x',
    'style.css',
    'gone.css',
  ]
  const html = links.map((link) => `<a href="${link}">x</a>`).join('')
  await writeFile(join(folder, 'index.html'), `<p id="top">${html}</p>`)

  const dead = ['/docs/a/#gone', '/docs/gone/', '/other', 'gone.css']
  expect(deadLinks(folder, '/docs')).toEqual(dead.map((link) => `/ -> ${link}`))
})

import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { parseAddress } from '../src/site/language.ts'
import { movedPages } from '../src/site/moved.ts'
import { languagesOf, siteSections } from '../src/site/pages.ts'
import { attribute, deadLinks, readPages, textOf, type SitePageHtml } from './site-pages.ts'

const out = resolve(import.meta.dirname, '../out')
let pages: readonly SitePageHtml[]

beforeAll(() => {
  if (!existsSync(resolve(out, 'pagefind')))
    throw new Error('Build the site first: pnpm --filter @parley/docs build')
  pages = readPages(out)
})

const moved = Object.keys(movedPages)
const own = (): readonly SitePageHtml[] => pages.filter(({ path }) => !moved.includes(path))

describe('the built site', () => {
  it('has no dead link', () => {
    expect(deadLinks(out, '/docs')).toEqual([])
  })

  it('has every page of its navigation in each language it is written in, and no other', () => {
    const expected = siteSections
      .flatMap((section) => section.pages)
      .flatMap(({ path }) => languagesOf(path).map((language) => (language === 'en' ? path : `/de${path}`)))
    expect(own().map(({ path }) => path)).toEqual(expected.toSorted((a, b) => a.localeCompare(b)))
  })

  it('leads from each old address to the new one', () => {
    const paths = pages.map(({ path }) => path)
    expect(paths).toEqual(expect.arrayContaining([...moved, ...Object.values(movedPages)]))
  })

  it('keeps the anchors that the playground links to', () => {
    const ids = (path: string) =>
      pages.find((page) => page.path === path)?.elements.map((element) => attribute(element, 'id'))
    expect(ids('/backends/')).toContain('openai')
    expect(ids('/guides/voices/')).toContain('voice-live')
    expect(ids('/guides/translation/')).toContain('local')
  })

  it('has one first heading a page, and leaves no level out below it', () => {
    const faults = own().flatMap(({ path, elements }) => {
      const levels = elements.flatMap(({ tagName }) => (/^h[1-6]$/.test(tagName) ? [Number(tagName[1])] : []))
      const skips = levels.some((level, place) => level > (levels[place - 1] ?? 0) + 1)
      return skips || levels.filter((level) => level === 1).length !== 1
        ? [`${path}: ${levels.join(' ')}`]
        : []
    })
    expect(faults).toEqual([])
  })

  it('says its language, a title of its own and a description on each page', () => {
    const titles = new Map<string, string>()
    for (const { path, elements } of own()) {
      const find = (name: string) => elements.find(({ tagName }) => tagName === name)
      const html = find('html') ?? expect.fail(path)
      expect(attribute(html, 'lang'), path).toBe(parseAddress(path).language)
      const title = `${parseAddress(path).language} ${textOf(find('title') ?? expect.fail(path))}`
      expect(titles.get(title), path).toBeUndefined()
      titles.set(title, path)
      const metas = elements.filter((element) => attribute(element, 'name') === 'description')
      expect(attribute(metas[0] ?? expect.fail(path), 'content')?.length, path).toBeGreaterThan(20)
    }
  })

  it('names the other language of a page that has one', () => {
    for (const { path, elements } of own()) {
      const alternates = elements
        .filter((element) => attribute(element, 'rel') === 'alternate')
        .flatMap((element) => attribute(element, 'hreflang') ?? [])
      const written = languagesOf(parseAddress(path).path)
      expect(alternates.toSorted(), path).toEqual(written.length < 2 ? [] : ['de', 'en'])
    }
  })
})

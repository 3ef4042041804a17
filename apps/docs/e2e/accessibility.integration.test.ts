import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import type { AxeResults } from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { movedPages } from '../src/site/moved.ts'
import { launchBrowser, openTab } from './browser.ts'
import { serveSite } from './serve-site.ts'
import { readPages } from './site-pages.ts'

const out = resolve(import.meta.dirname, '../out')
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const stack = new AsyncDisposableStack()
let browser: Browser
let url: string

beforeAll(async () => {
  url = stack.use(await serveSite(out)).url
  browser = stack.use(await launchBrowser(inject('browserPath')))
})
afterAll(() => stack.disposeAsync())

const paths = readPages(out)
  .map(({ path }) => path)
  .filter((path) => movedPages[path] === undefined)

const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** What axe finds on a page, as `rule: element`. */
async function faultsOf(page: Page, runOnly: readonly string[] = wcag): Promise<readonly string[]> {
  await page.evaluate(axe)
  const options = JSON.stringify({ runOnly, resultTypes: ['violations'] })
  const results = await page.evaluate<AxeResults>(`axe.run(${options})`)
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target }) => `${id}: ${target.join(' ')}`),
  )
}

describe('each page', () => {
  let page: Page
  beforeAll(async () => {
    page = await openTab(browser)
  })

  it.for(paths)('%s has nothing that axe knows to be wrong, in light and in dark', async (path) => {
    await page.emulateMedia({ colorScheme: 'light' })
    await page.goto(`${url}${path}`)
    expect(await faultsOf(page)).toEqual([])
    // Only colours are others in the dark.
    await page.emulateMedia({ colorScheme: 'dark' })
    expect(await faultsOf(page, ['color-contrast'])).toEqual([])
  })
})

describe('the check', () => {
  it('sees a picture without words and words without contrast', async () => {
    const page = await openTab(browser)
    await page.setContent(
      '<html lang="en"><title>x</title><img src="x"><p style="color: #ddd">pale</p></html>',
    )
    expect(await faultsOf(page)).toEqual(['color-contrast: p', 'image-alt: img'])
    expect(await faultsOf(page, ['color-contrast'])).toEqual(['color-contrast: p'])
  })
})

describe('on a phone', () => {
  it('no page scrolls sideways', { timeout: 180_000 }, async () => {
    const page = await openTab(browser, { width: 390 })
    const wide: string[] = []
    for (const path of paths) {
      await page.goto(`${url}${path}`)
      const width = await page.evaluate(() => document.documentElement.scrollWidth)
      if (width > 390) wide.push(`${path}: ${width}`)
    }
    expect(wide).toEqual([])
  })

  it('the open menu and the open search are as good', async () => {
    const page = await openTab(browser, { width: 390 })
    await page.goto(`${url}/`, { waitUntil: 'networkidle' })
    await page.getByRole('button', { name: 'Menu' }).click()
    expect(await faultsOf(page)).toEqual([])
    await page.getByRole('button', { name: 'Search' }).click()
    await page.getByRole('searchbox').fill('voice')
    await page.getByRole('dialog').getByRole('listitem').first().waitFor()
    expect(await faultsOf(page)).toEqual([])
  })
})
